package io.versor.engine.window;

import io.versor.engine.work.Poll;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates whose value of two runs of rows follows from that of each: the greatest, the least,
 * sums of DOUBLEs, which must not be differences of others. A frame that grows at its end takes the
 * new rows in; any other one is put together of about twice log n runs that are known.
 *
 * @param combine of two values that are no NULLs
 * @param result what is made of the value of a frame
 * @param ofNothing the result without a value
 */
record Folds(
    UnaryOperator<Object> lift,
    BinaryOperator<Object> combine,
    UnaryOperator<Object> result,
    @Nullable Object ofNothing)
    implements WindowFunction {
  /** Frames of so many rows are gone through. */
  private static final int FEW_ROWS = 16;

  @Override
  public OfPart over(Part part, List<Integer> arguments) {
    return new Fold(part, arguments.get(0));
  }

  private final class Fold implements OfPart {
    private final Part part;
    private final int column;
    private @Nullable Object @Nullable [] tree;

    private @Nullable Object running;
    private int from;
    private int to;

    Fold(Part part, int column) {
      this.part = part;
      this.column = column;
    }

    @Override
    public @Nullable Object at(int row, Frame frame) {
      Object value = value(frame);
      return value == null ? ofNothing : result.apply(value);
    }

    private @Nullable Object value(Frame frame) {
      if (frame.runs() == 0) {
        return null;
      }
      boolean grows = frame.runs() == 1 && frame.from(0) == from && frame.to(0) >= to;
      if (grows) {
        running = through(running, to, frame.to(0));
        to = frame.to(0);
        return running;
      }
      if (frame.rows() <= FEW_ROWS) {
        Object value = null;
        for (int run = 0; run < frame.runs(); run++) {
          value = through(value, frame.from(run), frame.to(run));
        }
        return value;
      }
      Object value = null;
      for (int run = 0; run < frame.runs(); run++) {
        value = both(value, known(frame.from(run), frame.to(run)));
      }
      if (frame.runs() == 1) {
        running = value;
        from = frame.from(0);
        to = frame.to(0);
      }
      return value;
    }

    private @Nullable Object through(@Nullable Object start, int first, int end) {
      Object value = start;
      for (int row = first; row < end; row++) {
        value = both(value, lifted(row));
      }
      return value;
    }

    private @Nullable Object lifted(int row) {
      Object value = part.value(row, column);
      return value == null ? null : lift.apply(value);
    }

    private @Nullable Object both(@Nullable Object left, @Nullable Object right) {
      return left == null ? right : right == null ? left : combine.apply(left, right);
    }

    /** The value of a run, of those of runs of 1, 2, 4, … rows. */
    private @Nullable Object known(int first, int end) {
      @Nullable Object[] nodes = tree();
      Object left = null;
      Object right = null;
      int low = first + part.size();
      int high = end + part.size();
      while (low < high) {
        if ((low & 1) == 1) {
          left = both(left, nodes[low++]);
        }
        if ((high & 1) == 1) {
          right = both(nodes[--high], right);
        }
        low >>= 1;
        high >>= 1;
      }
      return both(left, right);
    }

    private @Nullable Object[] tree() {
      @Nullable Object[] nodes = tree;
      if (nodes == null) {
        nodes = new @Nullable Object[2 * part.size()];
        for (int row = 0; row < part.size(); row++) {
          nodes[part.size() + row] = lifted(row);
        }
        for (int node = part.size() - 1; node > 0; node--) {
          nodes[node] = both(nodes[2 * node], nodes[2 * node + 1]);
        }
        Poll.poll();
        tree = nodes;
      }
      return nodes;
    }
  }
}
