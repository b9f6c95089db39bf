package io.versor.engine.window;

import io.versor.engine.work.Poll;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates that only take rows in, one by one. A frame that grows at its end goes on where it
 * was; any other one begins anew, as in PostgreSQL.
 */
record Accumulated(Supplier<State> states) implements WindowFunction {
  /** What was taken in. */
  interface State {
    /**
     * @param arguments of which none is NULL
     */
    void add(@Nullable Object[] arguments);

    @Nullable Object result();
  }

  @Override
  public OfPart over(Part part, List<Integer> arguments) {
    return new Rows(part, arguments);
  }

  private final class Rows implements OfPart {
    private final Part part;
    private final List<Integer> columns;
    private State state = states.get();
    private int from;
    private int to;

    Rows(Part part, List<Integer> columns) {
      this.part = part;
      this.columns = columns;
    }

    @Override
    public @Nullable Object at(int row, Frame frame) {
      boolean grows = frame.runs() == 1 && frame.from(0) == from && frame.to(0) >= to;
      if (!grows) {
        state = states.get();
        to = 0;
        for (int run = 0; run < frame.runs(); run++) {
          add(frame.from(run), frame.to(run));
        }
        from = frame.runs() == 1 ? frame.from(0) : Integer.MAX_VALUE; // no frame begins there
      } else {
        add(to, frame.to(0));
      }
      to = frame.runs() == 1 ? frame.to(0) : 0;
      return state.result();
    }

    private void add(int first, int end) {
      for (int row = first; row < end; row++) {
        if ((row & 1023) == 0) {
          Poll.poll();
        }
        if (PresentRows.isPresent(part, row, columns)) {
          @Nullable Object[] values = new @Nullable Object[columns.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = part.value(row, columns.get(i));
          }
          state.add(values);
        }
      }
    }
  }
}
