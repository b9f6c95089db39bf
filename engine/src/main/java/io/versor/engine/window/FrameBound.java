package io.versor.engine.window;

/**
 * Where a frame begins or ends.
 *
 * @param column where the offset of a row stands; negative if there is none
 * @param distance what the offset means if the frame is a RANGE; {@link Distance#NONE} otherwise
 */
public record FrameBound(Kind kind, int column, Distance distance) {
  /** In the order of rows. */
  public enum Kind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  @Override
  public String toString() {
    return kind + (column < 0 ? "" : "(" + column + " " + distance + ")");
  }
}
