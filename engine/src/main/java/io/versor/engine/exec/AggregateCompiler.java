package io.versor.engine.exec;

import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.Dtype;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Makes accumulators of the calls of one aggregate. SUM and AVG of the same argument share one, and
 * all share the count of rows.
 */
final class AggregateCompiler {
  private final List<RexNode> arguments;
  private final RexCompiler compiler;
  private final ExecContext context;
  private final RowCounts rowCounts = new RowCounts();
  private final Map<RexNode, Accumulator> sums = new HashMap<>();
  private final List<Accumulator> accumulators = new ArrayList<>();
  private boolean countsRows;

  /**
   * @param arguments of the calls, by their numbers
   */
  AggregateCompiler(List<RexNode> arguments, RexCompiler compiler, ExecContext context) {
    this.arguments = arguments;
    this.compiler = compiler;
    this.context = context;
  }

  /** What gathers the columns compiled so far. */
  List<Accumulator> accumulators() {
    List<Accumulator> all = new ArrayList<>(accumulators);
    if (countsRows) {
      all.add(rowCounts);
    }
    return all;
  }

  AggregateColumn compile(AggregateCall call) throws NotCompiled {
    SqlKind kind = call.getAggregation().getKind();
    boolean extreme = kind == SqlKind.MIN || kind == SqlKind.MAX;
    if (call.isDistinct() && !extreme
        || call.getArgList().size() > 1
        || !call.getCollation().getFieldCollations().isEmpty()
        || call.distinctKeys != null) {
      throw new NotCompiled(call.toString());
    }
    return switch (kind) {
      case COUNT -> count(call);
      case SUM -> sum(call, LongSum.Result.SUM);
      case SUM0 -> sum(call, LongSum.Result.SUM_OR_ZERO);
      case AVG -> sum(call, LongSum.Result.AVERAGE);
      case MIN, MAX -> {
        Extreme found = new Extreme(compiler.compile(argument(call)), kind == SqlKind.MAX, context);
        accumulators.add(found);
        yield new AggregateColumn(found.type(), found::write);
      }
      case LITERAL_AGG -> constant(call);
      default -> throw new NotCompiled(call.toString());
    };
  }

  /** The same for each group: subqueries are told by it from rows that are none of theirs. */
  private AggregateColumn constant(AggregateCall call) throws NotCompiled {
    TensorType type = SqlTypes.toTensor(call.getType());
    boolean whole = type.dtype() == Dtype.BOOL || type.dtype().isInteger();
    if (whole
        && call.rexList.size() == 1
        && compiler.compile(call.rexList.get(0)) instanceof LongConstant constant
        && !constant.isNull()) {
      return new AggregateColumn(type, (group, out) -> out.appendLong(constant.value()));
    }
    throw new NotCompiled(call.toString());
  }

  /** What is NULL, and so not counted, where a FILTER does not hold. */
  private RexNode argument(AggregateCall call) {
    RexNode argument = arguments.get(call.getArgList().get(0));
    if (call.filterArg < 0) {
      return argument;
    }
    RexBuilder builder = new RexBuilder(new VersorTypeFactory());
    RelDataType type = builder.getTypeFactory().createTypeWithNullability(argument.getType(), true);
    return builder.makeCall(
        type,
        SqlStdOperatorTable.CASE,
        List.of(arguments.get(call.filterArg), argument, builder.makeNullLiteral(type)));
  }

  private AggregateColumn count(AggregateCall call) throws NotCompiled {
    countsRows = true;
    TensorType type = SqlTypes.toTensor(call.getType());
    if (call.getArgList().isEmpty() && call.filterArg >= 0) {
      Predicate holds = compiler.predicates().compile(arguments.get(call.filterArg));
      CountAccumulator count = new CountAccumulator(new Not(new IsTruth(holds, true)), rowCounts);
      accumulators.add(count);
      return new AggregateColumn(type, count::write);
    }
    if (call.getArgList().isEmpty()) {
      return new AggregateColumn(type, (group, out) -> out.appendLong(rowCounts.of(group)));
    }
    Predicate isNull = compiler.predicates().isNull(argument(call));
    CountAccumulator count = new CountAccumulator(isNull, rowCounts);
    accumulators.add(count);
    return new AggregateColumn(type, count::write);
  }

  private AggregateColumn sum(AggregateCall call, LongSum.Result result) throws NotCompiled {
    countsRows = true;
    TensorType type = SqlTypes.toTensor(call.getType());
    Accumulator known = sums.get(argument(call));
    if (known == null) {
      known = sum(call);
      sums.put(argument(call), known);
      accumulators.add(known);
    }
    if (known instanceof DoubleSum sum && type.dtype().isFloat()) {
      return new AggregateColumn(type, (group, out) -> sum.write(group, result, out));
    }
    if (known instanceof WideSum sum
        && type.dtype() == Dtype.DECIMAL
        && (result == LongSum.Result.AVERAGE || type.scale() == sum.argumentType().scale())) {
      return new AggregateColumn(type, (group, out) -> sum.write(group, result, type, out));
    }
    if (known instanceof LongSum sum) {
      TensorType number = sum.argumentType();
      boolean exact = type.dtype() == Dtype.DECIMAL || type.dtype().isInteger();
      boolean fits =
          result == LongSum.Result.AVERAGE
              ? type.dtype() == Dtype.FLOAT64 && number.scale() == 0
                  || type.dtype() == Dtype.DECIMAL && number.dtype() == Dtype.DECIMAL
              : exact && type.scale() == number.scale();
      if (fits) {
        return new AggregateColumn(type, (group, out) -> sum.write(group, result, type, out));
      }
    }
    throw new NotCompiled(call.toString());
  }

  private Accumulator sum(AggregateCall call) throws NotCompiled {
    if (RexCompiler.isWide(argument(call))) {
      return new WideSum(compiler.wide(argument(call)), rowCounts);
    }
    Expression argument = compiler.compile(argument(call));
    if (argument instanceof DoubleExpression number) {
      return new DoubleSum(number, rowCounts);
    }
    if (argument instanceof LongExpression number && Casts.isNumber(number.type())) {
      return new LongSum(number, rowCounts);
    }
    throw new NotCompiled(call.toString());
  }
}
