package io.versor.engine.match;

import io.versor.engine.keep.KeptRows;
import io.versor.engine.window.RunningAggregate;
import io.versor.engine.work.Poll;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes what formulas say of the rows of a match, as far as these are known. One thread. */
final class Finder {
  private final Mapping mapping;
  private final Map<Integer, Computed> expressions;
  private final KeptRows kept;
  private final Map<Value.OfRows, Aggregated> aggregates = new IdentityHashMap<>();

  private @Nullable Object[][] rows = {};
  private long matchNumber;

  /**
   * @param expressions by the numbers of the rows they are given
   */
  Finder(Mapping mapping, Map<Integer, Computed> expressions, KeptRows kept) {
    this.mapping = mapping;
    this.expressions = expressions;
    this.kept = kept;
  }

  /** Turns to other rows. */
  void setPart(@Nullable Object[][] part) {
    rows = part;
  }

  void setMatchNumber(long number) {
    matchNumber = number;
  }

  /** Whether a condition holds for the last row of the match. */
  boolean holds(Formula condition) {
    return Boolean.TRUE.equals(compute(condition, null));
  }

  /** A formula as of the last row there is. */
  @Nullable Object compute(Formula formula) {
    return compute(formula, null);
  }

  /** What {@link #compute(Formula, Object[])} needs of the whole match; the rest is open. */
  @Nullable Object[] finals(Formula formula) {
    List<Value> values = formula.values();
    @Nullable Object[] found = new @Nullable Object[values.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = values.get(i).isFinal() ? find(values.get(i)) : null;
    }
    return found;
  }

  /**
   * @param finals values of the whole match, where there are more rows to come
   */
  @Nullable Object compute(Formula formula, @Nullable Object @Nullable [] finals) {
    List<Value> values = formula.values();
    @Nullable Object[] found = new @Nullable Object[values.size() + 1];
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      found[i] = finals != null && value.isFinal() ? finals[i] : find(value);
    }
    found[values.size()] = true; // each has a column that says nothing, so that it has one
    return expressions.get(formula.number()).of(found);
  }

  private @Nullable Object find(Value value) {
    if (value instanceof Value.InRow in) {
      return inRow(in);
    }
    if (value instanceof Value.OfRows of) {
      return aggregates.computeIfAbsent(of, Aggregated::new).result();
    }
    return matchNumber;
  }

  private @Nullable Object inRow(Value.InRow in) {
    int size = mapping.size(in.set());
    int number = in.last() ? size - 1 - in.skip() : in.skip();
    if (number < 0 || number >= size) {
      return null;
    }
    long row = (long) mapping.row(in.set(), number) + in.shift();
    return row < 0 || row >= rows.length ? null : argument(in.argument(), (int) row);
  }

  private @Nullable Object argument(Argument argument, int row) {
    if (argument.number() == Argument.PLAIN) {
      return column(argument.columns().get(0), row);
    }
    List<Integer> columns = argument.columns();
    @Nullable Object[] given = new @Nullable Object[columns.size() + 1];
    for (int i = 0; i < columns.size(); i++) {
      given[i] = column(columns.get(i), row);
    }
    given[columns.size()] = true;
    return expressions.get(argument.number()).of(given);
  }

  private @Nullable Object column(int column, int row) {
    if (column == Argument.CLASSIFIER) {
      int label = mapping.label(row);
      return label < 0 ? null : mapping.variables().names().get(label);
    }
    return column == Argument.MATCH_NUMBER ? (Object) matchNumber : rows[row][column];
  }

  /** An aggregate and the rows that it has taken in. */
  private final class Aggregated {
    /** About what the value after a row takes. */
    private static final int ROW_BYTES = 2 * Long.BYTES;

    private final Value.OfRows of;
    private final RunningAggregate.Series series;
    private long[] serials = new long[4];

    Aggregated(Value.OfRows of) {
      this.of = of;
      this.series = of.aggregate().start();
    }

    @Nullable Object result() {
      int known = Math.min(series.size(), mapping.size(of.set()));
      while (known > 0 && serials[known - 1] != mapping.serial(of.set(), known - 1)) {
        known--;
      }
      series.truncate(known);
      for (int i = series.size(); i < mapping.size(of.set()); i++) {
        add(i);
      }
      return series.result();
    }

    private void add(int number) {
      if ((number & 1023) == 0) {
        Poll.poll();
      }
      if (number == serials.length) {
        kept.add((long) ROW_BYTES * number);
        serials = Arrays.copyOf(serials, 2 * number);
      }
      serials[number] = mapping.serial(of.set(), number);
      series.add(arguments(mapping.row(of.set(), number)));
    }

    private @Nullable Object @Nullable [] arguments(int row) {
      List<Argument> arguments = of.arguments();
      @Nullable Object[] given = new @Nullable Object[arguments.size()];
      for (int i = 0; i < given.length; i++) {
        given[i] = argument(arguments.get(i), row);
        if (given[i] == null) {
          return null;
        }
      }
      return given;
    }
  }
}
