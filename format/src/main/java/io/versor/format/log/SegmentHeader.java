package io.versor.format.log;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The first 64 bytes of a segment file; they lie in one sector, so they are there whole or not at
 * all.
 *
 * @param crcBefore checksum of the last frame before this segment, 0 if there is none
 */
record SegmentHeader(UUID storeId, long branchId, long firstFrame, int crcBefore) {
  static final int BYTES = 64;
  private static final int MAGIC = 0x474C_5356; // "VSLG" read as little-endian
  private static final int VERSION = 1;
  private static final int BRANCH_AT = 8;
  static final int STORE_AT = 28;
  private static final int CRC_AT = 60;

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putShort((short) VERSION).putShort((short) BYTES);
    out.putLong(branchId).putLong(firstFrame).putInt(crcBefore);
    // The id is bytes, not a number: written in the order it is printed.
    out.order(ByteOrder.BIG_ENDIAN);
    out.putLong(storeId.getMostSignificantBits()).putLong(storeId.getLeastSignificantBits());
    out.order(ByteOrder.LITTLE_ENDIAN).putInt(CRC_AT, crc(out.array()));
    return out.array();
  }

  /** Reads a header that is not all zero; the caller knows what it expects to be written there. */
  static SegmentHeader decode(byte[] bytes, UUID storeId, long branchId, long first, String display)
      throws StoreException {
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt() != MAGIC) {
      throw corrupt(display, "does not start with VSLG, so it is not a log segment");
    }
    int version = Short.toUnsignedInt(in.getShort());
    int headerBytes = Short.toUnsignedInt(in.getShort());
    if (in.getInt(CRC_AT) != crc(bytes)) {
      throw corrupt(
          display,
          String.format("header checksum %08x, expected %08x", in.getInt(CRC_AT), crc(bytes)));
    }
    if (version != VERSION || headerBytes != BYTES) {
      throw new StoreException(
          Code.VERSION_TOO_NEW,
          display
              + ": log segment of version "
              + version
              + ", expected "
              + VERSION
              + "; it needs a newer release of Versor");
    }
    long foundBranch = in.getLong();
    long foundFirst = in.getLong();
    int crcBefore = in.getInt();
    in.order(ByteOrder.BIG_ENDIAN);
    UUID foundStore = new UUID(in.getLong(), in.getLong());
    if (foundBranch != branchId || foundFirst != first || !foundStore.equals(storeId)) {
      throw corrupt(
          display,
          String.format(
              "is segment %016x of branch %08x of store %s, expected %016x of %08x of %s;"
                  + " files of another store or branch were put here",
              foundFirst, foundBranch, foundStore, first, branchId, storeId));
    }
    return new SegmentHeader(storeId, branchId, first, crcBefore);
  }

  /** The store that a right header names, whichever that is. */
  static Optional<UUID> storeOf(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt() != MAGIC || in.getInt(CRC_AT) != crc(bytes)) {
      return Optional.empty();
    }
    in.order(ByteOrder.BIG_ENDIAN);
    return Optional.of(new UUID(in.getLong(STORE_AT), in.getLong(STORE_AT + 8)));
  }

  /** The branch that a right header names, whichever that is. */
  static OptionalLong branchOf(byte[] bytes) {
    return storeOf(bytes).isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(BRANCH_AT));
  }

  /** What the checksum differs by from the right one: 0 of a right header. */
  static int crcFault(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(CRC_AT) ^ crc(bytes);
  }

  /** Puts the checksum, wrong by so much. */
  static void putCrc(byte[] bytes, int fault) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(CRC_AT, crc(bytes) ^ fault);
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CRC_AT);
    return (int) crc.getValue();
  }

  private static StoreException corrupt(String display, String what) {
    return new StoreException(Code.CORRUPT, display + ": " + what);
  }
}
