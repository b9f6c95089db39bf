package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A plan over the rows of one leaf that several threads carry out, each for parts of the rows and
 * with operators of its own. Parts are the same however many threads there are, and their outcomes
 * are taken in the order of the rows: so are the results the same, sums of floats to the last
 * digit.
 *
 * @param <T> what carries out a part
 */
final class Parallel<T extends BatchOperator> {
  /** Makes operators that read a part instead of the leaf. On any thread. */
  @FunctionalInterface
  interface Maker<T> {
    T make(PlanLeaf part, ExecContext context);
  }

  /** Something to be done with the operators of a part. */
  @FunctionalInterface
  interface Step<T> {
    void accept(T operator) throws StoreException;
  }

  /** Of a part: whole chunks, and about a millisecond of work. */
  private static final long PART_ROWS = 1L << 17;

  /** What is made for each part, groups above all, stays small beside the rows. */
  private static final int MOST_PARTS = 64;

  /** Of a part that may be passed over: a chunk. */
  private static final long ZONE_ROWS = 1L << 16;

  /** Their statistics are looked at in a moment, and kept. */
  private static final int MOST_ZONES = 4_096;

  private final PlanLeaf leaf;
  private final List<JoinTable> tables;
  private final Maker<T> maker;
  private final ExecContext context;

  /**
   * @param tables what the parts share, and somebody else closes; read before they are begun
   */
  Parallel(PlanLeaf leaf, List<JoinTable> tables, Maker<T> maker, ExecContext context) {
    this.leaf = leaf;
    this.tables = tables;
    this.maker = maker;
    this.context = context;
  }

  /** How many threads would carry it out. */
  int threads() throws StoreException {
    return Math.max(
        1, Math.min(context.helpers().threads(), leaf.parts(PART_ROWS, MOST_PARTS).size()));
  }

  /**
   * Carries out all parts.
   *
   * @param read done for several parts at a time, in no order
   * @param take done for one part after the other, in their order
   * @return false if it is not worth it: nothing was done
   */
  boolean run(Step<T> read, Step<T> take) throws StoreException {
    return run(leaf.parts(PART_ROWS, MOST_PARTS), part -> 0, rank -> true, read, take);
  }

  /** How early a part should be carried out: the least number first. */
  @FunctionalInterface
  interface Ranking {
    long rank(PlanLeaf part) throws StoreException;
  }

  /**
   * The same, but first those parts from whose statistics the most may be expected. What others
   * have found may then show that a part has nothing to give.
   *
   * @param wanted whether a part of that rank is still worth it
   */
  boolean run(Ranking ranking, LongPredicate wanted, Step<T> read, Step<T> take)
      throws StoreException {
    return run(leaf.parts(ZONE_ROWS, MOST_ZONES), ranking, wanted, read, take);
  }

  private boolean run(
      List<PlanLeaf> parts, Ranking ranking, LongPredicate worth, Step<T> read, Step<T> take)
      throws StoreException {
    if (parts.size() < 2) {
      return false;
    }
    for (JoinTable table : tables) {
      if (!table.read()) {
        return false; // one thread joins what goes to the disk
      }
    }
    long[] ranks = new long[parts.size()];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = ranking.rank(parts.get(i));
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> ranks[i]));
    try (Turns turns = new Turns(parts.size(), take)) {
      context
          .helpers()
          .run(
              parts.size(),
              (turn, wanted) -> {
                int part = order.get(turn);
                if (!worth.test(ranks[part])) {
                  turns.done(part, null);
                  return;
                }
                Made made = new Made(context.part(wanted));
                try {
                  read.accept(made.make(parts.get(part)));
                } catch (StoreException | RuntimeException | Error e) {
                  made.close(); // nobody else has seen it yet
                  throw e;
                }
                turns.done(part, made);
              });
    }
    return true;
  }

  /** Operators, and what they are made in. */
  private final class Made implements AutoCloseable {
    private final ExecContext context;
    private @Nullable T operator;

    Made(ExecContext context) {
      this.context = context;
    }

    T make(PlanLeaf part) {
      T made = maker.make(part, context);
      operator = made;
      return made;
    }

    @Override
    public void close() {
      if (operator != null) {
        operator.close();
      }
      context.close();
    }
  }

  /** Takes the outcomes of parts in turn, and closes them. */
  private final class Turns implements AutoCloseable {
    private final List<@Nullable Made> waiting = new ArrayList<>();
    private final BitSet done = new BitSet();
    private final Step<T> take;
    private int next;

    Turns(int parts, Step<T> take) {
      waiting.addAll(Collections.nCopies(parts, null));
      this.take = take;
    }

    /**
     * @param made null if there was nothing worth making
     */
    synchronized void done(int part, @Nullable Made made) throws StoreException {
      waiting.set(part, made);
      done.set(part);
      for (; done.get(next); next++) {
        Made turn = waiting.get(next);
        if (turn != null && turn.operator != null) {
          take.accept(turn.operator);
          waiting.set(next, null);
          turn.close();
        }
      }
    }

    /** What nobody has taken, because another part has failed. */
    @Override
    public synchronized void close() {
      for (Made made : waiting) {
        if (made != null) {
          made.close();
        }
      }
    }
  }
}
