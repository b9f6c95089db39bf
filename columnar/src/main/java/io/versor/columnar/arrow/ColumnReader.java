package io.versor.columnar.arrow;

import io.versor.columnar.Bounds;
import io.versor.columnar.BytesCells;
import io.versor.columnar.Cells;
import io.versor.columnar.CodedCells;
import io.versor.columnar.CountedCells;
import io.versor.columnar.ListCells;
import io.versor.columnar.Meanings;
import io.versor.columnar.NullCells;
import io.versor.columnar.NumberCells;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/** Takes a column's buffers out of a batch. */
final class ColumnReader {
  private static final int VIEW_BYTES = 16;

  /** Values of so many bytes stand in their view. */
  private static final int INLINE_BYTES = 12;

  /** Digits of the widest decimals: a greater scale was never written. */
  private static final int MAX_SCALE = 76;

  private ColumnReader() {}

  /**
   * The column, whose buffers have all of its rows.
   *
   * @param atLeast rows that it must have
   */
  static Cells read(ArrowField field, Batch batch, Dictionaries dictionaries, long atLeast)
      throws StoreException {
    if (field.dictionary().isPresent()) {
      ArrowField.Coding coding = field.dictionary().get();
      int rows = batch.nextNode(atLeast);
      ByteBuffer valid = valid(batch, rows);
      NumberCells codes = numbers(coding.index(), batch, rows, valid);
      Dictionaries.Values values = dictionaries.values(coding.id());
      return new CodedCells(codes, values.cells(), values.count());
    }
    return plain(field, batch, dictionaries, atLeast);
  }

  /** Of a dictionary, or without one. */
  static Cells plain(ArrowField field, Batch batch, Dictionaries dictionaries, long atLeast)
      throws StoreException {
    int rows = batch.nextNode(atLeast);
    if (field.type() == Type.Null) {
      return new NullCells();
    }
    ByteBuffer valid = valid(batch, rows);
    return switch (field.type()) {
      case Type.Int -> numbers(ArrowField.whole(field.detail(new Int())), batch, rows, valid);
      case Type.Bool -> numbers(Dtype.BOOL, batch, rows, valid);
      case Type.FloatingPoint ->
          numbers(real(field.detail(new FloatingPoint()).precision()), batch, rows, valid);
      case Type.Decimal -> {
        Decimal decimal = field.detail(new Decimal());
        if (Math.abs((long) decimal.scale()) > MAX_SCALE) {
          throw new StoreException(
              Code.INVALID_VALUE, field.name() + ": decimals of scale " + decimal.scale());
        }
        yield fixed(
            decimal.bitWidth() / 8, Meanings.littleDecimal(decimal.scale()), batch, rows, valid);
      }
      case Type.Date ->
          field.detail(new Date()).unit() == DateUnit.DAY
              ? new CountedCells(numbers(Dtype.INT32, batch, rows, valid), Meanings::date)
              : new CountedCells(numbers(Dtype.INT64, batch, rows, valid), Meanings::dateOfMillis);
      case Type.Time -> {
        Time time = field.detail(new Time());
        Dtype dtype = time.bitWidth() == 32 ? Dtype.INT32 : Dtype.INT64;
        yield new CountedCells(
            numbers(dtype, batch, rows, valid), Meanings.time(second(time.unit())));
      }
      case Type.Timestamp -> {
        Timestamp time = field.detail(new Timestamp());
        boolean instants = time.timezone() != null && !time.timezone().isEmpty();
        yield new CountedCells(
            numbers(Dtype.INT64, batch, rows, valid),
            Meanings.moment(second(time.unit()), instants));
      }
      case Type.Binary, Type.Utf8 -> bytes(field, ints(batch, rows), batch, valid);
      case Type.LargeBinary, Type.LargeUtf8 -> bytes(field, longs(batch, rows), batch, valid);
      case Type.BinaryView, Type.Utf8View -> views(field, batch, rows, valid);
      case Type.FixedSizeBinary ->
          fixed(
              field.detail(new FixedSizeBinary()).byteWidth(), meaning(field), batch, rows, valid);
      case Type.List -> list(field, ints(batch, rows), batch, dictionaries, valid, 0);
      case Type.LargeList -> list(field, longs(batch, rows), batch, dictionaries, valid, 0);
      case Type.ListView -> {
        Bounds starts = Bounds.ints(batch.nextBuffer((long) rows * Integer.BYTES));
        Bounds lengths = Bounds.ints(batch.nextBuffer((long) rows * Integer.BYTES));
        yield list(field, Bounds.views(starts, lengths), batch, dictionaries, valid, 0);
      }
      case Type.LargeListView -> {
        Bounds starts = Bounds.longs(batch.nextBuffer((long) rows * Long.BYTES));
        Bounds lengths = Bounds.longs(batch.nextBuffer((long) rows * Long.BYTES));
        yield list(field, Bounds.views(starts, lengths), batch, dictionaries, valid, 0);
      }
      case Type.FixedSizeList -> {
        int size = field.listSize();
        yield list(field, Bounds.every(size), batch, dictionaries, valid, (long) rows * size);
      }
      default -> throw new IllegalStateException("type " + field.type() + " was not refused");
    };
  }

