package io.versor.format.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers in byte arrays; bounds are the array's. */
final class Bytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  static short getShort(byte[] bytes, int offset) {
    return (short) SHORT.get(bytes, offset);
  }

  static int getInt(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  static long getLong(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  static void putShort(byte[] bytes, int offset, short value) {
    SHORT.set(bytes, offset, value);
  }

  static void putInt(byte[] bytes, int offset, int value) {
    INT.set(bytes, offset, value);
  }

  static void putLong(byte[] bytes, int offset, long value) {
    LONG.set(bytes, offset, value);
  }

  /** The lowest 1, 2, 4 or 8 bytes of a number. */
  static void putNumber(byte[] bytes, int offset, int width, long value) {
    switch (width) {
      case 1 -> bytes[offset] = (byte) value;
      case 2 -> putShort(bytes, offset, (short) value);
      case 4 -> putInt(bytes, offset, (int) value);
      default -> putLong(bytes, offset, value);
    }
  }

  static void putInts(int[] source, int from, int count, byte[] target, int offset) {
    for (int i = 0; i < count; i++) {
      putInt(target, offset + 4 * i, source[from + i]);
    }
  }

  static void getInts(byte[] source, int offset, int[] target, int from, int count) {
    for (int i = 0; i < count; i++) {
      target[from + i] = getInt(source, offset + 4 * i);
    }
  }
}
