package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import java.util.List;
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
    return Math.max(1, Math.min(context.helpers().threads(), leaf.parts().size()));
  }

  /**
   * Carries out all parts.
   *
   * @param read done for several parts at a time, in no order
   * @param take done for one part after the other, in their order
   * @return false if it is not worth it: nothing was done
   */
  boolean run(Step<T> read, Step<T> take) throws StoreException {
    List<PlanLeaf> parts = leaf.parts();
    if (parts.size() < 2) {
      return false;
    }
    for (JoinTable table : tables) {
      table.read();
    }
    try (Turns turns = new Turns(parts.size(), take)) {
      context
          .helpers()
          .run(
              parts.size(),
              (part, wanted) -> {
                Made<T> made = new Made<>(context.part(wanted));
                try {
                  made.operator = maker.make(parts.get(part), made.context);
                  read.accept(made.operator);
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
  private static final class Made<T extends BatchOperator> implements AutoCloseable {
    private final ExecContext context;
    private @Nullable T operator;

    Made(ExecContext context) {
      this.context = context;
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
    private final Made<T>[] waiting;
    private final Step<T> take;
    private int next;

    @SuppressWarnings("unchecked")
    Turns(int parts, Step<T> take) {
      this.waiting = (Made<T>[]) new Made<?>[parts];
      this.take = take;
    }

    synchronized void done(int part, Made<T> made) throws StoreException {
      waiting[part] = made;
      while (next < waiting.length && waiting[next] != null) {
        T operator = waiting[next].operator;
        if (operator != null) {
          take.accept(operator);
        }
        waiting[next].close();
        waiting[next++] = null;
      }
    }

    /** What nobody has taken, because another part has failed. */
    @Override
    public synchronized void close() {
      for (Made<T> made : waiting) {
        if (made != null) {
          made.close();
        }
      }
    }
  }
}
