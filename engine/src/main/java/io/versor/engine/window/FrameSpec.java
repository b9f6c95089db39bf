package io.versor.engine.window;

/** Which rows of a part a function sees for a row of it. */
public record FrameSpec(Unit unit, FrameBound from, FrameBound to, Exclusion exclusion) {
  /**
   * What offsets of bounds count, and what CURRENT ROW stands for: the row, or it and its peers.
   */
  public enum Unit {
    ROWS,
    RANGE,
    GROUPS
  }

  /** Rows of the frame that are left out. */
  public enum Exclusion {
    NONE,
    ROW,
    GROUP,
    TIES
  }

  @Override
  public String toString() {
    return unit + " " + from + " to " + to + " without " + exclusion;
  }
}
