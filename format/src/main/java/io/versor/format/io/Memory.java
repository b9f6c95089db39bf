package io.versor.format.io;

import java.nio.ByteBuffer;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Reads and writes memory at an address: the one class that does. Nothing is checked here; whoever
 * calls has made sure that the address is his. Numbers have the machine's byte order, which must be
 * little-endian.
 */
public final class Memory {
  private Memory() {}

  public static byte getByte(long address) {
    return MemoryUtil.getByte(address);
  }

  public static short getShort(long address) {
    return MemoryUtil.getShort(address);
  }

  public static int getInt(long address) {
    return MemoryUtil.getInt(address);
  }

  public static long getLong(long address) {
    return MemoryUtil.getLong(address);
  }

  public static float getFloat(long address) {
    return Float.intBitsToFloat(MemoryUtil.getInt(address));
  }

  public static double getDouble(long address) {
    return Double.longBitsToDouble(MemoryUtil.getLong(address));
  }

  public static void putByte(long address, byte value) {
    MemoryUtil.putByte(address, value);
  }

  public static void putShort(long address, short value) {
    MemoryUtil.putShort(address, value);
  }

  public static void putInt(long address, int value) {
    MemoryUtil.putInt(address, value);
  }

  public static void putLong(long address, long value) {
    MemoryUtil.putLong(address, value);
  }

  public static void putFloat(long address, float value) {
    MemoryUtil.putInt(address, Float.floatToRawIntBits(value));
  }

  public static void putDouble(long address, double value) {
    MemoryUtil.putLong(address, Double.doubleToRawLongBits(value));
  }

  /** Copies {@code bytes} bytes between addresses; the ranges must not overlap. */
  public static void copy(long source, long target, long bytes) {
    MemoryUtil.copyMemory(source, target, bytes);
  }

  public static void copy(byte[] source, int offset, long target, long bytes) {
    MemoryUtil.copyToMemory(source, offset, target, bytes);
  }

  public static void copy(long source, byte[] target, int offset, int bytes) {
    MemoryUtil.copyFromMemory(source, target, offset, bytes);
  }

  public static void setZero(long address, long bytes) {
    MemoryUtil.setMemory(address, bytes, (byte) 0);
  }

  /**
   * The address of the first byte (index 0) of a direct buffer, valid while the buffer is
   * reachable.
   */
  static long addressOf(ByteBuffer direct) {
    if (!direct.isDirect()) {
      throw new IllegalArgumentException("a buffer on the heap has no lasting address");
    }
    return BufferAddress.of(direct);
  }
}
