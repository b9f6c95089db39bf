package io.versor.deeplake;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.SampleAppender;
import io.versor.format.chunk.Sequences;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Samples of a tensor on their way into a column of the type that {@link ColumnTypes} gives it.
 * NULL are samples that were skipped, and empty ones where the column has no empty value: numbers,
 * labels, encoded files and arrays whose extents are fixed. Not thread-safe.
 */
final class Samples {
  private final Tensor tensor;
  private final TensorReader reader;

  Samples(Tensor tensor) {
    this.tensor = tensor;
    this.reader = tensor.read();
  }

  /**
   * Appends samples; a sequence is one.
   *
   * @throws StoreException {@code CORRUPT} with file and place; {@code INVALID_VALUE}, {@code
   *     OUT_OF_RANGE} for samples that do not fit what the tensor tells of itself
   */
  void append(long first, int count, SampleAppender out) throws StoreException {
    if (tensor.meta().isSequence()) {
      for (int i = 0; i < count; i++) {
        appendSequence(first + i, out);
      }
      return;
    }
    long end = first + count;
    for (long at = first; at < end; ) {
      if (tensor.isPadded(at)) {
        out.appendNull();
        at++;
        continue;
      }
      SampleRun run = reader.run(at, (int) (end - at));
      int taken = tensor.hasPads() ? 1 : run.count();
      appendRun(run, taken, at, out);
      at += taken;
    }
  }

  private void appendSequence(long sample, SampleAppender out) throws StoreException {
    if (tensor.isPadded(sample)) {
      out.appendNull();
      return;
    }
    if (out.type().htype() != Htype.SEQUENCE) {
      appendNumbersOf(sample, out);
      return;
    }
    ColumnBuilder items = new ColumnBuilder(out.type().element().orElseThrow());
    long end = tensor.firstItem(sample) + tensor.itemCount(sample);
    for (long at = tensor.firstItem(sample); at < end; ) {
      SampleRun run = reader.run(at, (int) (end - at));
      appendRun(run, run.count(), at, items);
      at += run.count();
    }
    Sequences.append(out, items.column());
  }

  /** A sequence of single numbers as one tensor. */
  private void appendNumbersOf(long sample, SampleAppender out) throws StoreException {
    int width = out.type().elementWidth();
    int count = tensor.itemCount(sample);
    ByteBuffer numbers = ByteBuffer.allocate(Math.multiplyExact(count, width));
    long first = tensor.firstItem(sample);
    for (int i = 0; i < count; ) {
      SampleRun run = reader.run(first + i, count - i);
      if (run.sampleBytes() != width) {
        throw unfit(
            sample,
            new StoreException(
                Code.INVALID_VALUE,
                "an item of " + run.sampleBytes() + " bytes, expected one number of " + width));
      }
      if (out.type().dtype() == Dtype.BOOL) {
        checkBools(run.bytes(), run.offset(), run.count());
      }
      numbers.put(run.bytes(), run.offset(), run.count() * width);
      i += run.count();
    }
    out.appendSample(numbers.array(), 0, numbers.capacity(), new int[] {count});
  }

  /** The first samples of a run, the first of which is told as {@code at} in errors. */
  private void appendRun(SampleRun run, int count, long at, SampleAppender out)
      throws StoreException {
    TensorType type = out.type();
    for (int i = 0; i < count; i++) {
      int offset = run.offset() + i * run.sampleBytes();
      try {
        switch (run.content()) {
          case TEXT, JSON, LINK -> out.appendBytes(run.bytes(), offset, run.sampleBytes());
          case ENCODED -> appendEncoded(run, offset, type, out);
          case POLYGON -> appendPolygons(run, offset, type, out);
          case ARRAY -> appendArray(run, offset, type, out);
        }
      } catch (StoreException e) {
        boolean ours = e.code() == Code.INVALID_VALUE || e.code() == Code.OUT_OF_RANGE;
        throw ours ? unfit(at + i, e) : e;
      }
    }
  }

  private StoreException unfit(long sample, StoreException e) {
    return new StoreException(
        e.code(), tensor.display() + ": sample " + sample + ": " + e.getMessage(), e);
  }

  private static void appendEncoded(SampleRun run, int offset, TensorType type, SampleAppender out)
      throws StoreException {
    if (run.sampleBytes() == 0) {
      out.appendNull();
    } else if (type.htype().isMedia()) {
      int[] shape = withChannels(run.shape(), type.storedRank());
      out.appendSample(run.bytes(), offset, run.sampleBytes(), shape);
    } else {
      out.appendBytes(run.bytes(), offset, run.sampleBytes());
    }
  }

  /** A picture of two extents has one channel. */
  private static int[] withChannels(int[] shape, int rank) {
    if (shape.length != rank - 1) {
      return shape;
    }
    int[] more = Arrays.copyOf(shape, rank);
    more[rank - 1] = 1;
    return more;
  }

