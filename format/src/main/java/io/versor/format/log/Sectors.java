package io.versor.format.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for sectors that never reached the disk. A disk writes 512 bytes whole or not at all, and a
 * segment holds zeros where no frame has been, so a frame that power loss cut short shows as zeros
 * in some part of it that lies in one sector. Damage does not: it changes bytes. A payload may hold
 * zeros of its own, hence a frame says how many such parts it was written with.
 */
final class Sectors {
  static final int BYTES = 512;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Sectors() {}

  /**
   * Counts the parts of a frame that lie in one sector each and are all zero. The sector that holds
   * the end of the header is left out: if the header is right, that sector is there.
   *
   * @param bytes holds the frame from index {@code at} on
   * @param extent bytes of the frame, header and padding included
   * @param fileOffset where in the file the frame is
   */
  static int zerosBehindHeader(byte[] bytes, int at, int extent, long fileOffset) {
    int count = 0;
    long end = fileOffset + extent;
    long start = (fileOffset + FrameHeader.BYTES + BYTES - 1) / BYTES * BYTES;
    for (; start < end; start += BYTES) {
      int from = at + (int) (start - fileOffset);
      if (isZero(bytes, from, from + (int) Math.min(BYTES, end - start))) {
        count++;
      }
    }
    return count;
  }

  /**
   * Whether a part of a header, up to or from a sector's end, is all zero: that sector was lost.
   */
  static boolean headerLacksPart(byte[] bytes, int at, long fileOffset) {
    int first = (int) Math.min(FrameHeader.BYTES, BYTES - fileOffset % BYTES);
    return isZero(bytes, at, at + first)
        || (first < FrameHeader.BYTES && isZero(bytes, at + first, at + FrameHeader.BYTES));
  }

  static boolean isZero(byte[] bytes, int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      if ((long) LONGS.get(bytes, i) != 0) {
        return false;
      }
    }
    for (; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
