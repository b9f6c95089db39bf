package io.versor.engine.window;

/** The rows that a function sees: up to three runs of them, in order, none empty. */
final class Frame {
  private static final int MOST_RUNS = 3;

  private final int[] from = new int[MOST_RUNS];
  private final int[] to = new int[MOST_RUNS];
  private int runs;

  void clear() {
    runs = 0;
  }

  /** Adds the rows from one to before another; none if there are none. */
  void add(int first, int end) {
    if (first < end) {
      from[runs] = first;
      to[runs] = end;
      runs++;
    }
  }

  int runs() {
    return runs;
  }

  int from(int run) {
    return from[run];
  }

  int to(int run) {
    return to[run];
  }

  int rows() {
    int rows = 0;
    for (int run = 0; run < runs; run++) {
      rows += to[run] - from[run];
    }
    return rows;
  }
}
