package io.versor.format.log;

/**
 * A place in a log up to which everything was read and found right.
 *
 * @param segment first frame of the segment
 * @param offset where in the segment file the next frame is or will be
 * @param frame number of that next frame
 * @param crcBefore checksum of the frame before it
 */
record LogEnd(long segment, long offset, long frame, int crcBefore) {

  static LogEnd startOf(SegmentFile segment) {
    SegmentHeader header = segment.header();
    return new LogEnd(
        header.firstFrame(), SegmentHeader.BYTES, header.firstFrame(), header.crcBefore());
  }

  LogEnd after(FrameHeader header) {
    return new LogEnd(segment, offset + header.extent(), frame + 1, header.crc());
  }

  boolean isStartOfSegment() {
    return offset == SegmentHeader.BYTES;
  }

  FrameAddress address(long branchId) {
    return new FrameAddress(branchId, frame, segment, offset);
  }
}
