package io.versor.engine.keep;

import java.util.function.Function;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** Enumerables that count what passes, and that give back what was counted when they are closed. */
final class KeptBy {
  /** Of an enumerable's rows, as they pass. */
  @FunctionalInterface
  interface Count<T> {
    void of(T row);
  }

  private KeptBy() {}

  /**
   * An operator that begins to keep rows when its rows are asked for, and has none when it is
   * closed.
   *
   * @param what is kept, for the message, in the plural
   * @param operator makes it, of what counts for it
   */
  static <T> Enumerable<T> enumeration(String what, Function<KeptRows, Enumerable<T>> operator) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<T> enumerator() {
        KeptRows kept = new KeptRows(what);
        return closing(operator.apply(kept).enumerator(), kept);
      }
    };
  }

  /** Counts each row of an operator's input, and what it takes beside. */
  static <T> Enumerable<T> input(Enumerable<T> rows, KeptRows kept, long more) {
    return passing(rows, row -> kept.add(KeptRows.rowBytes(row) + more));
  }

  /** Tells each row before anybody has it. */
  static <T> Enumerable<T> passing(Enumerable<T> rows, Count<? super T> count) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<T> enumerator() {
        return new Passing<>(rows.enumerator()) {
          private @Nullable T row;

          @Override
          public boolean moveNext() {
            if (!source.moveNext()) {
              return false;
            }
            row = source.current(); // may be computed: not twice
            count.of(row);
            return true;
          }

          @Override
          @SuppressWarnings("NullAway") // asked for after moveNext alone
          public T current() {
            return row;
          }
        };
      }
    };
  }

  /** The same rows; what was kept for them is given back with them. */
  static <T> Enumerator<T> closing(Enumerator<T> rows, AutoCloseable kept) {
    return new Passing<>(rows) {
      @Override
      public boolean moveNext() {
        return source.moveNext();
      }

      @Override
      public T current() {
        return source.current();
      }

      @Override
      public void close() {
        try {
          super.close();
        } finally {
          closed(kept);
        }
      }
    };
  }

  private static void closed(AutoCloseable kept) {
    try {
      kept.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e); // reservations throw none
    }
  }

  private abstract static class Passing<T> implements Enumerator<T> {
    final Enumerator<T> source;

    Passing(Enumerator<T> source) {
      this.source = source;
    }

    @Override
    public void reset() {
      source.reset();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
