package io.versor.format.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The 40 bytes before a payload.
 *
 * @param payloadBytes length of the payload
 * @param frame number of the frame
 * @param synced all frames below this number were known to be durable when this one was written
 * @param crcBefore checksum of the frame before
 * @param crc CRC32C of {@code crcBefore} (4 bytes, little-endian) and the payload
 * @param zeroSectors how many sectors of the frame are all zero because that is what was written;
 *     see {@link Sectors}
 */
record FrameHeader(
    int payloadBytes, long frame, long synced, int crcBefore, int crc, int zeroSectors) {
  static final int BYTES = 40;
  static final int MAGIC = 0x5246_5356; // "VSFR" read as little-endian
  private static final int CRC_AT = 36;

  /** Bytes a frame takes up in the file: header, payload, zeros up to a multiple of 8. */
  static int extent(int payloadBytes) {
    return (BYTES + payloadBytes + 7) & -8;
  }

  int extent() {
    return extent(payloadBytes);
  }

  void encode(byte[] target, int offset) {
    ByteBuffer out = ByteBuffer.wrap(target, offset, BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putInt(payloadBytes).putLong(frame).putLong(synced);
    out.putInt(crcBefore).putInt(crc).putInt(zeroSectors).putInt(headerCrc(target, offset));
  }

  /**
   * Empty if the bytes are no header: wrong magic, wrong checksum, or more than a frame may hold.
   */
  static Optional<FrameHeader> decode(byte[] source, int offset) {
    ByteBuffer in = ByteBuffer.wrap(source, offset, BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt() != MAGIC || in.getInt(offset + CRC_AT) != headerCrc(source, offset)) {
      return Optional.empty();
    }
    FrameHeader header =
        new FrameHeader(
            in.getInt(), in.getLong(), in.getLong(), in.getInt(), in.getInt(), in.getInt());
    boolean sane = header.payloadBytes >= 0 && header.payloadBytes <= BranchLog.MAX_PAYLOAD_BYTES;
    return sane ? Optional.of(header) : Optional.empty();
  }

  private static int headerCrc(byte[] bytes, int offset) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, CRC_AT);
    return (int) crc.getValue();
  }

  static int payloadCrc(int crcBefore, byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    for (int shift = 0; shift < 32; shift += 8) {
      crc.update(crcBefore >>> shift & 0xff);
    }
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
