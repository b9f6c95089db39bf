package io.versor.columnar.parquet;

import io.versor.columnar.Bounds;
import io.versor.columnar.BytesCells;
import io.versor.columnar.Cells;
import io.versor.columnar.CountedCells;
import io.versor.columnar.LittleBytes;
import io.versor.columnar.Meanings;
import io.versor.columnar.NumberCells;
import io.versor.columnar.ValidBits;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** The values of a column, gathered one after the other and then given as cells. One thread. */
final class Leaf {
  private final PrimitiveType type;
  private final @Nullable LogicalTypeAnnotation meaning;

  /** What is kept of each value; empty for bytes. */
  private final Optional<Dtype> dtype;

  private final LittleBytes data = new LittleBytes();
  private final LittleBytes starts = new LittleBytes();
  private final ValidBits valid = new ValidBits();

  Leaf(PrimitiveType type) {
    this.type = type;
    this.meaning = type.getLogicalTypeAnnotation();
    this.dtype = dtype();
  }

  private Optional<Dtype> dtype() {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> Optional.of(Dtype.BOOL);
      case INT32 -> Optional.of(whole(Dtype.INT32));
      case INT64 -> Optional.of(whole(Dtype.INT64));
      case FLOAT -> Optional.of(Dtype.FLOAT32);
      case DOUBLE -> Optional.of(Dtype.FLOAT64);
      case FIXED_LEN_BYTE_ARRAY -> isHalf() ? Optional.of(Dtype.FLOAT16) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private boolean isHalf() {
    return meaning instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation
        && type.getTypeLength() == 2;
  }

  private Dtype whole(Dtype plain) {
    if (!(meaning instanceof IntLogicalTypeAnnotation whole)) {
      return plain;
    }
    return switch (whole.getBitWidth()) {
      case 8 -> whole.isSigned() ? Dtype.INT8 : Dtype.UINT8;
      case 16 -> whole.isSigned() ? Dtype.INT16 : Dtype.UINT16;
      case 32 -> whole.isSigned() ? Dtype.INT32 : Dtype.UINT32;
      default -> whole.isSigned() ? Dtype.INT64 : Dtype.UINT64;
    };
  }

  /** The name of the type if no column takes its values. */
  static Optional<String> unsupported(PrimitiveType type) {
    return type.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.IntervalLogicalTypeAnnotation
        ? Optional.of("an INTERVAL")
        : Optional.empty();
  }

  int count() {
    return valid.count();
  }

  /** About the bytes gathered. */
  long bytes() {
    return data.size() + (long) starts.size() + valid.count();
  }

  void addNull() throws StoreException {
    if (dtype.isEmpty()) {
      starts.putInt(data.size());
    } else if (dtype.get() == Dtype.BOOL) {
      data.putBit(count(), false);
    } else {
      data.pad(dtype.get().width());
    }
    valid.put(false);
  }

  /** Takes the value that the reader stands at. */
  void add(ColumnReader reader) throws StoreException {
    if (dtype.isEmpty()) {
      starts.putInt(data.size());
      data.put(reader.getBinary().toByteBuffer());
    } else {
      number(reader, dtype.get());
    }
    valid.put(true);
  }

  private void number(ColumnReader reader, Dtype as) throws StoreException {
    switch (as) {
      case BOOL -> data.putBit(count(), reader.getBoolean());
      case INT8, UINT8 -> data.putByte(reader.getInteger());
      case INT16, UINT16 -> data.putShort(reader.getInteger());
      case INT32, UINT32 -> data.putInt(reader.getInteger());
      case INT64, UINT64 -> data.putLong(reader.getLong());
      case FLOAT32 -> data.putInt(Float.floatToRawIntBits(reader.getFloat()));
      case FLOAT64 -> data.putLong(Double.doubleToRawLongBits(reader.getDouble()));
      default -> data.put(reader.getBinary().toByteBuffer()); // FLOAT16, little-endian
    }
  }

  /** What was gathered, which is then forgotten. */
  Cells take() throws StoreException {
    ByteBuffer bits = valid.written();
    Cells cells =
        dtype.isPresent()
            ? numbers(new NumberCells(dtype.get(), data.written(), bits))
            : bytes(bits);
    data.renew();
    starts.renew();
    valid.renew();
    return cells;
  }

  private Cells numbers(NumberCells numbers) {
    if (meaning instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return new CountedCells(numbers, Meanings::date);
    }
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return new CountedCells(numbers, Meanings.decimal(decimal.getScale()));
    }
    if (meaning instanceof TimeLogicalTypeAnnotation time) {
      return new CountedCells(numbers, Meanings.time(second(time.getUnit())));
    }
    if (meaning instanceof TimestampLogicalTypeAnnotation time) {
      return new CountedCells(
          numbers, Meanings.moment(second(time.getUnit()), time.isAdjustedToUTC()));
    }
    return numbers;
  }

  /** Units of a second. */
  private static long second(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000;
      case MICROS -> 1_000_000;
      default -> 1_000_000_000;
    };
  }

  private Cells bytes(@Nullable ByteBuffer bits) throws StoreException {
    starts.putInt(data.size());
    return new BytesCells(
        BytesCells.between(Bounds.ints(starts.written()), data.written()), bytesMeaning(), bits);
  }

  private BytesCells.Meaning bytesMeaning() {
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      return Meanings::int96;
    }
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return Meanings.decimalBytes(decimal.getScale());
    }
    if (meaning instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation) {
      return Meanings::uuid;
    }
    boolean text =
        meaning instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
            || meaning instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
            || meaning instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
    return text ? Meanings::text : bytes -> bytes;
  }
}
