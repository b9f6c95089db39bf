package io.versor.engine.plan;

import com.google.common.collect.ImmutableSet;
import io.versor.engine.function.Aggregates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Litmus;

/**
 * STRING_AGG and LISTAGG of texts and bytes as aggregates of our own: Calcite's copy what they have
 * for each row, which is quadratic.
 */
final class TextAggregates {
  private TextAggregates() {}

  /** Texts behind one another are longer than each, whose type Calcite's would have. */
  static void resolve(SqlCall call, Function<SqlNode, RelDataType> typeOf) {
    boolean within = call.getKind() == SqlKind.WITHIN_GROUP;
    SqlNode joined = within ? call.operand(0) : call;
    if (joined instanceof SqlCall texts && isJoining(texts) && texts.operandCount() > 0) {
      SqlNode value = texts.operand(0);
      RelDataType type = typeOf.apply(value);
      boolean bounded = type.getPrecision() != RelDataType.PRECISION_NOT_SPECIFIED;
      if (bounded && (isText(type) || isBytes(type))) {
        SqlNode any = ofAnyLength(value, isText(type));
        texts.setOperand(0, any);
        List<SqlNode> operands = call.getOperandList();
        replace(operands.get(operands.size() - 1), value, any);
      }
    }
  }

  private static boolean isJoining(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    return name.equals("LISTAGG") || name.equals("STRING_AGG");
  }

  private static SqlNode ofAnyLength(SqlNode value, boolean text) {
    SqlParserPos place = value.getParserPosition();
    SqlTypeName name = text ? SqlTypeName.VARCHAR : SqlTypeName.VARBINARY;
    return SqlStdOperatorTable.CAST.createCall(
        place, value, new SqlDataTypeSpec(new SqlBasicTypeNameSpec(name, place), place));
  }

  /** With DISTINCT, texts are in the order of themselves. */
  private static void replace(SqlNode order, SqlNode value, SqlNode by) {
    if (order instanceof SqlNodeList keys) {
      for (int i = 0; i < keys.size(); i++) {
        if (keys.get(i).equalsDeep(value, Litmus.IGNORE)) {
          keys.set(i, by);
        } else {
          replace(keys.get(i), value, by);
        }
      }
    } else if (order.getKind() == SqlKind.DESCENDING
        || order.getKind() == SqlKind.NULLS_FIRST
        || order.getKind() == SqlKind.NULLS_LAST) {
      SqlCall key = (SqlCall) order;
      if (key.operand(0).equalsDeep(value, Litmus.IGNORE)) {
        key.setOperand(0, by);
      } else {
        replace(key.operand(0), value, by);
      }
    }
  }

  static RelNode rewrite(RelNode plan) {
    return BottomUp.nodes(plan, LogicalAggregate.class, TextAggregates::rewrite);
  }

  private static RelNode rewrite(LogicalAggregate aggregate) {
    if (aggregate.getAggCallList().stream().noneMatch(call -> isJoined(call, aggregate))) {
      return aggregate;
    }
    RelNode input = aggregate.getInput();
    RexBuilder builder = aggregate.getCluster().getRexBuilder();
    List<RexNode> items = new ArrayList<>();
    for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
      items.add(builder.makeInputRef(input, i));
    }
    int columns = items.size();
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      calls.add(isJoined(call, aggregate) ? joined(call, items, builder) : call);
    }
    RelNode read =
        items.size() == columns
            ? input
            : LogicalProject.create(
                input, List.of(), items, (List<String>) null, ImmutableSet.of());
    return aggregate.copy(
        aggregate.getTraitSet(), read, aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
  }

  private static boolean isJoined(AggregateCall call, LogicalAggregate aggregate) {
    SqlKind kind = call.getAggregation().getKind();
    if (kind != SqlKind.LISTAGG && kind != SqlKind.STRING_AGG) {
      return false;
    }
    List<RelDataType> types =
        call.getArgList().stream()
            .map(i -> aggregate.getInput().getRowType().getFieldList().get(i).getType())
            .toList();
    if (types.size() == 1) {
      return isText(types.get(0));
    }
    boolean none = types.get(1).getSqlTypeName() == SqlTypeName.NULL;
    return isText(types.get(0)) && (none || isText(types.get(1)))
        || isBytes(types.get(0)) && (none || isBytes(types.get(1)));
  }

  static boolean isBytes(RelDataType type) {
    return SqlTypeName.BINARY_TYPES.contains(type.getSqlTypeName());
  }

  private static boolean isText(RelDataType type) {
    return SqlTypeName.CHAR_TYPES.contains(type.getSqlTypeName());
  }

  private static AggregateCall joined(AggregateCall call, List<RexNode> items, RexBuilder builder) {
    List<Integer> arguments = new ArrayList<>(call.getArgList());
    boolean bytes = isBytes(items.get(arguments.get(0)).getType());
    if (arguments.size() > 1 && items.get(arguments.get(1)).getType().isNullable()) {
      items.add(separator(items.get(arguments.get(1)), bytes, builder));
      arguments.set(1, items.size() - 1);
    }
    return AggregateCall.create(
        call.getParserPosition(),
        arguments.size() < 2
            ? Aggregates.LISTED
            : bytes ? Aggregates.JOINED_BYTES : Aggregates.JOINED,
        call.isDistinct(),
        call.isApproximate(),
        call.ignoreNulls(),
        call.rexList,
        arguments,
        call.filterArg,
        call.distinctKeys,
        call.getCollation(),
        call.getType(),
        call.getName());
  }

  /** What stands between texts: nothing where it is NULL. */
  static RexNode separator(RexNode given, boolean bytes, RexBuilder builder) {
    RelDataType type =
        builder.getTypeFactory().createSqlType(bytes ? SqlTypeName.VARBINARY : SqlTypeName.VARCHAR);
    RexNode none = builder.makeLiteral(bytes ? ByteString.EMPTY : "", type, true);
    if (given.getType().getSqlTypeName() == SqlTypeName.NULL) {
      return none;
    }
    return builder.makeCall(
        type,
        SqlStdOperatorTable.CASE,
        List.of(
            builder.makeCall(SqlStdOperatorTable.IS_NULL, given),
            none,
            builder.makeAbstractCast(type, given, false)));
  }
}
