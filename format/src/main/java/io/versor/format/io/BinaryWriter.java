package io.versor.format.io;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Grows a byte array with the primitive encodings of FORMAT.md, "Primitives": little-endian fixed
 * integers, unsigned LEB128 varints, zig-zag for signed ones, length-prefixed bytes and text.
 *
 * <p>Not thread-safe.
 */
public final class BinaryWriter {
  private byte[] bytes;
  private int size;

  public BinaryWriter() {
    this(256);
  }

  public BinaryWriter(int capacity) {
    bytes = new byte[capacity];
  }

  public int size() {
    return size;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  public BinaryWriter u8(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
    return this;
  }

  public BinaryWriter u16(int value) {
    return u8(value).u8(value >>> 8);
  }

  public BinaryWriter u32(int value) {
    return u16(value).u16(value >>> 16);
  }

  public BinaryWriter u64(long value) {
    return u32((int) value).u32((int) (value >>> 32));
  }

  /** Unsigned LEB128, at most 10 bytes; negative values are taken as unsigned 64-bit ones. */
  public BinaryWriter varint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** Zig-zag varint, short for numbers near zero of either sign. */
  public BinaryWriter signed(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  public BinaryWriter raw(byte[] source) {
    return raw(source, 0, source.length);
  }

  public BinaryWriter raw(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
    return this;
  }

  /** A varint length, then the bytes. */
  public BinaryWriter bytes(byte[] source) {
    return varint(source.length).raw(source);
  }

  /** A varint byte length, then UTF-8. */
  public BinaryWriter text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void ensure(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 16L, bytes.length * 2L)));
    }
  }
}
