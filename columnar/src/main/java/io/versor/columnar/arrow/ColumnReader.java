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

  private ColumnReader() {}

  static Cells read(ArrowField field, Batch batch, Dictionaries dictionaries)
      throws StoreException {
    if (field.dictionary().isPresent()) {
      ArrowField.Coding coding = field.dictionary().get();
      int rows = batch.nextNode();
      ByteBuffer valid = valid(batch, rows);
      NumberCells codes = new NumberCells(coding.index(), batch.nextBuffer(), valid);
      Dictionaries.Values values = dictionaries.values(coding.id());
      return new CodedCells(codes, values.cells(), values.count());
    }
    return plain(field, batch, dictionaries);
  }

  /** Of a dictionary, or without one. */
  static Cells plain(ArrowField field, Batch batch, Dictionaries dictionaries)
      throws StoreException {
    int rows = batch.nextNode();
    if (field.type() == Type.Null) {
      return new NullCells();
    }
    ByteBuffer valid = valid(batch, rows);
    return switch (field.type()) {
      case Type.Int ->
          new NumberCells(ArrowField.whole(field.detail(new Int())), batch.nextBuffer(), valid);
      case Type.Bool -> new NumberCells(Dtype.BOOL, batch.nextBuffer(), valid);
      case Type.FloatingPoint ->
          new NumberCells(
              real(field.detail(new FloatingPoint()).precision()), batch.nextBuffer(), valid);
      case Type.Decimal -> decimal(field.detail(new Decimal()), batch, valid);
      case Type.Date ->
          field.detail(new Date()).unit() == DateUnit.DAY
              ? counted(Dtype.INT32, Meanings::date, batch, valid)
              : counted(Dtype.INT64, Meanings::dateOfMillis, batch, valid);
      case Type.Time -> {
        Time time = field.detail(new Time());
        Dtype dtype = time.bitWidth() == 32 ? Dtype.INT32 : Dtype.INT64;
        yield counted(dtype, Meanings.time(second(time.unit())), batch, valid);
      }
      case Type.Timestamp -> {
        Timestamp time = field.detail(new Timestamp());
        boolean instants = time.timezone() != null && !time.timezone().isEmpty();
        yield counted(Dtype.INT64, Meanings.moment(second(time.unit()), instants), batch, valid);
      }
      case Type.Binary, Type.Utf8 -> bytes(field, Bounds.ints(batch.nextBuffer()), batch, valid);
      case Type.LargeBinary, Type.LargeUtf8 ->
          bytes(field, Bounds.longs(batch.nextBuffer()), batch, valid);
      case Type.BinaryView, Type.Utf8View -> views(field, batch, valid);
      case Type.FixedSizeBinary -> {
        int width = field.detail(new FixedSizeBinary()).byteWidth();
        yield new BytesCells(BytesCells.fixed(batch.nextBuffer(), width), meaning(field), valid);
      }
      case Type.List -> list(field, Bounds.ints(batch.nextBuffer()), batch, dictionaries, valid);
      case Type.LargeList ->
          list(field, Bounds.longs(batch.nextBuffer()), batch, dictionaries, valid);
      case Type.FixedSizeList ->
          list(field, Bounds.every(field.listSize()), batch, dictionaries, valid);
      default -> throw new IllegalStateException("type " + field.type() + " was not refused");
    };
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

  private static Cells counted(
      Dtype dtype, CountedCells.Meaning meaning, Batch batch, @Nullable ByteBuffer valid)
      throws StoreException {
    return new CountedCells(new NumberCells(dtype, batch.nextBuffer(), valid), meaning);
  }

  private static Cells decimal(Decimal type, Batch batch, @Nullable ByteBuffer valid)
      throws StoreException {
    int width = type.bitWidth() / 8;
    return new BytesCells(
        BytesCells.fixed(batch.nextBuffer(), width), Meanings.littleDecimal(type.scale()), valid);
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
      @Nullable ByteBuffer valid)
      throws StoreException {
    return new ListCells(field.children().get(0).read(batch, dictionaries), bounds, valid);
  }

  /** A length, and short values themselves, or where long ones lie. */
  private static Cells views(ArrowField field, Batch batch, @Nullable ByteBuffer valid)
      throws StoreException {
    ByteBuffer views = batch.nextBuffer().order(ByteOrder.LITTLE_ENDIAN);
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
