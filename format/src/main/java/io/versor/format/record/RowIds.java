package io.versor.format.record;

import io.versor.format.io.BinaryReader;
import io.versor.format.io.BinaryWriter;
import io.versor.format.type.StoreException;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** Row ids in a given order, as runs of consecutive ones. */
public record RowIds(List<Run> runs) {
  /** Consecutive ids {@code first .. first + count - 1}. */
  public record Run(long first, long count) {
    public Run {
      if (count < 1) {
        throw new IllegalArgumentException("a run of " + count + " row ids");
      }
    }
  }

  public RowIds {
    runs = Runs.of(runs);
  }

  public static RowIds run(long first, long count) {
    return new RowIds(List.of(new Run(first, count)));
  }

  public static RowIds of(long[] ids) {
    long[] firsts = new long[ids.length];
    long[] counts = new long[ids.length];
    int runs = 0;
    for (int i = 0; i < ids.length; ) {
      int end = i + 1;
      while (end < ids.length && ids[end] == ids[end - 1] + 1) {
        end++;
      }
      firsts[runs] = ids[i];
      counts[runs++] = end - i;
      i = end;
    }
    return new RowIds(new Runs(Arrays.copyOf(firsts, runs), Arrays.copyOf(counts, runs)));
  }

  /** Without an object for each: a statement may delete every second row of a table. */
  private static final class Runs extends AbstractList<Run> implements RandomAccess {
    private final long[] firsts;
    private final long[] counts;

    private Runs(long[] firsts, long[] counts) {
      this.firsts = firsts;
      this.counts = counts;
    }

    static Runs of(List<Run> runs) {
      return runs instanceof Runs known
          ? known
          : new Runs(
              runs.stream().mapToLong(Run::first).toArray(),
              runs.stream().mapToLong(Run::count).toArray());
    }

    @Override
    public Run get(int index) {
      return new Run(firsts[index], counts[index]);
    }

    @Override
    public int size() {
      return firsts.length;
    }
  }

  public long count() {
    long count = 0;
    for (Run run : runs) {
      count = Math.addExact(count, run.count);
    }
    return count;
  }

  public long[] toArray() {
    long[] ids = new long[Math.toIntExact(count())];
    int n = 0;
    for (Run run : runs) {
      for (long i = 0; i < run.count; i++) {
        ids[n++] = run.first + i;
      }
    }
    return ids;
  }

  void write(BinaryWriter body) {
    body.varint(runs.size());
    long expected = 0;
    for (Run run : runs) {
      body.signed(run.first - expected).varint(run.count);
      expected = run.first + run.count;
    }
  }

  static RowIds read(BinaryReader body) throws StoreException {
    int size = body.count("runs of row ids", body.remaining() / 2);
    long[] firsts = new long[size];
    long[] counts = new long[size];
    long expected = 0;
    for (int i = 0; i < size; i++) {
      long first = expected + body.signed();
      long count = body.varint();
      if (count < 1 || count > Integer.MAX_VALUE) {
        throw body.corrupt("a run of " + count + " row ids");
      }
      firsts[i] = first;
      counts[i] = count;
      expected = first + count;
    }
    return new RowIds(new Runs(firsts, counts));
  }
}
