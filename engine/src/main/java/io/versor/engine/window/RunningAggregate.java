package io.versor.engine.window;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate of rows that come one by one, of which the last ones may be taken back. Holds
 * nothing of one execution.
 */
@FunctionalInterface
public interface RunningAggregate {
  /** An aggregate of no row yet. */
  Series start();

  /** What was taken in. One thread. */
  interface Series {
    /** How many rows. */
    int size();

    /**
     * Takes a row in.
     *
     * @param arguments null if one of them is NULL, and the row is left out
     */
    void add(@Nullable Object @Nullable [] arguments);

    /** Takes rows back until so many are left. Lists and the like begin anew for that. */
    void truncate(int size);

    @Nullable Object result();
  }

  /**
   * An aggregate as it is called; empty if it is not known here.
   *
   * @param arguments their types
   * @param type of what it gives
   */
  static Optional<RunningAggregate> of(
      SqlAggFunction function, List<RelDataType> arguments, RelDataType type, boolean distinct) {
    boolean plain = !distinct || arguments.isEmpty();
    switch (function.getKind()) {
      case COUNT -> {
        if (plain) {
          return Optional.of(folded(count(type)));
        }
      }
      case SUM, SUM0 -> {
        if (plain && isExact(arguments.get(0).getSqlTypeName())) {
          boolean zero = function.getKind() == SqlKind.SUM0;
          return Optional.of(folded(exact(type, zero ? Values.number(0L, type) : null)));
        }
      }
      case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE, LAG, LEAD -> {
        return Optional.empty();
      }
      default -> {}
    }
    return WindowFunctions.of(function, arguments, type, false, distinct)
        .flatMap(
            known ->
                known instanceof Folds fold
                    ? Optional.of(folded(fold))
                    : known instanceof Accumulated taking
                        ? Optional.of(() -> new Taken(taking))
                        : Optional.empty());
  }

  private static boolean isExact(SqlTypeName type) {
    return SqlTypeName.EXACT_TYPES.contains(type) || SqlTypeName.INTERVAL_TYPES.contains(type);
  }

  private static Folds count(RelDataType type) {
    UnaryOperator<Object> result = value -> Values.number(value, type);
    return new Folds(
        value -> 1L, (left, right) -> (Long) left + (Long) right, result, Values.number(0L, type));
  }

  private static Folds exact(RelDataType type, @Nullable Object ofNothing) {
    BinaryOperator<Object> add =
        (left, right) -> {
          if (left instanceof Long a && right instanceof Long b) {
            long sum = a + b;
            if (((a ^ sum) & (b ^ sum)) >= 0) {
              return sum;
            }
          }
          return Values.decimal(left).add(Values.decimal(right));
        };
    UnaryOperator<Object> lift =
        value -> value instanceof BigDecimal ? value : (Object) ((Number) value).longValue();
    return new Folds(lift, add, value -> Values.number(value, type), ofNothing);
  }

  private static RunningAggregate folded(Folds fold) {
    return () -> new Folded(fold);
  }

  /** Remembers the value after each row. */
  final class Folded implements Series {
    private static final Object ROW = true;

    private final Folds fold;
    private final List<@Nullable Object> values = new ArrayList<>();

    private Folded(Folds fold) {
      this.fold = fold;
    }

    @Override
    public int size() {
      return values.size();
    }

    private @Nullable Object last() {
      return values.isEmpty() ? null : values.get(values.size() - 1);
    }

    @Override
    public void add(@Nullable Object @Nullable [] arguments) {
      Object before = last();
      if (arguments == null) {
        values.add(before);
        return;
      }
      Object given = arguments.length == 0 ? ROW : arguments[0];
      Object value = fold.lift().apply(Objects.requireNonNull(given));
      values.add(before == null ? value : fold.combine().apply(before, value));
    }

    @Override
    public void truncate(int size) {
      values.subList(size, values.size()).clear();
    }

    @Override
    public @Nullable Object result() {
      Object value = last();
      return value == null ? fold.ofNothing() : fold.result().apply(value);
    }
  }

  /** What only takes rows in. */
  final class Taken implements Series {
    private final Accumulated aggregate;
    private Accumulated.State state;
    private int size;

    private Taken(Accumulated aggregate) {
      this.aggregate = aggregate;
      this.state = aggregate.states().get();
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void add(@Nullable Object @Nullable [] arguments) {
      size++;
      if (arguments != null) {
        state.add(arguments);
      }
    }

    @Override
    public void truncate(int rows) {
      if (rows < size) {
        state = aggregate.states().get();
        size = 0;
      }
    }

    @Override
    public @Nullable Object result() {
      return state.result();
    }
  }
}