  private static NumberCells numbers(Dtype dtype, Batch batch, int rows, @Nullable ByteBuffer valid)
      throws StoreException {
    long bytes = dtype == Dtype.BOOL ? (rows + 7L) / 8 : (long) rows * dtype.width();
    return new NumberCells(dtype, batch.nextBuffer(bytes), valid);
  }

  private static Cells fixed(
      int width, BytesCells.Meaning meaning, Batch batch, int rows, @Nullable ByteBuffer valid)
      throws StoreException {
    ByteBuffer data = batch.nextBuffer((long) rows * width);
    return new BytesCells(BytesCells.fixed(data, width), meaning, valid);
  }

  private static Bounds ints(Batch batch, int rows) throws StoreException {
    return Bounds.ints(batch.nextBuffer(boundsBytes(rows, Integer.BYTES)));
  }

  private static Bounds longs(Batch batch, int rows) throws StoreException {
    return Bounds.longs(batch.nextBuffer(boundsBytes(rows, Long.BYTES)));
  }

  /** Some writers leave the buffer of a column without rows empty. */
  private static long boundsBytes(int rows, int width) {
    return rows == 0 ? 0 : (rows + 1L) * width;
  }

  /** Empty buffers stand for columns without NULLs. */
  private static @Nullable ByteBuffer valid(Batch batch, int rows) throws StoreException {
    ByteBuffer bits = batch.nextBuffer();
    if (bits.limit() == 0) {
      return null;
    }
    if (bits.limit() < (rows + 7L) / 8) {
      throw new StoreException(
          Code.INVALID_VALUE, bits.limit() + " bytes of NULL bits for " + rows + " rows");
    }
    return bits;
  }

  private static Dtype real(short precision) {
    return switch (precision) {
      case Precision.HALF -> Dtype.FLOAT16;
      case Precision.SINGLE -> Dtype.FLOAT32;
      default -> Dtype.FLOAT64;
    };
  }

  /** Units of a second. */
  private static long second(short unit) {
    return switch (unit) {
      case TimeUnit.SECOND -> 1;
      case TimeUnit.MILLISECOND -> 1_000;
      case TimeUnit.MICROSECOND -> 1_000_000;
      default -> 1_000_000_000;
    };
  }

  private static BytesCells.Meaning meaning(ArrowField field) {
    boolean text =
        field.type() == Type.Utf8
            || field.type() == Type.LargeUtf8
            || field.type() == Type.Utf8View;
    return text ? Meanings::text : bytes -> bytes;
  }

  private static Cells bytes(
      ArrowField field, Bounds bounds, Batch batch, @Nullable ByteBuffer valid)
      throws StoreException {
    return new BytesCells(BytesCells.between(bounds, batch.nextBuffer()), meaning(field), valid);
  }

  private static Cells list(
      ArrowField field,
      Bounds bounds,
      Batch batch,
      Dictionaries dictionaries,
      @Nullable ByteBuffer valid,
      long elements)
      throws StoreException {
    return new ListCells(
        read(field.children().get(0), batch, dictionaries, elements), bounds, valid);
  }

  /** A length, and short values themselves, or where long ones lie. */
  private static Cells views(ArrowField field, Batch batch, int rows, @Nullable ByteBuffer valid)
      throws StoreException {
    ByteBuffer views = batch.nextBuffer((long) rows * VIEW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer[] parts = new ByteBuffer[batch.nextVariadic()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = batch.nextBuffer();
    }
    return new BytesCells(
        row -> {
          int view = Math.multiplyExact(row, VIEW_BYTES);
          int length = views.getInt(view);
          if (length <= INLINE_BYTES) {
            return BytesCells.copy(views, view + 4L, length);
          }
          return BytesCells.copy(parts[views.getInt(view + 8)], views.getInt(view + 12), length);
        },
        meaning(field),
        valid);
  }
}
