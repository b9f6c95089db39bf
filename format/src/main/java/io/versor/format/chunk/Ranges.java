package io.versor.format.chunk;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;

/** What numbers and texts a type holds: both kinds of builders check by these. */
final class Ranges {
  /** Microseconds of a day. */
  private static final long DAY_MICROS = 86_400_000_000L;

  private Ranges() {}

  /** The bits to store for a whole number, lowest bytes first; {@code OUT_OF_RANGE}. */
  static long checked(TensorType type, long value) throws StoreException {
    Dtype dtype = type.dtype();
    return switch (dtype) {
      case BOOL -> within(dtype, value, 0, 1);
      case INT8 -> within(dtype, value, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case INT16 -> within(dtype, value, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT32, DATE -> within(dtype, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case UINT8 -> within(dtype, value, 0, 0xFF);
      case UINT16 -> within(dtype, value, 0, 0xFFFF);
      case UINT32 -> within(dtype, value, 0, 0xFFFF_FFFFL);
      case UINT64 -> within(dtype, value, 0, Long.MAX_VALUE);
      case TIME -> within(dtype, value, 0, DAY_MICROS - 1);
      case INT64, TIMESTAMP, TIMESTAMP_TZ -> value;
      case FLOAT16 -> exact(dtype, value, 1L << 11);
      case FLOAT32 -> exact(dtype, value, 1L << 24);
      case FLOAT64 -> exact(dtype, value, 1L << 53);
      case DECIMAL, UTF8, BYTES, UUID -> throw wrongCall(type, "a whole number");
    };
  }

  /** The bits to store for the nearest float; {@code OUT_OF_RANGE} if a finite one has none. */
  static long checked(TensorType type, double value) throws StoreException {
    Dtype dtype = type.dtype();
    return switch (dtype) {
      case FLOAT64 -> Double.doubleToRawLongBits(value);
      case FLOAT32 -> {
        float near = (float) value;
        checkFinite(dtype, value, Float.isInfinite(near));
        yield Float.floatToRawIntBits(near) & 0xFFFF_FFFFL;
      }
      case FLOAT16 -> {
        short near = Float16.fromDouble(value);
        checkFinite(dtype, value, (near & 0x7FFF) == 0x7C00);
        yield near & 0xFFFFL;
      }
      default -> throw wrongCall(type, "a float");
    };
  }

  /** Refuses texts and bytes longer than the type's precision: {@code TOO_LONG}. */
  static void checkLength(TensorType type, byte[] bytes, int offset, int length)
      throws StoreException {
    checkSampleBytes(length);
    int most = type.precision();
    if (most == 0 || length <= most) {
      return;
    }
    boolean text = type.dtype() == Dtype.UTF8;
    int found = length;
    if (text) {
      // Continuation bytes are 10xxxxxx.
      for (int i = offset; i < offset + length; i++) {
        found -= (bytes[i] & 0xC0) == 0x80 ? 1 : 0;
      }
    }
    if (found > most) {
      throw new StoreException(
          Code.TOO_LONG,
          found + (text ? " characters" : " bytes") + ", at most " + most + " expected");
    }
  }

  /** Refused before room is made for it. */
  static void checkSampleBytes(int length) throws StoreException {
    if (length > TensorType.MAX_SAMPLE_BYTES) {
      throw new StoreException(
          Code.LIMIT,
          "a sample of "
              + length
              + " bytes, at most "
              + TensorType.MAX_SAMPLE_BYTES
              + " expected; split it");
    }
  }

  static IllegalArgumentException wrongCall(TensorType type, String given) {
    return new IllegalArgumentException(
        given + " for a sample of " + type.htype() + " " + type.dtype() + " " + type.shape());
  }

  private static long within(Dtype dtype, long value, long least, long most) throws StoreException {
    if (value < least || value > most) {
      throw outOfRange(dtype, Long.toString(value), least + " to " + most);
    }
    return value;
  }

  /** Whole numbers must not be rounded: beyond {@code safe} only those that happen to be exact. */
  private static long exact(Dtype dtype, long value, long safe) throws StoreException {
    long bits =
        switch (dtype) {
          case FLOAT16 -> Float16.fromFloat(value) & 0xFFFFL;
          case FLOAT32 -> Float.floatToRawIntBits(value) & 0xFFFF_FFFFL;
          default -> Double.doubleToRawLongBits(value);
        };
    if (value > safe || value < -safe) {
      double back =
          switch (dtype) {
            case FLOAT16 -> Float16.toFloat((short) bits);
            case FLOAT32 -> Float.intBitsToFloat((int) bits);
            default -> Double.longBitsToDouble(bits);
          };
      // 2^63 as a double would come back as Long.MAX_VALUE, so it is told apart by its size.
      if (Double.isInfinite(back) || back >= 0x1p63 || (long) back != value) {
        throw outOfRange(dtype, Long.toString(value), "a number it holds exactly");
      }
    }
    return bits;
  }

  private static void checkFinite(Dtype dtype, double value, boolean infinite)
      throws StoreException {
    if (infinite && !Double.isInfinite(value)) {
      throw outOfRange(dtype, Double.toString(value), "a number it holds");
    }
  }

  private static StoreException outOfRange(Dtype dtype, String found, String expected) {
    return new StoreException(
        Code.OUT_OF_RANGE, found + " does not fit into " + dtype + ", expected " + expected);
  }
}
