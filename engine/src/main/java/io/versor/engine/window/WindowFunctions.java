package io.versor.engine.window;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.jspecify.annotations.Nullable;

/** The functions over windows that there are. */
public final class WindowFunctions {
  private static final UnaryOperator<Object> SAME = UnaryOperator.identity();

  private WindowFunctions() {}

  /**
   * A function as it is called; empty if it is not known here.
   *
   * @param arguments their types
   * @param type of what it gives
   */
  public static Optional<WindowFunction> of(
      SqlAggFunction function,
      List<RelDataType> arguments,
      RelDataType type,
      boolean ignoreNulls,
      boolean distinct) {
    return Optional.ofNullable(
        switch (function.getKind()) {
          case ROW_NUMBER -> Ranks.rowNumber(type);
          case RANK -> Ranks.rank(type);
          case DENSE_RANK -> Ranks.denseRank(type);
          case PERCENT_RANK -> Ranks.percentRank(type);
          case CUME_DIST -> Ranks.cumeDist(type);
          case NTILE -> Ranks.ntile(type);
          case LAG, LEAD -> neighbour(function.getKind() == SqlKind.LEAD, ignoreNulls);
          case FIRST_VALUE -> ignoreNulls ? FrameValues.firstPresent() : FrameValues.first();
          case LAST_VALUE -> ignoreNulls ? FrameValues.lastPresent() : FrameValues.last();
          case NTH_VALUE -> ignoreNulls ? FrameValues.nthPresent() : FrameValues.nth();
          case COUNT ->
              distinct && !arguments.isEmpty()
                  ? accumulated(() -> States.count(type), true)
                  : Sums.count(type);
          case COLLECT -> accumulated(() -> States.list(false), distinct);
          case ARRAY_AGG -> accumulated(() -> States.list(true), distinct);
          case LISTAGG, STRING_AGG -> joined(arguments, distinct);
          default -> aggregate(function, arguments, type, distinct);
        });
  }

  private static WindowFunction neighbour(boolean lead, boolean ignoreNulls) {
    return ignoreNulls ? Neighbours.ofPresent(lead) : Neighbours.of(lead);
  }

  /** Bytes have no separator unless they are given one. */
  private static @Nullable WindowFunction joined(List<RelDataType> arguments, boolean distinct) {
    boolean[] bytes = new boolean[arguments.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = SqlTypeName.BINARY_TYPES.contains(arguments.get(i).getSqlTypeName());
    }
    if (!bytes[0]) {
      return accumulated(States::text, distinct);
    }
    return bytes.length == 2 && bytes[1] ? accumulated(States::bytes, distinct) : null;
  }

  private static WindowFunction accumulated(Supplier<Accumulated.State> state, boolean distinct) {
    return new Accumulated(distinct ? () -> new Distinct(state.get()) : state);
  }

  private static @Nullable WindowFunction aggregate(
      SqlAggFunction function, List<RelDataType> arguments, RelDataType type, boolean distinct) {
    if (function instanceof SqlUserDefinedAggFunction own
        && own.function instanceof AggregateFunctionImpl code) {
      return accumulated(() -> new OwnAggregate(code), distinct);
    }
    if (arguments.size() != 1) {
      return null;
    }
    SqlTypeName argument = arguments.get(0).getSqlTypeName();
    return switch (function.getKind()) {
      case SUM -> sum(argument, type, null, distinct);
      case SUM0 -> sum(argument, type, Values.number(0L, type), distinct);
      case MIN -> extreme(argument, true);
      case MAX -> extreme(argument, false);
      case ANY_VALUE -> new Folds(SAME, (left, right) -> left, SAME, null);
      case BIT_AND -> bits(argument, type, (left, right) -> whole(left) & whole(right), distinct);
      case BIT_OR -> bits(argument, type, (left, right) -> whole(left) | whole(right), distinct);
      case BIT_XOR -> bits(argument, type, (left, right) -> whole(left) ^ whole(right), distinct);
      default -> null;
    };
  }

  private static WindowFunction folded(Folds fold, boolean distinct) {
    return distinct ? accumulated(() -> States.fold(fold), true) : fold;
  }

  private static @Nullable WindowFunction sum(
      SqlTypeName argument, RelDataType type, @Nullable Object ofNothing, boolean distinct) {
    UnaryOperator<Object> result = value -> Values.number(value, type);
    if (type.getSqlTypeName() == SqlTypeName.DOUBLE || type.getSqlTypeName() == SqlTypeName.FLOAT) {
      UnaryOperator<Object> lift = value -> ((Number) value).doubleValue();
      BinaryOperator<Object> add = (left, right) -> (Double) left + (Double) right;
      return folded(new Folds(lift, add, result, ofNothing), distinct);
    }
    boolean intervals = SqlTypeName.INTERVAL_TYPES.contains(argument);
    if (!intervals && !SqlTypeName.EXACT_TYPES.contains(argument)) {
      return null;
    }
    if (distinct) {
      BinaryOperator<Object> add = (left, right) -> ((BigDecimal) left).add((BigDecimal) right);
      return folded(new Folds(Values::decimal, add, result, ofNothing), true);
    }
    return argument == SqlTypeName.DECIMAL
        ? Sums.decimal(type, ofNothing)
        : Sums.whole(type, ofNothing);
  }

  private static @Nullable WindowFunction extreme(SqlTypeName argument, boolean least) {
    boolean ordered =
        switch (argument) {
          case ARRAY, MULTISET, MAP, ROW, ANY, OTHER, NULL -> false;
          default -> true;
        };
    if (!ordered) {
      return null;
    }
    BinaryOperator<Object> better =
        least
            ? (left, right) -> Values.compare(left, right) <= 0 ? left : right
            : (left, right) -> Values.compare(left, right) >= 0 ? left : right;
    return new Folds(SAME, better, SAME, null);
  }

  private static @Nullable WindowFunction bits(
      SqlTypeName argument, RelDataType type, BinaryOperator<Object> combine, boolean distinct) {
    if (!SqlTypeName.INT_TYPES.contains(argument)) {
      return null;
    }
    UnaryOperator<Object> result = value -> Values.number(value, type);
    return folded(new Folds(WindowFunctions::whole, combine, result, null), distinct);
  }

  private static Long whole(Object value) {
    return ((Number) value).longValue();
  }
}
