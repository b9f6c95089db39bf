package io.versor.engine.function;

import io.versor.engine.keep.Gathering;
import io.versor.engine.keep.KeptRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a group, for what depends on their order. Called from generated code, with values
 * that are no NULLs and of one type.
 */
public final class OrderedValues implements Gathering {
  private final List<Comparable<Object>> values = new ArrayList<>();
  private double fraction;
  private boolean sorted;
  private long bytes;

  private OrderedValues() {}

  @Override
  public long keptBytes() {
    return bytes;
  }

  @SuppressWarnings("unchecked") // every SQL value that is ordered is Comparable with its like
  private OrderedValues with(Object value) {
    values.add((Comparable<Object>) value);
    bytes += KeptRows.valueBytes(value);
    sorted = false; // a window goes on with the same values
    return this;
  }

  private OrderedValues with(Object value, double part) {
    if (!(part >= 0 && part <= 1)) {
      throw new FunctionException("22003", "the percentile " + part + "; expected 0 to 1");
    }
    fraction = part;
    return with(value);
  }

  private List<Comparable<Object>> sorted() {
    if (!sorted) {
      Collections.sort(values);
      sorted = true;
    }
    return values;
  }

  /** The first value that so many of them do not come after; from the end if they descend. */
  private @Nullable Object discrete(boolean descending) {
    int size = values.size();
    int at = Math.max(0, (int) Math.ceil(fraction * size) - 1);
    return size == 0 ? null : sorted().get(descending ? size - 1 - at : at);
  }

  /** The value so far along the line through them all: a DOUBLE, or a number of microseconds. */
  private @Nullable Object continuous(double part) {
    if (values.isEmpty()) {
      return null;
    }
    double place = part * (values.size() - 1);
    int below = (int) Math.floor(place);
    Object lower = sorted().get(below);
    Object upper = sorted().get((int) Math.ceil(place));
    if (lower instanceof Long from && upper instanceof Long to) {
      return from + Math.round((to - from) * (place - below));
    }
    double from = (Double) lower;
    double to = (Double) upper;
    // not from + (to - from) * …: the difference of extremes is not a DOUBLE
    double rest = place - below;
    return rest == 0 ? from : from * (1 - rest) + to * rest;
  }

  /** The value that is there most often; of several the first one. */
  private @Nullable Object mode(boolean descending) {
    Comparable<Object> best = null;
    Comparable<Object> before = null;
    int most = 0;
    int run = 0;
    for (Comparable<Object> value : sorted()) {
      run = before != null && before.compareTo(value) == 0 ? run + 1 : 1;
      before = value;
      if (run > most || descending && run == most) {
        most = run;
        best = value;
      }
    }
    return best;
  }

  /** An aggregate of values alone. */
  public abstract static class OfValues {
    public OrderedValues init() {
      return new OrderedValues();
    }

    public OrderedValues add(OrderedValues values, Object value) {
      return values.with(value);
    }

    public abstract @Nullable Object result(OrderedValues values);
  }

  /** An aggregate of values and a percentile, the same for each. */
  public abstract static class OfPercentile {
    public OrderedValues init() {
      return new OrderedValues();
    }

    public OrderedValues add(OrderedValues values, Object value, double fraction) {
      return values.with(value, fraction);
    }

    public abstract @Nullable Object result(OrderedValues values);
  }

  /** {@code MEDIAN(x)}. */
  public static final class Median extends OfValues {
    @Override
    public @Nullable Object result(OrderedValues values) {
      return values.continuous(0.5);
    }
  }

  /** {@code MODE(x)}. */
  public static final class Mode extends OfValues {
    @Override
    public @Nullable Object result(OrderedValues values) {
      return values.mode(false);
    }
  }

  /** {@code MODE() WITHIN GROUP (ORDER BY x DESC)}. */
  public static final class LastMode extends OfValues {
    @Override
    public @Nullable Object result(OrderedValues values) {
      return values.mode(true);
    }
  }

  /** {@code PERCENTILE_CONT(f) WITHIN GROUP (ORDER BY x)}. */
  public static final class Continuous extends OfPercentile {
    @Override
    public @Nullable Object result(OrderedValues values) {
      return values.continuous(values.fraction);
    }
  }

  /** The same, ORDER BY x DESC. */
  public static final class ContinuousDown extends OfPercentile {
    @Override
    public @Nullable Object result(OrderedValues values) {
      return values.continuous(1 - values.fraction);
    }
  }

  /** {@code PERCENTILE_DISC(f) WITHIN GROUP (ORDER BY x)}. */
  public static final class Discrete extends OfPercentile {
    @Override
    public @Nullable Object result(OrderedValues values) {
      return values.discrete(false);
    }
  }

  /** The same, ORDER BY x DESC. */
  public static final class DiscreteDown extends OfPercentile {
    @Override
    public @Nullable Object result(OrderedValues values) {
      return values.discrete(true);
    }
  }
}