  private void appendPolygons(SampleRun run, int offset, TensorType type, SampleAppender out)
      throws StoreException {
    if (type.htype() != Htype.SEQUENCE) {
      out.appendBytes(run.bytes(), offset, run.sampleBytes());
      return;
    }
    byte[] bytes = Arrays.copyOfRange(run.bytes(), offset, offset + run.sampleBytes());
    Polygons polygons = Polygons.of(new Sample(Content.POLYGON, run.shape(), bytes, false), tensor);
    ColumnBuilder items = new ColumnBuilder(type.element().orElseThrow());
    for (int i = 0; i < polygons.points().size(); i++) {
      byte[] points = polygons.bytes().get(i);
      int[] shape = {polygons.points().get(i), polygons.coordinates()};
      items.appendSample(points, 0, points.length, shape);
    }
    Sequences.append(out, items.column());
  }

  private void appendArray(SampleRun run, int offset, TensorType type, SampleAppender out)
      throws StoreException {
    int length = run.sampleBytes();
    if (type.htype() == Htype.SEQUENCE) {
      appendLabels(run, offset, type, out);
    } else if (type.htype().isMedia()) {
      byte[] png = Picture.png(run.bytes(), offset, run.shape(), tensor.display());
      out.appendSample(png, 0, png.length, withChannels(run.shape(), type.storedRank()));
    } else if (type.dtype() == Dtype.BYTES) {
      out.appendBytes(run.bytes(), offset, length);
    } else if (type.htype() == Htype.CLASS_LABEL) {
      if (length == 0) {
        out.appendNull();
      } else {
        out.appendLong(label(run.bytes(), offset, length));
      }
    } else {
      if (type.dtype() == Dtype.BOOL) {
        checkBools(run.bytes(), offset, length);
      }
      appendNumbers(run, offset, type, out);
    }
  }

  private void appendNumbers(SampleRun run, int offset, TensorType type, SampleAppender out)
      throws StoreException {
    int length = run.sampleBytes();
    boolean fixed = type.layout() == Layout.FIXED;
    if (length == 0 && (fixed || run.shape().length == 0)) {
      out.appendNull();
    } else if (!fixed) {
      out.appendSample(run.bytes(), offset, length, shape(run.shape(), length, type));
    } else if (length == type.width() && sameExtents(run.shape(), type)) {
      out.appendFixed(run.bytes(), offset);
    } else {
      throw new StoreException(
          Code.INVALID_VALUE,
          "a sample of shape "
              + Arrays.toString(run.shape())
              + " and "
              + length
              + " bytes, expected "
              + type.dtype()
              + " "
              + type.shape());
    }
  }

  /** Complex numbers have one extent more in the column, scalars none. */
  private boolean sameExtents(int[] shape, TensorType type) {
    int own = type.shape().rank() - (ColumnTypes.isComplex(tensor.meta().element()) ? 1 : 0);
    for (int i = 0; i < own; i++) {
      if (i >= shape.length || shape[i] != type.shape().extent(i)) {
        return false;
      }
    }
    return true;
  }

  /** The extents in the column: of an empty sample as the type asks for, of complex ones with 2. */
  private static int[] shape(int[] shape, int length, TensorType type) {
    int rank = type.shape().rank();
    int[] out = shape;
    if (rank == shape.length + 1) {
      out = Arrays.copyOf(shape, rank);
      out[rank - 1] = 2;
    }
    if (length > 0 || type.shape().admits(out)) {
      return out;
    }
    int[] empty = new int[rank];
    for (int i = 0; i < rank; i++) {
      empty[i] = Math.max(0, type.shape().extent(i));
    }
    return empty;
  }

  private void appendLabels(SampleRun run, int offset, TensorType type, SampleAppender out)
      throws StoreException {
    int width = tensor.elementWidth();
    int count = run.sampleBytes() / width;
    ColumnBuilder labels = new ColumnBuilder(type.element().orElseThrow(), Math.max(1, count));
    for (int i = 0; i < count; i++) {
      labels.appendLong(label(run.bytes(), offset + i * width, width));
    }
    Sequences.append(out, labels.column());
  }

  /** A whole number of up to eight bytes; beyond 63 bits it is none that a label has. */
  private long label(byte[] bytes, int offset, int width) throws StoreException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return switch (tensor.meta().element().orElseThrow()) {
      case BOOL, UINT8 -> bytes[offset] & 0xFF;
      case INT8 -> bytes[offset];
      case UINT16 -> in.getShort(offset) & 0xFFFF;
      case INT16 -> in.getShort(offset);
      case UINT32 -> in.getInt(offset) & 0xFFFF_FFFFL;
      case INT32 -> in.getInt(offset);
      case INT64, UINT64 -> in.getLong(offset);
      default ->
          throw new StoreException(
              Code.INVALID_VALUE, "a label of " + width + " bytes that is no whole number");
    };
  }

  private static void checkBools(byte[] bytes, int offset, int length) throws StoreException {
    for (int i = offset; i < offset + length; i++) {
      if ((bytes[i] & 0xFE) != 0) {
        throw new StoreException(
            Code.INVALID_VALUE, "a truth value of " + (bytes[i] & 0xFF) + ", expected 0 or 1");
      }
    }
  }
}
