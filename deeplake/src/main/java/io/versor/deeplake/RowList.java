package io.versor.deeplake;

import java.util.ArrayList;
import java.util.List;

/** Ids of rows by their positions, as runs of ids that follow each other. Immutable. */
final class RowList {
  static final RowList EMPTY = new RowList(new long[0], new long[0]);

  /** The first id of each run. */
  private final long[] firsts;

  /** The position behind each run. */
  private final long[] ends;

  private RowList(long[] firsts, long[] ends) {
    this.firsts = firsts;
    this.ends = ends;
  }

  long size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  /** The same with more rows at its end. */
  RowList with(long firstId, long count) {
    Builder builder = new Builder();
    for (int run = 0; run < ends.length; run++) {
      builder.add(firsts[run], ends[run] - start(run));
    }
    builder.add(firstId, count);
    return builder.build();
  }

  /** The same with the rows of another list at its end. */
  RowList with(RowList more) {
    RowList all = this;
    for (int run = 0; run < more.ends.length; run++) {
      all = all.with(more.firsts[run], more.ends[run] - more.start(run));
    }
    return all;
  }

  /** The same without the rows at some positions. */
  RowList without(Positions gone) {
    Builder builder = new Builder();
    long from = 0;
    for (Positions.Run run : gone.runs()) {
      copy(from, run.from(), builder);
      from = run.to();
    }
    copy(from, size(), builder);
    return builder.build();
  }

  private void copy(long from, long to, Builder builder) {
    for (long at = from; at < to; ) {
      int run = run(at);
      long end = Math.min(to, ends[run]);
      builder.add(firsts[run] + at - start(run), end - at);
      at = end;
    }
  }

  /** The ids at some positions, in their order. */
  long[] ids(Positions positions) {
    long[] ids = new long[Math.toIntExact(positions.count())];
    int next = 0;
    for (Positions.Run range : positions.runs()) {
      int run = run(range.from());
      for (long at = range.from(); at < range.to(); at++) {
        if (at >= ends[run]) {
          run++;
        }
        ids[next++] = firsts[run] + at - start(run);
      }
    }
    return ids;
  }

  private long start(int run) {
    return run == 0 ? 0 : ends[run - 1];
  }

  private int run(long position) {
    int low = 0;
    int high = ends.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static final class Builder {
    private final List<long[]> runs = new ArrayList<>();

    void add(long firstId, long count) {
      if (count == 0) {
        return;
      }
      if (!runs.isEmpty()) {
        long[] last = runs.get(runs.size() - 1);
        if (last[0] + last[1] == firstId) {
          last[1] += count;
          return;
        }
      }
      runs.add(new long[] {firstId, count});
    }

    RowList build() {
      long[] firsts = new long[runs.size()];
      long[] ends = new long[runs.size()];
      long end = 0;
      for (int i = 0; i < firsts.length; i++) {
        firsts[i] = runs.get(i)[0];
        end += runs.get(i)[1];
        ends[i] = end;
      }
      return new RowList(firsts, ends);
    }
  }
}
