package io.versor.format.record;

import io.versor.format.io.BinaryReader;
import io.versor.format.io.BinaryWriter;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;

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
    runs = List.copyOf(runs);
  }

  public static RowIds run(long first, long count) {
    return new RowIds(List.of(new Run(first, count)));
  }

  public static RowIds of(long[] ids) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < ids.length; ) {
      int end = i + 1;
      while (end < ids.length && ids[end] == ids[end - 1] + 1) {
        end++;
      }
      runs.add(new Run(ids[i], end - i));
      i = end;
    }
    return new RowIds(runs);
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
    List<Run> runs = new ArrayList<>(size);
    long expected = 0;
    for (int i = 0; i < size; i++) {
      long first = expected + body.signed();
      long count = body.varint();
      if (count < 1 || count > Integer.MAX_VALUE) {
        throw body.corrupt("a run of " + count + " row ids");
      }
      runs.add(new Run(first, count));
      expected = first + count;
    }
    return new RowIds(runs);
  }
}
