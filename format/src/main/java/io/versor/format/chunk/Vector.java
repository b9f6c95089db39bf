package io.versor.format.chunk;

import io.versor.format.io.Memory;
import io.versor.format.type.Layout;
import io.versor.format.type.TensorType;
import java.lang.ref.Reference;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed window over decoded samples outside of the heap, laid out as in Arrow. Valid until
 * whoever owns the memory closes or changes it. Kernels take the addresses once per batch and loop;
 * the accessors by row are for few samples.
 *
 * <p>Data of a NULL is unspecified where samples are of fixed width, and empty elsewhere.
 */
public final class Vector {
  private final TensorType type;
  private final int length;
  private final long validity;
  private final long data;
  private final long offsets;
  private final long shapes;
  private final @Nullable Vector dictionary;
  private final @Nullable Object owner;

  private Vector(
      TensorType type,
      int length,
      long validity,
      long data,
      long offsets,
      long shapes,
      @Nullable Vector dictionary,
      @Nullable Object owner) {
    this.type = type;
    this.length = length;
    this.validity = validity;
    this.data = data;
    this.offsets = offsets;
    this.shapes = shapes;
    this.dictionary = dictionary;
    this.owner = owner;
  }

  /**
   * Samples of fixed width.
   *
   * @param validity address of the bitmap, bit 0 for row 0; 0 if nothing is NULL
   * @param owner kept reachable as long as the vector is; null if the memory is closed explicitly
   */
  public static Vector fixed(
      TensorType type, int length, long validity, long data, @Nullable Object owner) {
    if (type.layout() != Layout.FIXED) {
      throw new IllegalArgumentException(type.dtype() + " " + type.shape() + " has no fixed width");
    }
    return new Vector(type, length, validity, data, 0, 0, null, owner);
  }

  /**
   * Samples of varying length.
   *
   * @param offsets address of {@code length + 1} int32, counted in bytes from {@code data}
   * @param shapes address of {@code length * type.storedRank()} int32; 0 if that is nothing
   */
  public static Vector variable(
      TensorType type,
      int length,
      long validity,
      long data,
      long offsets,
      long shapes,
      @Nullable Object owner) {
    if (type.layout() != Layout.VARIABLE) {
      throw new IllegalArgumentException(type.dtype() + " " + type.shape() + " has a fixed width");
    }
    return new Vector(type, length, validity, data, offsets, shapes, null, owner);
  }

  /**
   * Samples that are given as row numbers of a dictionary, which itself has none and no NULL.
   *
   * @param codes address of {@code length} int32; those of NULLs are valid, too
   */
  public static Vector coded(
      int length, long validity, long codes, Vector dictionary, @Nullable Object owner) {
    if (dictionary.dictionary != null || dictionary.validity != 0) {
      throw new IllegalArgumentException("a dictionary with NULLs or a dictionary of its own");
    }
    return new Vector(dictionary.type, length, validity, codes, 0, 0, dictionary, owner);
  }

  public TensorType type() {
    return type;
  }

  public int length() {
    return length;
  }

  /** Address of the validity bitmap, bit 0 of byte 0 for row 0; 0 if nothing is NULL. */
  public long validity() {
    return validity;
  }

  /** Address of the samples, or of int32 codes if there is a {@link #dictionary}. */
  public long data() {
    return data;
  }

  /** Address of {@code length + 1} int32: bytes from {@link #data}; the first need not be 0. */
  public long offsets() {
    return offsets;
  }

  /** Address of the extents, {@code type.storedRank()} int32 for each row; 0 if that is none. */
  public long shapes() {
    return shapes;
  }

  /** What {@link #data} holds codes into; null if it holds the samples themselves. */
  public @Nullable Vector dictionary() {
    return dictionary;
  }

  /** Whoever must stay reachable for the addresses to stay valid. */
  public void fence() {
    Reference.reachabilityFence(owner);
  }

  /**
   * Part of this window, nothing copied.
   *
   * @param from a multiple of 8 if there are NULLs, since the bitmap starts at a whole byte
   */
  public Vector slice(int from, int count) {
    checkRange(from, count);
    if (validity != 0 && (from & 7) != 0) {
      throw new IllegalArgumentException(
          "a window with NULLs cut at row " + from + ", expected a multiple of 8");
    }
    long bits = validity == 0 ? 0 : validity + (from >> 3);
    if (dictionary != null) {
      return new Vector(type, count, bits, data + 4L * from, 0, 0, dictionary, owner);
    }
    if (type.layout() == Layout.FIXED) {
      long at = data + (long) from * type.width();
      return new Vector(type, count, bits, at, 0, 0, null, owner);
    }
    long extents = shapes == 0 ? 0 : shapes + 4L * from * type.storedRank();
    return new Vector(type, count, bits, data, offsets + 4L * from, extents, null, owner);
  }

