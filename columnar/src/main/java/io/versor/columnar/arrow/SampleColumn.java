package io.versor.columnar.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.versor.columnar.LittleBytes;
import io.versor.columnar.Stored;
import io.versor.columnar.ValidBits;
import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.Shape;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.DictionaryKind;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Scalars or tensors. Extents of tensors that are fixed are fixed-size lists, the others lists. One
 * thread.
 */
final class SampleColumn implements ArrowColumn {
  private final String name;
  private final TensorType type;

  /** Of a dictionary; negative for none. */
  private final long dictionary;

  private final Map<String, Integer> codes = new HashMap<>();
  private final int rank;

  /** Of each level of lists, and last of the values: bits that say what is not NULL. */
  private final List<ValidBits> valid = new ArrayList<>();

  /** Where lists begin; of fixed-size lists nothing. */
  private final List<LittleBytes> bounds = new ArrayList<>();

  private final LittleBytes ends = new LittleBytes();
  private final LittleBytes data = new LittleBytes();

  SampleColumn(String name, TensorType type, long dictionary) {
    this.name = name;
    this.type = type;
    boolean coded = type.htype() == Htype.CLASS_LABEL && !type.labels().isEmpty();
    this.dictionary = coded ? dictionary : -1;
    List<String> labels = type.labels();
    for (int i = 0; coded && i < labels.size(); i++) {
      codes.put(labels.get(i), i);
    }
    this.rank = type.shape().rank();
    for (int i = 0; i <= rank; i++) {
      valid.add(new ValidBits());
      bounds.add(new LittleBytes());
    }
  }

  private boolean isCoded() {
    return dictionary >= 0;
  }

  @Override
  public Optional<SampleColumn> coded() {
    return isCoded() ? Optional.of(this) : Optional.empty();
  }

  List<String> labels() {
    return type.labels();
  }

  long dictionary() {
    return dictionary;
  }

  private boolean isText() {
    return type.dtype() == Dtype.UTF8
        || type.dtype() == Dtype.UUID // which Arrow has only as an extension
        || type.htype() == Htype.CLASS_LABEL && !isCoded();
  }

  // --- the schema

  @Override
  public int field(FlatBufferBuilder out) {
    int value = valueField(out, rank == 0 ? name : "item");
    for (int level = rank - 1; level >= 0; level--) {
      int children = Field.createChildrenVector(out, new int[] {value});
      int extent = type.shape().extent(level);
      boolean fixed = extent != Shape.RAGGED;
      int list;
      if (fixed) {
        list = FixedSizeList.createFixedSizeList(out, extent);
      } else {
        org.apache.arrow.flatbuf.List.startList(out);
        list = org.apache.arrow.flatbuf.List.endList(out);
      }
      int label = out.createString(level == 0 ? name : "item");
      byte of = fixed ? Type.FixedSizeList : Type.List;
      value = Field.createField(out, label, true, of, list, 0, children, 0);
    }
    return value;
  }

  private int valueField(FlatBufferBuilder out, String label) {
    int none = Field.createChildrenVector(out, new int[0]);
    int coding = 0;
    if (isCoded()) {
      int index = Int.createInt(out, 32, true);
      coding =
          DictionaryEncoding.createDictionaryEncoding(
              out, dictionary, index, false, DictionaryKind.DenseArray);
    }
    byte of = arrowType();
    int detail = detail(out, of);
    return Field.createField(out, out.createString(label), true, of, detail, coding, none, 0);
  }

  private byte arrowType() {
    if (isText() || isCoded()) {
      return Type.Utf8;
    }
    return switch (type.dtype()) {
      case BOOL -> Type.Bool;
      case FLOAT16, FLOAT32, FLOAT64 -> Type.FloatingPoint;
      case DATE -> Type.Date;
      case TIME -> Type.Time;
      case TIMESTAMP, TIMESTAMP_TZ -> Type.Timestamp;
      case DECIMAL -> Type.Decimal;
      case BYTES -> Type.Binary;
      default -> Type.Int;
    };
  }

  private int detail(FlatBufferBuilder out, byte of) {
    Dtype dtype = type.dtype();
    return switch (of) {
      case Type.Utf8 -> {
        Utf8.startUtf8(out);
        yield Utf8.endUtf8(out);
      }
      case Type.Bool -> {
        Bool.startBool(out);
        yield Bool.endBool(out);
      }
      case Type.Binary -> {
        Binary.startBinary(out);
        yield Binary.endBinary(out);
      }
      case Type.FloatingPoint ->
          FloatingPoint.createFloatingPoint(
              out,
              dtype == Dtype.FLOAT16
                  ? Precision.HALF
                  : dtype == Dtype.FLOAT32 ? Precision.SINGLE : Precision.DOUBLE);
      case Type.Date -> Date.createDate(out, DateUnit.DAY);
      case Type.Time -> Time.createTime(out, TimeUnit.MICROSECOND, 64);
      case Type.Timestamp -> {
        int zone = dtype == Dtype.TIMESTAMP_TZ ? out.createString("UTC") : 0;
        yield Timestamp.createTimestamp(out, TimeUnit.MICROSECOND, zone);
      }
      case Type.Decimal -> Decimal.createDecimal(out, type.precision(), type.scale(), 128);
      default -> Int.createInt(out, 8 * dtype.width(), !dtype.isUnsigned());
    };
  }

  // --- rows

  /** Samples of the batch. */
  int count() {
    return count(0);
  }

  private int count(int level) {
    return valid.get(level).count();
  }

  @Override
  public long bytes() {
    return data.size() + (long) ends.size() + count(0);
  }

