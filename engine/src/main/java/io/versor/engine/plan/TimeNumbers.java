package io.versor.engine.plan;

import io.versor.engine.function.JavaFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.linq4j.function.Strict;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * Times of the day as numbers within expressions. They are counted in microseconds, which no int
 * can hold, but Calcite's executor takes every operand of type TIME for an int, whatever the type
 * factory says. What an expression gives is a TIME again.
 */
public final class TimeNumbers extends RexShuttle {
  private static final SqlUserDefinedFunction ALWAYS = operator("always", false);
  private static final SqlUserDefinedFunction TIME = operator("time", true);

  private final RexBuilder builder;

  private TimeNumbers(RexBuilder builder) {
    this.builder = builder;
  }

  private static SqlUserDefinedFunction operator(String method, boolean deterministic) {
    return new SqlUserDefinedFunction(
        new SqlIdentifier("TIME_" + method, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.BOOLEAN, // every call is made with its type
        null,
        OperandTypes.operandMetadata(List.of(), factory -> List.of(), i -> "arg" + i, i -> false),
        JavaFunction.of(TimeNumbers.class, method)) {
      @Override
      public boolean isDeterministic() {
        return deterministic;
      }
    };
  }

  /** True, but the planner does not know. Called by generated code. */
  public static boolean always() {
    return true;
  }

  /** A number as a TIME. Called by generated code. */
  @Strict
  public static long time(long micros) {
    return micros;
  }

  static RelNode rewrite(RelNode plan) {
    TimeNumbers numbers = new TimeNumbers(plan.getCluster().getRexBuilder());
    return BottomUp.nodes(
        plan,
        node ->
            node instanceof LogicalAggregate aggregate
                ? numbers.arguments(aggregate)
                : node.accept(numbers));
  }

  private static boolean isTime(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIME;
  }

  @Override
  public RexNode visitCall(RexCall original) {
    RexNode visited = super.visitCall(original);
    if (!(visited instanceof RexCall call)) {
      return visited;
    }
    if (call.getOperands().stream().noneMatch(operand -> isTime(operand.getType()))) {
      return call;
    }
    List<RexNode> operands = call.getOperands().stream().map(this::number).toList();
    if (call.getKind() == SqlKind.CASE && isTime(call.getType())) {
      RexNode number = call.clone(number(call.getType()), operands);
      return builder.makeCall(call.getType(), TIME, List.of(number));
    }
    return call.clone(call.getType(), operands);
  }

  /** Whether it makes a TIME of a number. */
  static boolean isOwn(RexCall call) {
    return call.getOperator() == TIME;
  }

  private RelDataType number(RelDataType type) {
    return builder
        .getTypeFactory()
        .createTypeWithNullability(
            builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT), type.isNullable());
  }

  private RexNode number(RexNode operand) {
    if (!isTime(operand.getType())) {
      return operand;
    }
    RelDataType type = number(operand.getType());
    if (operand instanceof RexCall call) {
      return call.clone(type, call.getOperands());
    }
    if (operand instanceof RexDynamicParam parameter) {
      return builder.makeDynamicParam(type, parameter.getIndex());
    }
    if (operand instanceof RexLiteral) {
      return builder.makeNullLiteral(type); // others are calls by now
    }
    return read(operand);
  }

  /** A time as a number: only CASE reads it as what it is. */
  private RexNode read(RexNode operand) {
    RelDataType maybe = nullable(number(operand.getType()));
    RexNode always =
        builder.makeCall(
            builder.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN), ALWAYS, List.of());
    return builder.makeCall(
        maybe, SqlStdOperatorTable.CASE, List.of(always, operand, builder.makeNullLiteral(maybe)));
  }

  /** Aggregates of times are those of numbers, and then times again. */
  private RelNode arguments(LogicalAggregate aggregate) {
    RelNode input = aggregate.getInput();
    List<RelDataTypeField> fields = input.getRowType().getFieldList();
    List<RexNode> projects = new ArrayList<>();
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    for (RelDataTypeField field : fields) {
      projects.add(builder.makeInputRef(field.getType(), field.getIndex()));
    }
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      List<Integer> arguments = new ArrayList<>();
      for (int argument : call.getArgList()) {
        if (!isTime(fields.get(argument).getType())) {
          arguments.add(argument);
          continue;
        }
        arguments.add(projects.size());
        names.add("time" + projects.size());
        projects.add(number(builder.makeInputRef(fields.get(argument).getType(), argument)));
      }
      RelDataType type = isTime(call.getType()) ? nullable(number(call.getType())) : call.getType();
      calls.add(
          AggregateCall.create(
              call.getAggregation(),
              call.isDistinct(),
              call.isApproximate(),
              call.ignoreNulls(),
              call.rexList,
              arguments,
              call.filterArg,
              call.distinctKeys,
              call.collation,
              type,
              call.getName()));
    }
    if (projects.size() == fields.size()) {
      return aggregate;
    }
    RelNode numbers = LogicalProject.create(input, List.of(), projects, names, java.util.Set.of());
    RelNode aggregated =
        aggregate.copy(
            aggregate.getTraitSet(),
            numbers,
            aggregate.getGroupSet(),
            aggregate.getGroupSets(),
            calls);
    return times(aggregated, aggregate.getRowType());
  }

  private RelDataType nullable(RelDataType type) {
    return builder.getTypeFactory().createTypeWithNullability(type, true);
  }

  private RelNode times(RelNode numbers, RelDataType wanted) {
    List<RexNode> projects = new ArrayList<>();
    for (RelDataTypeField field : wanted.getFieldList()) {
      RelDataType given = numbers.getRowType().getFieldList().get(field.getIndex()).getType();
      RexNode ref = builder.makeInputRef(given, field.getIndex());
      projects.add(
          isTime(field.getType()) && !isTime(given)
              ? builder.makeCall(field.getType(), TIME, List.of(ref))
              : ref);
    }
    return LogicalProject.create(
        numbers, List.of(), projects, wanted.getFieldNames(), java.util.Set.of());
  }
}
