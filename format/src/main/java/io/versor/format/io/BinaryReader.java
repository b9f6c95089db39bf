package io.versor.format.io;

import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link BinaryWriter} wrote, checking every bound: bytes that end too early, lengths
 * that reach past the end and over-long varints are {@code CORRUPT} and name the object.
 *
 * <p>Not thread-safe.
 */
public final class BinaryReader {
  private final byte[] bytes;
  private final int end;
  private final String display;
  private int position;

  /**
   * @param display what is read, for messages: {@code frame 12 of log/0001}
   */
  public BinaryReader(byte[] bytes, String display) {
    this(bytes, 0, bytes.length, display);
  }

  public BinaryReader(byte[] bytes, int offset, int length, String display) {
    this.bytes = bytes;
    this.position = offset;
    this.end = offset + length;
    this.display = display;
  }

  public String display() {
    return display;
  }

  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  public int u8() throws StoreException {
    need(1);
    return bytes[position++] & 0xFF;
  }

  public int u16() throws StoreException {
    return u8() | u8() << 8;
  }

  public int u32() throws StoreException {
    return u16() | u16() << 16;
  }

  public long u64() throws StoreException {
    return (u32() & 0xFFFF_FFFFL) | ((long) u32() << 32);
  }

  public long varint() throws StoreException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = u8();
      if (shift == 63 && next > 1) {
        break;
      }
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw corrupt("a number longer than 64 bits");
  }

  public long signed() throws StoreException {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A varint that must lie in {@code 0..limit}; what names it in the error. */
  public int count(String what, int limit) throws StoreException {
    long value = varint();
    if (value < 0 || value > limit) {
      throw corrupt(what + " " + Long.toUnsignedString(value) + ", at most " + limit + " expected");
    }
    return (int) value;
  }

  public byte[] raw(int length) throws StoreException {
    need(length);
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  /** Length-prefixed bytes; never longer than what is left. */
  public byte[] bytes() throws StoreException {
    return raw(count("a length of", remaining()));
  }

  /** Steps over length-prefixed bytes without a copy; answers where they begin. */
  public int skipBytes() throws StoreException {
    int length = count("a length of", remaining());
    need(length);
    int start = position;
    position += length;
    return start;
  }

  public String text() throws StoreException {
    byte[] utf8 = bytes();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw corrupt("text that is not UTF-8");
    }
  }

  public void expectEnd() throws StoreException {
    if (position != end) {
      throw corrupt(remaining() + " bytes too many");
    }
  }

  public StoreException corrupt(String found) {
    return new StoreException(
        StoreException.Code.CORRUPT, display + ": " + found + " at byte " + position);
  }

  private void need(int length) throws StoreException {
    if (length < 0 || length > remaining()) {
      throw corrupt("the data ends " + (length - remaining()) + " bytes early");
    }
  }
}
