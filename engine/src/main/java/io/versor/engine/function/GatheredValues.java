package io.versor.engine.function;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ARRAY_AGG: the values of a group one after the other, NULLs too. Called from generated code. */
public final class GatheredValues {
  private GatheredValues() {}

  /** In the order they come in. */
  public static final class AsTheyCome {
    public List<@Nullable Object> init() {
      return new ArrayList<>();
    }

    /** Each value comes in a list of its own: aggregates are not told of NULLs. */
    public List<@Nullable Object> add(List<@Nullable Object> all, List<?> value) {
      all.addAll(value);
      return all;
    }

    public @Nullable List<@Nullable Object> result(List<@Nullable Object> all) {
      return all.isEmpty() ? null : new ArrayList<>(all);
    }
  }

  /** From the least to the greatest, NULLs last. */
  public static final class Ascending {
    public List<@Nullable Object> init() {
      return new ArrayList<>();
    }

    public List<@Nullable Object> add(List<@Nullable Object> all, List<?> value) {
      all.addAll(value);
      return all;
    }

    public @Nullable List<@Nullable Object> result(List<@Nullable Object> all) {
      return sorted(all, ORDER);
    }
  }

  /** From the greatest to the least, NULLs first. */
  public static final class Descending {
    public List<@Nullable Object> init() {
      return new ArrayList<>();
    }

    public List<@Nullable Object> add(List<@Nullable Object> all, List<?> value) {
      all.addAll(value);
      return all;
    }

    public @Nullable List<@Nullable Object> result(List<@Nullable Object> all) {
      return sorted(all, ORDER.reversed());
    }
  }

  private static final Comparator<@Nullable Object> ORDER =
      Comparator.nullsLast(GatheredValues::compare);

  @SuppressWarnings("unchecked") // every SQL value that is ordered is Comparable with its like
  private static int compare(Object left, Object right) {
    return ((Comparable<Object>) left).compareTo(right);
  }

  private static @Nullable List<@Nullable Object> sorted(
      List<@Nullable Object> all, Comparator<@Nullable Object> order) {
    List<@Nullable Object> sorted = new ArrayList<>(all);
    sorted.sort(order);
    return all.isEmpty() ? null : sorted;
  }
}
