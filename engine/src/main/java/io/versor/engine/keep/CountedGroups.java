package io.versor.engine.keep;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.EnumerableDefaults;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.apache.calcite.linq4j.function.Function0;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Function2;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's groups: their keys, and what aggregates have of each. Called from generated code.
 *
 * <p>All at once as Calcite has them: what they give is read as often as one likes.
 */
public final class CountedGroups {
  private CountedGroups() {}

  public static <T, K, A, R> Enumerable<R> groupBy(
      Enumerable<T> rows,
      Function1<T, K> key,
      Function0<A> first,
      Function2<A, T, A> next,
      Function2<K, A, R> result) {
    Groups<K, A> groups = new Groups<>(first);
    return EnumerableDefaults.groupBy(
        rows, groups.remembering(key), groups::open, groups.growing(next), result);
  }

  public static <T, K, A, R> Enumerable<R> groupBy(
      Enumerable<T> rows,
      Function1<T, K> key,
      Function0<A> first,
      Function2<A, T, A> next,
      Function2<K, A, R> result,
      EqualityComparer<K> comparer) {
    Groups<K, A> groups = new Groups<>(first);
    return EnumerableDefaults.groupBy(
        rows, groups.remembering(key), groups::open, groups.growing(next), result, comparer);
  }

  public static <T, K, A, R> Enumerable<R> groupByMultiple(
      Enumerable<T> rows,
      List<Function1<T, K>> keys,
      Function0<A> first,
      Function2<A, T, A> next,
      Function2<K, A, R> result) {
    Groups<K, A> groups = new Groups<>(first);
    return EnumerableDefaults.groupByMultiple(
        rows,
        keys.stream().map(groups::remembering).collect(Collectors.toList()),
        groups::open,
        groups.growing(next),
        result);
  }

  public static <T, A, R> R aggregate(
      Enumerable<T> rows, A first, Function2<A, T, A> next, Function1<A, R> result) {
    Groups<Object, A> groups = new Groups<>(() -> first);
    return EnumerableDefaults.aggregate(rows, groups.open(), groups.growing(next), result);
  }

  private static final class Groups<K, A> {
    private final KeptRows kept = new KeptRows("the groups of an aggregate");
    private final Growth growth = new Growth(kept);
    private final Function0<A> first;

    /** A group is opened for the one that was asked for last. */
    private @Nullable K lastKey;

    Groups(Function0<A> first) {
      this.first = first;
    }

    <T> Function1<T, K> remembering(Function1<T, K> key) {
      return row -> {
        K found = key.apply(row);
        lastKey = found;
        return found;
      };
    }

    A open() {
      A group = Objects.requireNonNull(first.apply());
      kept.add(KeptRows.rowBytes(lastKey) + CountedOperators.ENTRY_BYTES + growth.bytes(group));
      return group;
    }

    <T> Function2<A, T, A> growing(Function2<A, T, A> next) {
      return (group, row) -> growth.add(next, group, row);
    }
  }
}
