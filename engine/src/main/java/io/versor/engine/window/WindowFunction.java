package io.versor.engine.window;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function over a window. Holds nothing of one execution. */
@FunctionalInterface
public interface WindowFunction {
  /** Gets ready for the rows of a part, by whatever makes frames cheap. */
  OfPart over(Part part, List<Integer> arguments);

  /** The function over one part; rows are asked for from the first to the last. */
  @FunctionalInterface
  interface OfPart {
    /**
     * @param row its number in the part
     * @param frame which is overwritten for the next row
     */
    @Nullable Object at(int row, Frame frame);
  }
}
