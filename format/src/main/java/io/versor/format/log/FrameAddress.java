package io.versor.format.log;

/**
 * Where a frame lies.
 *
 * @param branchId whose log it is on
 * @param frame its number on that log, from 0
 * @param segment number of the first frame of the segment it is in
 * @param offset of its header in the segment, in bytes
 */
public record FrameAddress(long branchId, long frame, long segment, long offset) {
  public FrameAddress {
    if (branchId < 0 || segment < 0 || frame < segment || offset < 0) {
      throw new IllegalArgumentException(
          "no frame can lie at branch "
              + branchId
              + ", frame "
              + frame
              + ", segment "
              + segment
              + ", offset "
              + offset);
    }
  }
}
