package io.versor.format.log;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** Makes a segment one of another store. */
public final class SegmentStamp {
  private SegmentStamp() {}

  /**
   * Names another store in the header. One that is damaged stays so: its checksum is as wrong as it
   * was.
   *
   * @param segment the beginning of the file
   * @param bytes how many there are
   * @throws StoreException {@code CORRUPT} if that is less than a header
   */
  public static void put(byte[] segment, int bytes, UUID store) throws StoreException {
    if (bytes < SegmentHeader.BYTES) {
      throw new StoreException(
          Code.CORRUPT,
          "a log segment has " + bytes + " bytes, its header has " + SegmentHeader.BYTES);
    }
    int wrong = SegmentHeader.crcFault(segment);
    ByteBuffer out = ByteBuffer.wrap(segment).order(ByteOrder.BIG_ENDIAN);
    out.putLong(SegmentHeader.STORE_AT, store.getMostSignificantBits());
    out.putLong(SegmentHeader.STORE_AT + 8, store.getLeastSignificantBits());
    SegmentHeader.putCrc(segment, wrong);
  }
}
