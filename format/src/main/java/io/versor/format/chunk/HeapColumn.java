package io.versor.format.chunk;

import io.versor.format.io.Memory;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Samples on the heap: the first rows of arrays that a {@link ColumnBuilder} may go on growing
 * behind them. Immutable and thread-safe. Accessors by row are for few samples, not for kernels.
 */
public final class HeapColumn implements Samples {
  private final TensorType type;
  private final Lineage lineage;
  private final int rows;
  private final byte[] data;
  private final int[] offsets;
  private final int[] shapes;
  private final byte @Nullable [] validity;

  /** Bytes of a sample of layout FIXED, else -1. */
  private final int width;

  HeapColumn(
      TensorType type,
      Lineage lineage,
      int rows,
      byte[] data,
      int[] offsets,
      int[] shapes,
      byte @Nullable [] validity) {
    this.type = type;
    this.lineage = lineage;
    this.rows = rows;
    this.data = data;
    this.offsets = offsets;
    this.shapes = shapes;
    this.validity = validity;
    this.width = type.layout() == Layout.FIXED ? type.width() : -1;
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public int rows() {
    return rows;
  }

  /** Bytes its samples take; the arrays may be larger. */
  public long bytes() {
    long bytes = validity == null ? 0 : Bitmaps.bytes(rows);
    if (width >= 0) {
      return bytes + (long) rows * width;
    }
    return bytes + 4L * rows * (1 + type.storedRank()) + offsets[rows];
  }

  /**
   * Whether both hold the same sample at each row that both have, because one grew from the other.
   */
  public boolean sharesStorage(HeapColumn other) {
    return lineage == other.lineage;
  }

  Lineage lineage() {
    return lineage;
  }

  byte[] data() {
    return data;
  }

  int[] offsets() {
    return offsets;
  }

  int[] shapes() {
    return shapes;
  }

  byte @Nullable [] validity() {
    return validity;
  }

  public int nullCount() {
    return nullCount(0, rows);
  }

  int nullCount(int from, int count) {
    return validity == null ? 0 : Bitmaps.zeros(validity, from, count);
  }

  @Override
  public boolean isNull(int row) {
    checkRow(row);
    return validity != null && !Bitmaps.get(validity, row);
  }

  /** Where the bytes of a sample begin in {@link #data}. */
  int start(int row) {
    return width >= 0 ? row * width : offsets[row];
  }

  /** Bytes of a sample; 0 for a NULL of layout VARIABLE. */
  public int lengthAt(int row) {
    checkRow(row);
    return width >= 0 ? width : offsets[row + 1] - offsets[row];
  }

  /** A BOOL, integer, date or time; UINT64 above {@code Long.MAX_VALUE} comes out negative. */
  public long longAt(int row) {
    checkRow(row);
    return Numbers.at(data, start(row), type.dtype());
  }

  public double doubleAt(int row) {
    checkRow(row);
    return Numbers.floatAt(data, start(row), type.dtype());
  }

  public BigDecimal decimalAt(int row) {
    return new BigDecimal(Decimals.unscaled(bytesAt(row)), type.scale());
  }

  BigInteger unscaledAt(int row) {
    return Decimals.unscaled(bytesAt(row));
  }

  /** The stored bytes of a sample, whatever its type. */
  public byte[] bytesAt(int row) {
    int length = lengthAt(row);
    return Arrays.copyOfRange(data, start(row), start(row) + length);
  }

  public String textAt(int row) {
    int length = lengthAt(row);
    return new String(data, start(row), length, StandardCharsets.UTF_8);
  }

  /** Extents of a sample; those of encoded media are the picture's. Empty for scalars and text. */
  public int[] shapeAt(int row) {
    checkRow(row);
    int rank = type.storedRank();
    if (rank == 0) {
      return type.shape().extents().stream().mapToInt(Integer::intValue).toArray();
    }
    return Arrays.copyOfRange(shapes, row * rank, (row + 1) * rank);
  }

  /** Whether two samples are the same bytes and shape, or both NULL. */
  public boolean sameSample(int row, HeapColumn other, int otherRow) {
    if (isNull(row) || other.isNull(otherRow)) {
      return isNull(row) && other.isNull(otherRow);
    }
    int start = start(row);
    int otherStart = other.start(otherRow);
    boolean sameBytes =
        Arrays.equals(
            data,
            start,
            start + lengthAt(row),
            other.data,
            otherStart,
            otherStart + other.lengthAt(otherRow));
    return sameBytes && Arrays.equals(shapeAt(row), other.shapeAt(otherRow));
  }

  @Override
  public void copyTo(VectorBuffer out, int from, int count) throws StoreException {
    checkRange(from, count);
    out.append(this, from, count);
  }

  @Override
  public void copyTo(ColumnBuilder out, int from, int count) throws StoreException {
    checkRange(from, count);
    out.append(this, from, count);
  }

  /** Always empty: what is on the heap has no lasting address. */
  @Override
  public Optional<Vector> window(int from, int count) {
    checkRange(from, count);
    return Optional.empty();
  }

  @Override
  public void copySample(int row, long address) {
    checkRow(row);
    Memory.copy(data, start(row), address, width);
  }

  private void checkRow(int row) {
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException("row " + row + " of " + rows);
    }
  }

  void checkRange(int from, int count) {
    if (from < 0 || count < 0 || from > rows - count) {
      throw new IndexOutOfBoundsException("rows " + from + " to " + (from + count) + " of " + rows);
    }
  }
}