  @Override
  public void add(@Nullable Object value) throws StoreException {
    if (rank == 0) {
      scalar(value);
    } else if (value == null) {
      addNullTensor();
    } else if (rank == 1
        && type.shape().extent(0) == Shape.RAGGED
        && value instanceof SequenceValue list) {
      // Numbers of which some are NULL: no tensor, but what a query may give.
      begin(0, true);
      for (Object number : list.elements()) {
        scalar(number);
      }
    } else {
      tensor(Stored.tensor(value, type));
    }
  }

  private void scalar(@Nullable Object value) throws StoreException {
    mark(rank, value != null);
    if (value == null) {
      gap();
    } else {
      value(value);
    }
  }

  private void mark(int level, boolean given) throws StoreException {
    valid.get(level).put(given);
  }

  /** A row that is NULL; fixed-size lists have elements even so. */
  private void addNullTensor() throws StoreException {
    int count = 1;
    for (int level = 0; level < rank; level++) {
      int extent = type.shape().extent(level);
      for (int i = 0; i < count; i++) {
        begin(level, level > 0);
      }
      count = extent == Shape.RAGGED ? 0 : count * extent;
    }
    for (int i = 0; i < count; i++) {
      if (type.dtype() == Dtype.BOOL) {
        data.putBit(count(rank), false);
      }
      mark(rank, true);
    }
    if (type.dtype() != Dtype.BOOL) {
      data.pad((long) count * type.dtype().width());
    }
  }

  private void begin(int level, boolean given) throws StoreException {
    if (type.shape().extent(level) == Shape.RAGGED) {
      bounds.get(level).putInt(count(level + 1));
    }
    mark(level, given);
  }

  private void tensor(TensorValue tensor) throws StoreException {
    int[] shape = tensor.shape();
    int count = 1;
    for (int level = 0; level < rank; level++) {
      for (int i = 0; i < count; i++) {
        if (type.shape().extent(level) == Shape.RAGGED) {
          bounds.get(level).putInt(count(level + 1) + i * shape[level]);
        }
        mark(level, true);
      }
      count *= shape[level];
    }
    if (tensor.dtype() == Dtype.BOOL) {
      for (int i = 0; i < count; i++) {
        data.putBit(count(rank) + i, tensor.longAt(i) != 0);
      }
    } else {
      data.putAll(tensor.flat());
    }
    valid.get(rank).putGiven(count);
  }

  /** A value that is NULL. */
  private void gap() throws StoreException {
    if (isCoded()) {
      data.putInt(0);
    } else if (isText() || type.dtype() == Dtype.BYTES) {
      ends.putInt(data.size());
    } else if (type.dtype() == Dtype.BOOL) {
      data.putBit(count(rank) - 1, false);
    } else {
      data.pad(type.dtype().width());
    }
  }

  private void value(Object value) throws StoreException {
    if (isCoded()) {
      Integer code = codes.get(Stored.text(value));
      data.putInt(code == null ? -1 : code); // a label that is none is not stored anywhere
      return;
    }
    if (isText()) {
      data.put(Stored.utf8(value));
      ends.putInt(data.size());
      return;
    }
    switch (type.dtype()) {
      case BOOL -> data.putBit(count(rank) - 1, (Boolean) value);
      case INT8, UINT8 -> data.putByte(((Number) value).intValue());
      case INT16, UINT16 -> data.putShort(((Number) value).intValue());
      case INT32, UINT32 -> data.putInt((int) ((Number) value).longValue());
      case INT64, UINT64 -> data.putLong(((Number) value).longValue());
      case FLOAT16 -> data.putShort(Stored.half(value));
      case FLOAT32 -> data.putInt(Float.floatToRawIntBits(((Number) value).floatValue()));
      case FLOAT64 -> data.putLong(Double.doubleToRawLongBits(((Number) value).doubleValue()));
      case DATE -> data.putInt((int) Stored.days(value));
      case TIME, TIMESTAMP, TIMESTAMP_TZ -> data.putLong(Stored.micros(value));
      case DECIMAL -> decimal(value);
      case BYTES -> {
        data.put((byte[]) value);
        ends.putInt(data.size());
      }
      default -> throw new IllegalStateException(type.dtype() + " was written as text");
    }
  }

  private void decimal(Object value) throws StoreException {
    byte[] big = Stored.digits(value, type.scale(), type.dtype().width());
    for (int i = big.length - 1; i >= 0; i--) {
      data.putByte(big[i]);
    }
  }

  // --- the batch

  @Override
  public void nodes(List<long[]> out) {
    for (int level = 0; level <= rank; level++) {
      out.add(new long[] {count(level), valid.get(level).nulls()});
    }
  }

  @Override
  public void buffers(List<ByteBuffer> out) throws StoreException {
    for (int level = 0; level <= rank; level++) {
      out.add(ArrowColumn.bits(valid.get(level)));
      if (level < rank && type.shape().extent(level) == Shape.RAGGED) {
        bounds.get(level).putInt(count(level + 1));
        out.add(bounds.get(level).written());
      }
    }
    boolean varies = !isCoded() && (isText() || type.dtype() == Dtype.BYTES);
    if (varies) {
      LittleBytes all = new LittleBytes();
      all.putInt(0);
      all.put(ends.written());
      out.add(all.written());
    }
    out.add(data.written());
  }

  @Override
  public void renew() {
    for (int level = 0; level <= rank; level++) {
      valid.get(level).renew();
      bounds.get(level).renew();
    }
    ends.renew();
    data.renew();
  }
}