  public boolean isNull(int row) {
    checkRow(row);
    return validity != 0 && !Bitmaps.get(validity, row);
  }

  /** The row of the dictionary that a row stands for. */
  public int codeAt(int row) {
    checkRow(row);
    if (dictionary == null) {
      throw new IllegalStateException("a vector without a dictionary");
    }
    return Memory.getInt(data + 4L * row);
  }

  /** A BOOL, integer, date or time; UINT64 above {@code Long.MAX_VALUE} comes out negative. */
  public long longAt(int row) {
    checkRow(row);
    if (dictionary != null) {
      return dictionary.longAt(codeAt(row));
    }
    long at = data + (long) row * type.dtype().width();
    return switch (type.dtype()) {
      case BOOL, INT8 -> Memory.getByte(at);
      case UINT8 -> Memory.getByte(at) & 0xFF;
      case INT16 -> Memory.getShort(at);
      case UINT16 -> Memory.getShort(at) & 0xFFFF;
      case INT32, DATE -> Memory.getInt(at);
      case UINT32 -> Memory.getInt(at) & 0xFFFF_FFFFL;
      case INT64, UINT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> Memory.getLong(at);
      default -> throw new IllegalStateException(type.dtype() + " is no whole number");
    };
  }

  public double doubleAt(int row) {
    checkRow(row);
    if (dictionary != null) {
      return dictionary.doubleAt(codeAt(row));
    }
    long at = data + (long) row * type.dtype().width();
    return switch (type.dtype()) {
      case FLOAT16 -> Float16.toFloat(Memory.getShort(at));
      case FLOAT32 -> Memory.getFloat(at);
      case FLOAT64 -> Memory.getDouble(at);
      default -> throw new IllegalStateException(type.dtype() + " is no float");
    };
  }

  public BigDecimal decimalAt(int row) {
    return new BigDecimal(Decimals.unscaled(bytesAt(row)), type.scale());
  }

  /** The stored bytes of a sample, whatever its type. */
  public byte[] bytesAt(int row) {
    byte[] bytes = new byte[lengthAt(row)];
    if (bytes.length > 0) {
      Memory.copy(addressAt(row), bytes, 0, bytes.length);
    }
    return bytes;
  }

  public String textAt(int row) {
    return new String(bytesAt(row), StandardCharsets.UTF_8);
  }

  /** Extents of a sample; those of encoded media are the picture's. Empty for scalars and text. */
  public int[] shapeAt(int row) {
    checkRow(row);
    if (dictionary != null) {
      return dictionary.shapeAt(codeAt(row));
    }
    int rank = type.storedRank();
    if (rank == 0) {
      return type.shape().extents().stream().mapToInt(Integer::intValue).toArray();
    }
    int[] shape = new int[rank];
    for (int i = 0; i < rank; i++) {
      shape[i] = Memory.getInt(shapes + 4L * ((long) row * rank + i));
    }
    return shape;
  }

  /** Where the bytes of a sample begin. */
  public long addressAt(int row) {
    checkRow(row);
    if (dictionary != null) {
      return dictionary.addressAt(codeAt(row));
    }
    return type.layout() == Layout.FIXED ? data + (long) row * type.width() : data + offset(row);
  }

  /** Bytes of a sample. */
  public int lengthAt(int row) {
    checkRow(row);
    if (dictionary != null) {
      return dictionary.lengthAt(codeAt(row));
    }
    return type.layout() == Layout.FIXED ? type.width() : offset(row + 1) - offset(row);
  }

  /** Whether two samples are the same bytes and shape, or both NULL. */
  public boolean sameSample(int row, Vector other, int otherRow) {
    if (isNull(row) || other.isNull(otherRow)) {
      return isNull(row) && other.isNull(otherRow);
    }
    int bytes = lengthAt(row);
    return bytes == other.lengthAt(otherRow)
        && sameBytes(addressAt(row), other.addressAt(otherRow), bytes)
        && Arrays.equals(shapeAt(row), other.shapeAt(otherRow));
  }

  private static boolean sameBytes(long left, long right, int bytes) {
    int i = 0;
    for (; i <= bytes - 8; i += 8) {
      if (Memory.getLong(left + i) != Memory.getLong(right + i)) {
        return false;
      }
    }
    for (; i < bytes; i++) {
      if (Memory.getByte(left + i) != Memory.getByte(right + i)) {
        return false;
      }
    }
    return true;
  }

  /** Where row {@code row} begins, or where row {@code row - 1} ends. */
  int offset(int row) {
    return Memory.getInt(offsets + 4L * row);
  }

  private void checkRow(int row) {
    if (row < 0 || row >= length) {
      throw new IndexOutOfBoundsException("row " + row + " of " + length);
    }
  }

  void checkRange(int from, int count) {
    if (from < 0 || count < 0 || from > length - count) {
      throw new IndexOutOfBoundsException(
          "rows " + from + " to " + (from + count) + " of " + length);
    }
  }
}
