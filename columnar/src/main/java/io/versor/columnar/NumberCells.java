package io.versor.columnar;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Numbers, little-endian one after the other, or bits of BOOL with the lowest of a byte first. */
public final class NumberCells extends Cells {
  private final Dtype dtype;
  private final ByteBuffer data;

  public NumberCells(Dtype dtype, ByteBuffer data, @Nullable ByteBuffer valid) {
    super(valid);
    this.dtype = dtype;
    this.data = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An integer, unsigned ones as what they stand for; UINT64 may come out negative. */
  public long longAt(int row) {
    return switch (dtype) {
      case BOOL -> bit(data, row) ? 1 : 0;
      case INT8 -> data.get(row);
      case UINT8 -> data.get(row) & 0xffL;
      case INT16 -> data.getShort(Math.multiplyExact(row, 2));
      case UINT16 -> data.getShort(Math.multiplyExact(row, 2)) & 0xffffL;
      case INT32 -> data.getInt(Math.multiplyExact(row, 4));
      case UINT32 -> data.getInt(Math.multiplyExact(row, 4)) & 0xffff_ffffL;
      default -> data.getLong(Math.multiplyExact(row, 8));
    };
  }

  @Override
  protected Object value(int row) {
    return switch (dtype) {
      case BOOL -> longAt(row) != 0;
      case FLOAT16 -> TensorValue.halfToFloat(data.getShort(Math.multiplyExact(row, 2)));
      case FLOAT32 -> data.getFloat(Math.multiplyExact(row, 4));
      case FLOAT64 -> data.getDouble(Math.multiplyExact(row, 8));
      case UINT64 -> new BigDecimal(new BigInteger(Long.toUnsignedString(longAt(row))));
      default -> longAt(row);
    };
  }

  @Override
  public Optional<Dtype> dtype() {
    return Optional.of(dtype);
  }

  @Override
  protected Object flat(int from, int count) {
    if (dtype == Dtype.BOOL) {
      byte[] flags = new byte[count];
      for (int i = 0; i < count; i++) {
        flags[i] = (byte) longAt(from + i);
      }
      return flags;
    }
    int width = dtype.width();
    ByteBuffer part =
        data.slice(Math.multiplyExact(from, width), Math.multiplyExact(count, width))
            .order(ByteOrder.LITTLE_ENDIAN);
    switch (width) {
      case 1 -> {
        byte[] numbers = new byte[count];
        part.get(numbers);
        return numbers;
      }
      case 2 -> {
        short[] numbers = new short[count];
        part.asShortBuffer().get(numbers);
        return numbers;
      }
      case 4 -> {
        if (dtype == Dtype.FLOAT32) {
          float[] numbers = new float[count];
          part.asFloatBuffer().get(numbers);
          return numbers;
        }
        int[] numbers = new int[count];
        part.asIntBuffer().get(numbers);
        return numbers;
      }
      default -> {
        if (dtype == Dtype.FLOAT64) {
          double[] numbers = new double[count];
          part.asDoubleBuffer().get(numbers);
          return numbers;
        }
        long[] numbers = new long[count];
        part.asLongBuffer().get(numbers);
        return numbers;
      }
    }
  }
}
