package io.versor.format.log;

import java.util.HexFormat;

/**
 * Where a frame lies, or where the next one will: behind the last frame of a segment that may also
 * be the start of the next segment, which every reader here tries by itself.
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

  /** Where the first frame of a branch's log lies. */
  public static FrameAddress first(long branchId) {
    return new FrameAddress(branchId, 0, 0, SegmentHeader.BYTES);
  }

  /** The segment it is in, as the store names it. */
  public String file() {
    HexFormat hex = HexFormat.of(); // every frame that is read has its address as its name
    return "log/" + hex.toHexDigits(branchId, 8) + "/" + hex.toHexDigits(segment) + ".log";
  }

  @Override
  public String toString() {
    return file() + " offset " + offset + " frame " + frame;
  }
}
