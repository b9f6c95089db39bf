package io.versor.engine.keep;

import io.versor.engine.work.StatementMemory;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.EnumerableDefaults;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.apache.calcite.linq4j.function.Function0;
import org.apache.calcite.linq4j.function.Function1;
import org.jspecify.annotations.Nullable;

/**
 * What generated code calls instead of Calcite's operators that keep rows: the same, counted. Here
 * are sorts, recursion and what becomes a list; joins, sets and groups have classes of their own.
 */
public final class CountedOperators {
  /** What an entry of a map takes, with what there is around its key and its value. */
  static final int ENTRY_BYTES = 64;

  /** A reference in a list. */
  private static final int LIST_BYTES = 8;

  private CountedOperators() {}

  public static <T, K> Enumerable<T> orderBy(
      Enumerable<T> rows, Function1<T, K> key, Comparator<K> order) {
    return KeptBy.enumeration(
        "the rows of a sort",
        kept -> EnumerableDefaults.orderBy(KeptBy.input(rows, kept, ENTRY_BYTES), key, order));
  }

  /** The first rows of an order: as many are kept, about as large as all are on average. */
  public static <T, K> Enumerable<T> orderBy(
      Enumerable<T> rows, Function1<T, K> key, Comparator<K> order, int offset, int fetch) {
    long most = Math.max(0, offset) + (long) fetch;
    return KeptBy.enumeration(
        "the rows of a sort",
        kept -> {
          FirstRows first = new FirstRows(most, kept);
          return EnumerableDefaults.orderBy(
              KeptBy.passing(rows, first::count), key, order, offset, fetch);
        });
  }

  private static final class FirstRows {
    private final long most;
    private final KeptRows kept;
    private long seen;
    private long seenBytes;
    private long told;

    FirstRows(long most, KeptRows kept) {
      this.most = most;
      this.kept = kept;
    }

    void count(@Nullable Object row) {
      seen++;
      seenBytes += KeptRows.rowBytes(row) + ENTRY_BYTES;
      long bytes = seen <= most ? seenBytes : (long) ((double) seenBytes / seen * most);
      if (bytes > told) {
        kept.add(bytes - told);
        told = bytes;
      }
    }
  }

  public static <T> List<T> toList(Enumerable<T> rows) {
    KeptRows kept = new KeptRows("the rows of a list");
    return EnumerableDefaults.toList(KeptBy.input(rows, kept, LIST_BYTES));
  }

  public static <T, K, V> Map<K, V> toMap(
      Enumerable<T> rows, Function1<T, K> key, Function1<T, V> value) {
    KeptRows kept = new KeptRows("the rows of a map");
    return EnumerableDefaults.toMap(KeptBy.input(rows, kept, ENTRY_BYTES), key, value);
  }

  /** A recursive query: unless it has UNION ALL, all its rows are kept to know them again. */
  public static <T> Enumerable<T> repeatUnion(
      Enumerable<T> seed,
      Enumerable<T> iteration,
      int limit,
      boolean all,
      EqualityComparer<T> comparer,
      @Nullable Function0<Boolean> cleanUp) {
    Enumerable<T> rows =
        EnumerableDefaults.repeatUnion(seed, iteration, limit, all, comparer, cleanUp);
    return all
        ? rows
        : KeptBy.enumeration(
            "the rows of a recursive query", kept -> KeptBy.input(rows, kept, ENTRY_BYTES));
  }

  /** What a round of a recursive query gives to the next. */
  public static <T> Enumerable<T> lazyCollectionSpool(
      Collection<T> collection, Enumerable<T> input) {
    Round round = new Round();
    Enumerable<T> spool =
        EnumerableDefaults.lazyCollectionSpool(collection, KeptBy.passing(input, round::count));
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<T> enumerator() {
        round.begin();
        return spool.enumerator();
      }
    };
  }

  /** The rows of a round, and of the one before, which go when it is over. */
  private static final class Round {
    private @Nullable KeptRows before;
    private @Nullable KeptRows present;

    void begin() {
      if (before != null) {
        before.close();
      }
      before = present;
      present = new KeptRows("the rows of a round of a recursive query");
    }

    void count(@Nullable Object row) {
      if (present != null) {
        present.add(KeptRows.rowBytes(row) + LIST_BYTES);
      }
    }
  }

  /** An operator that is made anew for each row of another: what it keeps goes with it. */
  static <S, T> Function1<S, Enumerable<T>> forEachRow(Function1<S, Enumerable<T>> inner) {
    StatementMemory memory = StatementMemory.present();
    return row -> {
      StatementMemory.Scope scope = memory.openScope();
      Enumerable<T> rows = made(() -> inner.apply(row), scope);
      if (rows == null || scope.isEmpty()) {
        return rows;
      }
      return new AbstractEnumerable<>() {
        @Override
        public Enumerator<T> enumerator() {
          return KeptBy.closing(rows.enumerator(), scope);
        }
      };
    };
  }

  /** An operator that is made anew whenever its rows are asked for. */
  public static <T> Enumerable<T> anew(Function0<Enumerable<T>> operator) {
    StatementMemory memory = StatementMemory.present();
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<T> enumerator() {
        StatementMemory.Scope scope = memory.openScope();
        return KeptBy.closing(made(operator, scope).enumerator(), scope);
      }
    };
  }

  private static <T> Enumerable<T> made(
      Function0<Enumerable<T>> operator, StatementMemory.Scope scope) {
    scope.enter();
    try {
      return operator.apply();
    } finally {
      scope.leave();
    }
  }
}
