package io.versor.format.chunk;

import io.versor.format.type.Dtype;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Takes samples of one type, one after the other. Values are checked against the type; a failed
 * append leaves what there was. Not thread-safe.
 */
public abstract sealed class SampleAppender permits ColumnBuilder, VectorBuffer {
  private static final int[] NO_SHAPE = {};

  final TensorType type;

  /** Whether the layout is FIXED. */
  final boolean fixed;

  /** Bytes of a sample if fixed, else 0. */
  final int width;

  /** Extents stored with a sample. */
  final int rank;

  /** Samples so far. */
  int rows;

  SampleAppender(TensorType type) {
    this.type = type;
    this.fixed = type.layout() == Layout.FIXED;
    this.width = fixed ? type.width() : 0;
    this.rank = type.storedRank();
  }

  public final TensorType type() {
    return type;
  }

  public final int rows() {
    return rows;
  }

  public final void appendNull() throws StoreException {
    appendNulls(1);
  }

  public abstract void appendNulls(int count) throws StoreException;

  /** A whole number; into floats only if exact. {@code OUT_OF_RANGE} if the type cannot hold it. */
  public final void appendLong(long value) throws StoreException {
    checkScalar("a whole number");
    appendBits(Ranges.checked(type, value));
  }

  /** A UINT64 above {@code Long.MAX_VALUE} as the negative number of the same bits. */
  public final void appendUnsigned(long bits) throws StoreException {
    checkScalar("an unsigned number");
    appendBits(type.dtype() == Dtype.UINT64 ? bits : Ranges.checked(type, bits));
  }

  /** The nearest number of a float type; {@code OUT_OF_RANGE} if a finite one has none. */
  public final void appendDouble(double value) throws StoreException {
    checkScalar("a float");
    appendBits(Ranges.checked(type, value));
  }

  /** A number that a DECIMAL type holds exactly; {@code OUT_OF_RANGE} if it does not. */
  public final void appendDecimal(BigDecimal value) throws StoreException {
    if (type.dtype() != Dtype.DECIMAL) {
      throw Ranges.wrongCall(type, "a decimal");
    }
    appendFixed(Decimals.checked(type, value), 0);
  }

  /** A text; {@code TOO_LONG} beyond the type's precision. */
  public final void appendText(String text) throws StoreException {
    if (type.dtype() != Dtype.UTF8) {
      throw Ranges.wrongCall(type, "text");
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    appendBytes(utf8, 0, utf8.length);
  }

  /** The bytes of one sample of layout FIXED, little-endian. */
  public final void appendFixed(byte[] source, int offset) throws StoreException {
    if (!fixed) {
      throw Ranges.wrongCall(type, "bytes of fixed width");
    }
    putFixed(source, offset);
  }

  /** A text in UTF-8, or bytes; {@code TOO_LONG} beyond the type's precision. */
  public final void appendBytes(byte[] source, int offset, int length) throws StoreException {
    if (fixed || rank != 0) {
      throw Ranges.wrongCall(type, "bytes");
    }
    Ranges.checkLength(type, source, offset, length);
    putVariable(source, offset, length, NO_SHAPE);
  }

  /**
   * A sample of a ragged tensor, row-major, or an encoded picture, sound or film with the shape it
   * decodes to. {@code INVALID_VALUE} if bytes, shape and type do not belong together.
   */
  public final void appendSample(byte[] source, int offset, int length, int[] shape)
      throws StoreException {
    if (rank == 0) {
      throw Ranges.wrongCall(type, "bytes with a shape");
    }
    Ranges.checkSampleBytes(length);
    Shapes.check(type, shape, length);
    putVariable(source, offset, length, shape);
  }

  /** One sample of a vector. */
  public final void append(Vector source, int row) throws StoreException {
    append(source, row, 1);
  }

  /** Samples of a vector; those of a dictionary are written out. */
  public abstract void append(Vector source, int from, int count) throws StoreException;

  /** Samples from wherever they are. */
  public abstract void append(Samples source, int from, int count) throws StoreException;

  /** The lowest bytes of a number. */
  abstract void appendBits(long bits) throws StoreException;

  abstract void putFixed(byte[] source, int offset) throws StoreException;

  /** Bytes, and as many extents as the type stores, all checked. */
  abstract void putVariable(byte[] source, int offset, int length, int[] shape)
      throws StoreException;

  private void checkScalar(String given) {
    if (type.shape().rank() != 0) {
      throw Ranges.wrongCall(type, given);
    }
  }

  final void checkSameBytes(TensorType other) {
    if (other != type && !type.sameBytes(other)) {
      throw Ranges.wrongCall(type, "a " + other.dtype() + " " + other.shape());
    }
  }

  /** Refuses more rows than a column may have: {@code LIMIT}. */
  final void checkRows(long newRows) throws StoreException {
    int most = fixed ? Math.min(Limits.MAX_ROWS, Limits.MAX_BUFFER_BYTES / width) : Limits.MAX_ROWS;
    if (newRows > most) {
      throw Limits.exceeded(newRows + " samples", most);
    }
  }
}
