package io.versor.format.pack;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/** The first 64 bytes of a pack: whose it is. */
record PackHeader(PackId pack, UUID storeId) {
  static final int BYTES = 64;
  private static final int MAGIC = 0x4B50_5356; // "VSPK" read as little-endian
  private static final int VERSION = 1;
  private static final int STORE_AT = 24;
  private static final int CRC_AT = 60;

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putShort((short) VERSION).putShort((short) BYTES);
    out.order(ByteOrder.BIG_ENDIAN); // ids are bytes, not numbers
    out.putLong(pack.msb()).putLong(pack.lsb());
    out.putLong(storeId.getMostSignificantBits()).putLong(storeId.getLeastSignificantBits());
    out.order(ByteOrder.LITTLE_ENDIAN).putInt(CRC_AT, crc(out.array()));
    return out.array();
  }

  /** Checks that the bytes are the header of this very pack. */
  void check(byte[] bytes, String display) throws StoreException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt() != MAGIC) {
      throw new StoreException(
          Code.CORRUPT, display + ": does not start with VSPK, so it is not a pack");
    }
    int version = Short.toUnsignedInt(in.getShort());
    int headerBytes = Short.toUnsignedInt(in.getShort());
    if (in.getInt(CRC_AT) != crc(bytes)) {
      throw new StoreException(
          Code.CORRUPT,
          String.format(
              "%s: header checksum %08x, expected %08x", display, in.getInt(CRC_AT), crc(bytes)));
    }
    if (version != VERSION || headerBytes != BYTES) {
      throw new StoreException(
          Code.VERSION_TOO_NEW,
          display
              + ": pack of version "
              + version
              + ", expected "
              + VERSION
              + "; it needs a newer release of Versor");
    }
    in.order(ByteOrder.BIG_ENDIAN);
    PackId foundPack = new PackId(in.getLong(), in.getLong());
    UUID foundStore = new UUID(in.getLong(), in.getLong());
    if (!foundPack.equals(pack) || !foundStore.equals(storeId)) {
      throw new StoreException(
          Code.CORRUPT,
          display
              + ": is pack "
              + foundPack
              + " of store "
              + foundStore
              + ", expected "
              + pack
              + " of "
              + storeId
              + "; a file of another store was put here or renamed");
    }
  }

  /** The store that a right header names, whichever that is. */
  static Optional<UUID> storeOf(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt() != MAGIC || in.getInt(CRC_AT) != crc(bytes)) {
      return Optional.empty();
    }
    in.order(ByteOrder.BIG_ENDIAN);
    return Optional.of(new UUID(in.getLong(STORE_AT), in.getLong(STORE_AT + 8)));
  }

  /**
   * Names another store in a header.
   *
   * @param bytes begin with the header
   * @throws StoreException {@code CORRUPT} if it is none
   */
  static void stamp(byte[] bytes, UUID store, String display) throws StoreException {
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int crc = out.getInt(CRC_AT);
    if (out.getInt(0) != MAGIC || crc != crc(bytes)) {
      throw new StoreException(
          Code.CORRUPT,
          String.format("%s: header checksum %08x, expected %08x", display, crc, crc(bytes)));
    }
    out.order(ByteOrder.BIG_ENDIAN);
    out.putLong(STORE_AT, store.getMostSignificantBits());
    out.putLong(STORE_AT + 8, store.getLeastSignificantBits());
    out.order(ByteOrder.LITTLE_ENDIAN).putInt(CRC_AT, crc(bytes));
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CRC_AT);
    return (int) crc.getValue();
  }
}
