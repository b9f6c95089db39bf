package io.versor.format.log;

/**
 * One frame as it was appended.
 *
 * @param address where it is
 * @param payload its bytes; the caller's, nobody else keeps them
 * @param crc checksum of the payload seeded with that of the frame before
 */
public record Frame(FrameAddress address, byte[] payload, int crc) {
  /** Where the next frame is or will be. */
  public FrameAddress next() {
    return new FrameAddress(
        address.branchId(),
        address.frame() + 1,
        address.segment(),
        address.offset() + FrameHeader.extent(payload.length));
  }
}
