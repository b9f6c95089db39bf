package io.versor.deeplake;

import java.util.ArrayList;
import java.util.List;

/** Rising positions of rows, as ranges. Grows at its end; used by one thread. */
final class Positions {
  private final List<Run> runs = new ArrayList<>();
  private long count;

  /** From a position up to another, which does not belong to it. */
  record Run(long from, long to) {}

  static Positions of(long from, long to) {
    Positions positions = new Positions();
    positions.add(from, to);
    return positions;
  }

  /** Adds positions behind all others. */
  void add(long from, long to) {
    if (from >= to) {
      return;
    }
    count += to - from;
    if (!runs.isEmpty()) {
      Run last = runs.get(runs.size() - 1);
      if (last.to() > from) {
        throw new IllegalArgumentException("position " + from + " after " + (last.to() - 1));
      }
      if (last.to() == from) {
        runs.set(runs.size() - 1, new Run(last.from(), to));
        return;
      }
    }
    runs.add(new Run(from, to));
  }

  List<Run> runs() {
    return runs;
  }

  long count() {
    return count;
  }

  /** Behind the last one; 0 if there is none. */
  long end() {
    return runs.isEmpty() ? 0 : runs.get(runs.size() - 1).to();
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** Those of both. */
  Positions and(Positions other) {
    Positions both = new Positions();
    int mine = 0;
    int theirs = 0;
    while (mine < runs.size() && theirs < other.runs.size()) {
      Run a = runs.get(mine);
      Run b = other.runs.get(theirs);
      both.add(Math.max(a.from(), b.from()), Math.min(a.to(), b.to()));
      if (a.to() < b.to()) {
        mine++;
      } else {
        theirs++;
      }
    }
    return both;
  }

  /** Those from 0 up to an end that are not here. */
  Positions others(long end) {
    Positions others = new Positions();
    long from = 0;
    for (Run run : runs) {
      others.add(from, Math.min(run.from(), end));
      from = run.to();
    }
    others.add(from, end);
    return others;
  }
}
