package io.versor.engine.keep;

import java.util.Comparator;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.EnumerableDefaults;
import org.apache.calcite.linq4j.JoinType;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Function2;
import org.apache.calcite.linq4j.function.NullablePredicate2;
import org.apache.calcite.linq4j.function.Predicate2;
import org.jspecify.annotations.Nullable;

/** Calcite's joins, which keep the right side. Called from generated code. */
public final class CountedJoins {
  private static final String KEPT = "the kept rows of a join";

  private CountedJoins() {}

  public static <L, R, K, T> Enumerable<T> hashJoin(
      Enumerable<L> left,
      Enumerable<R> right,
      Function1<L, K> leftKey,
      Function1<R, K> rightKey,
      Function2<L, R, T> result,
      @Nullable EqualityComparer<K> comparer,
      boolean nullsOnLeft,
      boolean nullsOnRight,
      @Nullable Predicate2<L, R> predicate) {
    long entry =
        (nullsOnLeft ? 2 : 1) * CountedOperators.ENTRY_BYTES; // which have met nobody is kept too
    return KeptBy.enumeration(
        KEPT,
        kept ->
            EnumerableDefaults.hashJoin(
                left,
                KeptBy.input(right, kept, entry),
                leftKey,
                rightKey,
                result,
                comparer,
                nullsOnLeft,
                nullsOnRight,
                predicate));
  }

  public static <L, R, K, S, T> Enumerable<T> leftMarkHashJoin(
      Enumerable<L> left,
      Enumerable<R> right,
      Function1<L, K> leftKey,
      Function1<R, K> rightKey,
      @Nullable Function1<L, S> leftSafeKey,
      @Nullable Function1<R, S> rightSafeKey,
      boolean atMostOneUnsafe,
      Function2<L, @Nullable Boolean, T> result,
      @Nullable EqualityComparer<K> comparer,
      @Nullable EqualityComparer<S> safeComparer,
      @Nullable NullablePredicate2<L, R> predicate,
      NullablePredicate2<L, R> equality) {
    return KeptBy.enumeration(
        KEPT,
        kept ->
            EnumerableDefaults.leftMarkHashJoin(
                left,
                KeptBy.input(right, kept, 2 * CountedOperators.ENTRY_BYTES),
                leftKey,
                rightKey,
                leftSafeKey,
                rightSafeKey,
                atMostOneUnsafe,
                result,
                comparer,
                safeComparer,
                predicate,
                equality));
  }

  /** Keeps the left side, and what it has met of the right. */
  public static <L, R, K, T> Enumerable<T> asofJoin(
      Enumerable<L> left,
      Enumerable<R> right,
      Function1<L, K> leftKey,
      Function1<R, K> rightKey,
      Function2<L, @Nullable R, T> result,
      Predicate2<L, R> match,
      Comparator<R> order,
      boolean nullsOnRight) {
    return KeptBy.enumeration(
        KEPT,
        kept ->
            EnumerableDefaults.asofJoin(
                KeptBy.input(left, kept, 2 * CountedOperators.ENTRY_BYTES),
                right,
                leftKey,
                rightKey,
                result,
                match,
                order,
                nullsOnRight));
  }

  public static <L, R, K> Enumerable<L> semiJoin(
      Enumerable<L> left,
      Enumerable<R> right,
      Function1<L, K> leftKey,
      Function1<R, K> rightKey,
      @Nullable EqualityComparer<K> comparer,
      @Nullable Predicate2<L, R> predicate) {
    return semiJoin(left, right, leftKey, rightKey, comparer, predicate, false);
  }

  public static <L, R, K> Enumerable<L> antiJoin(
      Enumerable<L> left,
      Enumerable<R> right,
      Function1<L, K> leftKey,
      Function1<R, K> rightKey,
      @Nullable EqualityComparer<K> comparer,
      @Nullable Predicate2<L, R> predicate) {
    return semiJoin(left, right, leftKey, rightKey, comparer, predicate, true);
  }

  private static <L, R, K> Enumerable<L> semiJoin(
      Enumerable<L> left,
      Enumerable<R> right,
      Function1<L, K> leftKey,
      Function1<R, K> rightKey,
      @Nullable EqualityComparer<K> comparer,
      @Nullable Predicate2<L, R> predicate,
      boolean anti) {
    if (predicate != null) {
      return KeptBy.enumeration(
          KEPT,
          kept ->
              EnumerableDefaults.semiJoin(
                  left,
                  KeptBy.input(right, kept, CountedOperators.ENTRY_BYTES),
                  leftKey,
                  rightKey,
                  comparer,
                  anti,
                  predicate));
    }
    return KeptBy.enumeration(
        "the keys of a join",
        kept -> {
          Keys<R, K> keys = new Keys<>(right, rightKey, comparer, kept);
          return left.where(row -> keys.has(leftKey.apply(row)) != anti);
        });
  }

  /** Which keys the right side has: of rows with the same one it is kept. */
  private static final class Keys<R, K> {
    private final Enumerable<R> rows;
    private final Function1<R, K> key;
    private final CountedSet<K> keys;
    private boolean read;

    Keys(
        Enumerable<R> rows,
        Function1<R, K> key,
        @Nullable EqualityComparer<K> comparer,
        KeptRows kept) {
      this.rows = rows;
      this.key = key;
      this.keys = new CountedSet<>(comparer, kept);
    }

    /** Reads the rows when the first is asked for, which may never be. */
    boolean has(@Nullable K wanted) {
      if (wanted == null) {
        return false;
      }
      if (!read) {
        read = true;
        keys.addAll(rows.select(key));
      }
      return keys.has(wanted);
    }
  }

  public static <L, R, T> Enumerable<T> nestedLoopJoin(
      Enumerable<L> left,
      Enumerable<R> right,
      Predicate2<L, R> predicate,
      Function2<? super @Nullable L, ? super @Nullable R, T> result,
      JoinType type) {
    if (!type.generatesNullsOnLeft()) {
      return EnumerableDefaults.nestedLoopJoin(left, right, predicate, result, type);
    }
    // All at once: the right side and what becomes of it.
    KeptRows kept = new KeptRows("the rows of a join");
    return EnumerableDefaults.nestedLoopJoin(
        left,
        KeptBy.input(right, kept, CountedOperators.ENTRY_BYTES),
        predicate,
        (l, r) -> {
          T row = result.apply(l, r);
          kept.add(KeptRows.rowBytes(row));
          return row;
        },
        type);
  }

  public static <L, R, T> Enumerable<T> correlateJoin(
      Enumerable<L> left,
      JoinType type,
      Function1<L, Enumerable<R>> right,
      Function2<L, ? super @Nullable R, T> result) {
    return EnumerableDefaults.correlateJoin(type, left, CountedOperators.forEachRow(right), result);
  }

  public static <L, R, T> Enumerable<T> correlateLeftMarkJoin(
      Enumerable<L> left,
      Function1<L, Enumerable<R>> right,
      NullablePredicate2<L, R> predicate,
      Function2<L, @Nullable Boolean, T> result) {
    return EnumerableDefaults.correlateLeftMarkJoin(
        left, CountedOperators.forEachRow(right), predicate, result);
  }
}
