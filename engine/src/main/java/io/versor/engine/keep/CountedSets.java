package io.versor.engine.keep;

import io.versor.engine.work.Poll;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.jspecify.annotations.Nullable;

/**
 * DISTINCT, UNION, INTERSECT and EXCEPT, all at once as Calcite has them: what they give is read as
 * often as one likes. Called from generated code.
 */
public final class CountedSets {
  private CountedSets() {}

  private static KeptRows kept() {
    return new KeptRows("the rows of DISTINCT, UNION, INTERSECT or EXCEPT");
  }

  public static <T> Enumerable<T> distinct(Enumerable<T> rows) {
    return distinct(rows, null);
  }

  public static <T> Enumerable<T> distinct(
      Enumerable<T> rows, @Nullable EqualityComparer<T> comparer) {
    return new CountedSet<>(comparer, kept()).addAll(rows).members();
  }

  public static <T> Enumerable<T> union(Enumerable<T> left, Enumerable<T> right) {
    return union(left, right, null);
  }

  public static <T> Enumerable<T> union(
      Enumerable<T> left, Enumerable<T> right, @Nullable EqualityComparer<T> comparer) {
    return new CountedSet<>(comparer, kept()).addAll(left).addAll(right).members();
  }

  public static <T> Enumerable<T> intersect(Enumerable<T> left, Enumerable<T> right, boolean all) {
    return intersect(left, right, null, all);
  }

  public static <T> Enumerable<T> intersect(
      Enumerable<T> left,
      Enumerable<T> right,
      @Nullable EqualityComparer<T> comparer,
      boolean all) {
    KeptRows kept = kept();
    CountedSet<T> wanted = new CountedSet<>(comparer, all, kept).addAll(right);
    CountedSet<T> found = new CountedSet<>(comparer, all, kept);
    try (Enumerator<T> source = left.enumerator()) {
      while (source.moveNext()) {
        Poll.poll();
        T row = source.current();
        if (wanted.remove(row)) {
          found.add(row);
        }
      }
    }
    return found.members();
  }

  public static <T> Enumerable<T> except(Enumerable<T> left, Enumerable<T> right, boolean all) {
    return except(left, right, null, all);
  }

  public static <T> Enumerable<T> except(
      Enumerable<T> left,
      Enumerable<T> right,
      @Nullable EqualityComparer<T> comparer,
      boolean all) {
    CountedSet<T> rest = new CountedSet<>(comparer, all, kept()).addAll(left);
    try (Enumerator<T> source = right.enumerator()) {
      while (source.moveNext()) {
        Poll.poll();
        rest.remove(source.current());
      }
    }
    return rest.members();
  }
}
