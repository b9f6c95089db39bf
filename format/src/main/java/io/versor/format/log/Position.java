package io.versor.format.log;

/**
 * A point in a branch's history: the state after one frame of its log.
 *
 * @param frame frame number; -1 is the state before the first frame, where the branch starts
 */
public record Position(long branchId, long frame) {
  public Position {
    if (frame < -1) {
      throw new IllegalArgumentException("frame " + frame);
    }
  }

  @Override
  public String toString() {
    return "branch " + branchId + " frame " + frame;
  }
}
