package io.versor.engine.match;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * The row that an expression is computed of next. The expression is a projection of rows without
 * end, all of which are this one: whoever wants a value puts a row here and asks for one row more.
 * One thread.
 */
public final class GivenRow {
  /** Under which the context of an execution has {@link #none all of them}. */
  public static final String ALL = "versor.given";

  private @Nullable Object[] values = {};

  GivenRow() {}

  /** Room for those of an execution. */
  public static Object none() {
    return new HashMap<Integer, GivenRow>();
  }

  @SuppressWarnings("unchecked") // the context's own
  static GivenRow of(DataContext context, int number) {
    var all = (Map<Integer, GivenRow>) Objects.requireNonNull(context.get(ALL));
    return all.computeIfAbsent(number, unseen -> new GivenRow());
  }

  void set(@Nullable Object[] row) {
    values = row;
  }

  /** Called by generated code. */
  public static Enumerable<@Nullable Object[]> rows(DataContext context, int number) {
    GivenRow given = of(context, number);
    return new AbstractEnumerable<@Nullable Object[]>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        return given.again();
      }
    };
  }

  /** This row, without end. */
  Enumerator<@Nullable Object[]> again() {
    return new Enumerator<>() {
      @Override
      public @Nullable Object[] current() {
        return values;
      }

      @Override
      public boolean moveNext() {
        return true;
      }

      @Override
      public void reset() {}

      @Override
      public void close() {}
    };
  }
}
