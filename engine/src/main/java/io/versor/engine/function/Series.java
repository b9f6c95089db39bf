package io.versor.engine.function;

import io.versor.engine.type.Micros;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.apache.calcite.linq4j.function.Strict;

/**
 * GENERATE_SERIES: numbers or timestamps at equal steps, ends included. Nothing is kept but the
 * ends. Called by generated code; NULL in, NULL out.
 */
@Strict
public final class Series {
  /** A list has no more places. */
  private static final long MAX_LENGTH = Integer.MAX_VALUE;

  private Series() {}

  public static List<Long> generateSeries(long from, long to) {
    return generateSeries(from, to, 1);
  }

  public static List<Long> generateSeries(long from, long to, long step) {
    if (step == 0) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE, "GENERATE_SERIES with a step of 0 has no end");
    }
    boolean none = step > 0 ? from > to : from < to;
    long length = none ? 0 : Math.subtractExact(to, from) / step + 1;
    if (length > MAX_LENGTH) {
      throw new FunctionException(
          "54000", "GENERATE_SERIES of " + length + " rows; at most " + MAX_LENGTH + " are made");
    }
    return new Steps(from, step, (int) length);
  }

  /** Timestamps, each so many months later than the one before, as in PostgreSQL. */
  public static List<Long> monthsSeries(long from, long to, int months) {
    if (months == 0) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE, "GENERATE_SERIES with a step of 0 has no end");
    }
    List<Long> moments = new ArrayList<>();
    long at = from;
    while (months > 0 ? at <= to : at >= to) {
      moments.add(at);
      at = Micros.of(TimeFunctions.local(at).plusMonths(months));
    }
    return moments;
  }

  private static final class Steps extends AbstractList<Long> implements RandomAccess {
    private final long from;
    private final long step;
    private final int length;

    Steps(long from, long step, int length) {
      this.from = from;
      this.step = step;
      this.length = length;
    }

    @Override
    public Long get(int index) {
      return from + index * step;
    }

    @Override
    public int size() {
      return length;
    }
  }
}
