package io.versor.format.io;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of one finished object at a fixed, 64-byte aligned address. They stay there exactly as
 * long as this region is reachable: whoever keeps the address keeps the region too, and nobody
 * unmaps.
 *
 * <p>Call {@link #ensure} before reading. A file can only get shorter by damage, but a read behind
 * its end would end the whole Java process, and we are a guest in it.
 */
public final class MappedRegion {
  /** One mapping in Java is addressed by an int. */
  public static final long MAX_BYTES = Integer.MAX_VALUE;

  /** Mapped files are aligned far better; this is what the formats in them rely on. */
  private static final int ALIGNMENT = 64;

  private final String display;
  private final ByteBuffer bytes;
  private final long address;
  private final LengthSource source;

  /** Tells how long the bytes under the region are now. */
  @FunctionalInterface
  interface LengthSource {
    long length() throws StoreException;
  }

  MappedRegion(String display, ByteBuffer bytes, LengthSource source) {
    this.display = display;
    this.bytes = bytes;
    this.address = bytes.capacity() == 0 ? 0 : Memory.addressOf(bytes);
    this.source = source;
  }

  /** A copy of bytes that no file can cut, aligned as mapped files are. */
  public static MappedRegion ofCopy(String display, byte[] bytes, int offset, int length) {
    ByteBuffer copy =
        ByteBuffer.allocateDirect(Math.addExact(length, 2 * ALIGNMENT)) // slicing cuts both ends
            .alignedSlice(ALIGNMENT)
            .slice(0, length)
            .put(0, bytes, offset, length);
    return new MappedRegion(display, copy, () -> length);
  }

  /** Address of the first byte; 0 if there is none. */
  public long address() {
    return address;
  }

  public long length() {
    return bytes.capacity();
  }

  /**
   * Throws {@code CORRUPT} unless the range lies in the region and the file under it still has it.
   */
  public void ensure(long offset, long length) throws StoreException {
    if (offset < 0 || length < 0 || offset > length() - length) {
      throw new StoreException(
          Code.CORRUPT,
          display
              + ": bytes "
              + offset
              + " to "
              + (offset + length)
              + " are asked for, but it has "
              + length());
    }
    long now = source.length();
    if (now < offset + length) {
      throw new StoreException(
          Code.CORRUPT,
          display
              + ": the file was cut to "
              + now
              + " bytes, expected "
              + length()
              + "; restore it from a copy");
    }
  }

  /**
   * Has the system read a range that {@link #ensure} has just passed, all of it at once. Else it
   * reads it in the pieces in which it is touched: where it has come to think that places are
   * random, one request to the disk for each 4 KiB.
   */
  public void load(long offset, long length) {
    if (bytes instanceof MappedByteBuffer mapped) {
      mapped.slice(Math.toIntExact(offset), Math.toIntExact(length)).load();
    }
  }

  /**
   * Checksums of the pages of a range that {@link #ensure} has just passed; the last page may be
   * shorter.
   */
  public int[] crc32c(long offset, long length, int pageBytes) {
    int[] sums = new int[Math.toIntExact((length + pageBytes - 1) / pageBytes)];
    ByteBuffer view = bytes.duplicate();
    CRC32C crc = new CRC32C();
    int end = Math.toIntExact(offset + length);
    int at = Math.toIntExact(offset);
    for (int i = 0; i < sums.length; i++) {
      int next = (int) Math.min((long) at + pageBytes, end);
      view.limit(next).position(at);
      crc.reset();
      crc.update(view);
      sums[i] = (int) crc.getValue();
      at = next;
    }
    return sums;
  }
}
