package io.versor.engine.match;

import io.versor.engine.StatementException;
import io.versor.engine.keep.KeptRows;
import io.versor.engine.type.Carried;
import io.versor.engine.work.Poll;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the match that begins at a row and is preferred to all others there: it goes the first way
 * on wherever there are two, and comes back for the other one when it meets a row that does not
 * fit. One thread.
 *
 * <p>Where conditions look at the row at hand and its neighbours alone, an instruction that did not
 * lead to a match from a row will not do so again, whatever lies before; each is tried once a row
 * then, and a partition takes a time that is proportional to its rows.
 */
final class Matcher {
  /**
   * Instructions for one beginning: some seconds. A pattern with many ways to take the same rows
   * has so many that it would not end.
   */
  static final long MOST_STEPS = 50_000_000;

  /** For each row of the partition besides: a pattern that takes all of them goes on. */
  static final int STEPS_OF_ROW = 100;

  /** Beyond so many bytes nobody remembers what was tried. */
  private static final long MOST_TRIED_BYTES = 1L << 26;

  private final MatchSpec spec;
  private final Program program;
  private final Mapping mapping;
  private final Finder finder;
  private final KeptRows kept;
  private final boolean ofRows;
  private final int[] registers;

  private int rowCount;

  /** A bit for each row and row instruction that was tried there; null if nobody remembers. */
  private long @Nullable [] tried;

  /** The instruction that took each row of the match. */
  private int[] took = new int[16];

  /**
   * What to do when there is no way on, in pairs: where to go on and how many rows to keep, or a
   * register as a negative number and what it was.
   */
  private int[] back = new int[64];

  private int backSize;
  private long stepsLeft;

  Matcher(MatchSpec spec, Mapping mapping, Finder finder, KeptRows kept) {
    this.spec = spec;
    this.program = spec.program();
    this.mapping = mapping;
    this.finder = finder;
    this.kept = kept;
    this.registers = new int[program.registers()];
    boolean all = true;
    for (int variable = 0; variable < spec.conditions().size(); variable++) {
      all &= spec.isOfRow(variable);
    }
    this.ofRows = all;
  }

  /** Turns to a partition. */
  void setPart(int rows) {
    rowCount = rows;
    long words = ((long) rows * program.rows() + Long.SIZE - 1) / Long.SIZE;
    if (!ofRows || words * Long.BYTES > MOST_TRIED_BYTES) {
      tried = null;
      return;
    }
    long[] there = tried;
    if (there != null && there.length >= words && there.length <= 2 * words + 64) {
      Arrays.fill(there, 0);
      return;
    }
    kept.add(Math.max(0, words - (there == null ? 0 : there.length)) * Long.BYTES);
    tried = new long[(int) words];
  }

  /** Whether there is a match that begins at a row; the mapping has its rows then. */
  boolean find(int start) {
    mapping.begin(start);
    backSize = 0;
    stepsLeft = MOST_STEPS + (long) STEPS_OF_ROW * rowCount;
    int at = 0;
    while (at >= 0) {
      if ((--stepsLeft & 1023) == 0) {
        Poll.poll();
      }
      if (stepsLeft < 0) {
        throw tooMany(start);
      }
      int code = program.code(at);
      if (code == Program.ACCEPT) {
        forgetTaken();
        return true;
      }
      at = step(code, at);
      if (at < 0) {
        at = goBack();
      }
    }
    return false;
  }

  /** Where to go on, or -1 if there is no way. */
  private int step(int code, int at) {
    int place = mapping.start() + mapping.size();
    switch (code) {
      case Program.ROW, Program.HIDDEN_ROW -> {
        return place < rowCount && takes(at, place) ? at + 1 : -1;
      }
      case Program.FORK -> {
        push(program.second(at), mapping.size());
        return program.first(at);
      }
      case Program.JUMP -> {
        return program.first(at);
      }
      case Program.ENTER -> {
        int register = program.first(at);
        push(-1 - register, registers[register]);
        registers[register] = place;
        return at + 1;
      }
      case Program.MOVED -> {
        return registers[program.first(at)] == place ? -1 : at + 1;
      }
      case Program.FIRST_ROW -> {
        return place == 0 ? at + 1 : -1;
      }
      default -> {
        return place == rowCount ? at + 1 : -1;
      }
    }
  }

  private boolean takes(int at, int row) {
    if (tried != null && isTriedAgain(at, row)) {
      return false;
    }
    int variable = program.first(at);
    int size = mapping.size();
    mapping.add(variable);
    Optional<Formula> condition = spec.conditions().get(variable);
    if (condition.isPresent() && !finder.holds(condition.get())) {
      mapping.truncate(size);
      return false;
    }
    if (size == took.length) {
      kept.add((long) Integer.BYTES * size);
      took = Arrays.copyOf(took, 2 * size);
    }
    took[size] = at;
    return true;
  }

  private boolean isTriedAgain(int at, int row) {
    long[] bits = java.util.Objects.requireNonNull(tried);
    long bit = (long) row * program.rows() + program.second(at);
    int word = (int) (bit / Long.SIZE);
    boolean again = (bits[word] >>> bit & 1) != 0;
    bits[word] |= 1L << bit;
    return again;
  }

  /** What led to the match may lead to another one, which begins elsewhere. */
  private void forgetTaken() {
    long[] bits = tried;
    for (int i = 0; bits != null && i < mapping.size(); i++) {
      long bit = (long) (mapping.start() + i) * program.rows() + program.second(took[i]);
      bits[(int) (bit / Long.SIZE)] &= ~(1L << bit);
    }
  }

  private void push(int what, int value) {
    if (backSize == back.length) {
      kept.add((long) Integer.BYTES * backSize);
      back = Arrays.copyOf(back, 2 * backSize);
    }
    back[backSize++] = what;
    back[backSize++] = value;
  }

  private int goBack() {
    while (backSize > 0) {
      int value = back[--backSize];
      int what = back[--backSize];
      if (what >= 0) {
        mapping.truncate(value);
        return what;
      }
      registers[-1 - what] = value;
    }
    return -1;
  }

  /** Whether a row of the match is not to be shown. */
  boolean isHidden(int number) {
    return program.code(took[number]) == Program.HIDDEN_ROW;
  }

  private Carried tooMany(int start) {
    return new Carried(
        new StatementException(
            "54001",
            "MATCH_RECOGNIZE tried "
                + (MOST_STEPS + (long) STEPS_OF_ROW * rowCount)
                + " steps for a match that begins at row "
                + (start + 1)
                + " of its partition; let fewer ways through PATTERN take the same rows, ask less of"
                + " other rows in DEFINE, or PARTITION BY more"));
  }
}
