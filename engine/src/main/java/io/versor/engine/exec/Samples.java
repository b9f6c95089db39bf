package io.versor.engine.exec;

import io.versor.format.chunk.Float16;
import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;

/** Reads the elements of tensors out of a vector as doubles, into an array that is used again. */
final class Samples {
  private double[] elements = {};

  /** The elements of a row that is not NULL; good until the next call. */
  double[] read(Vector vector, int row) {
    Dtype dtype = vector.type().dtype();
    int count = vector.lengthAt(row) / dtype.width();
    if (elements.length != count) {
      elements = new double[count];
    }
    load(dtype, vector.addressAt(row), elements);
    return elements;
  }

  private static void load(Dtype dtype, long at, double[] out) {
    switch (dtype) {
      case FLOAT32 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = Memory.getFloat(at + 4L * i);
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = Memory.getDouble(at + 8L * i);
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = Float16.toFloat(Memory.getShort(at + 2L * i));
        }
      }
      case UINT8 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = Memory.getByte(at + i) & 0xFF;
        }
      }
      default -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = whole(dtype, at + (long) i * dtype.width());
        }
      }
    }
  }

  /** A BOOL or integer of up to 63 bits. */
  static long whole(Dtype dtype, long at) {
    return switch (dtype) {
      case BOOL, INT8 -> Memory.getByte(at);
      case UINT8 -> Memory.getByte(at) & 0xFF;
      case INT16 -> Memory.getShort(at);
      case UINT16 -> Memory.getShort(at) & 0xFFFF;
      case INT32 -> Memory.getInt(at);
      case UINT32 -> Memory.getInt(at) & 0xFFFF_FFFFL;
      case INT64 -> Memory.getLong(at);
      default -> throw new IllegalStateException(dtype + " is no whole number of 63 bits");
    };
  }

  static double real(Dtype dtype, long at) {
    return switch (dtype) {
      case FLOAT16 -> Float16.toFloat(Memory.getShort(at));
      case FLOAT32 -> Memory.getFloat(at);
      default -> Memory.getDouble(at);
    };
  }
}
