package io.versor.engine.window;

import java.util.List;

/**
 * One window: columns that part the rows, their order in a part, the frame of a row, and what is
 * computed over it.
 */
public record WindowSpec(
    List<Integer> partitionBy, List<OrderKey> order, FrameSpec frame, List<WindowCall> calls) {
  public WindowSpec {
    partitionBy = List.copyOf(partitionBy);
    order = List.copyOf(order);
    calls = List.copyOf(calls);
  }

  /** For EXPLAIN; tells all that makes one window different from another. */
  @Override
  public String toString() {
    return "partition " + partitionBy + " order " + order + " " + frame + " calls " + calls;
  }
}
