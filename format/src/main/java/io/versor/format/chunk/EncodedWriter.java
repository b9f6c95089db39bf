package io.versor.format.chunk;

import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the form in which each buffer is encoded by itself. */
final class EncodedWriter {
  private EncodedWriter() {}

  static EncodedChunk encode(HeapColumn column, int from, int count) throws StoreException {
    TensorType type = column.type();
    int nulls = column.nullCount(from, count);
    List<Encoded> buffers = new ArrayList<>();
    byte[] valid = column.validity();
    if (nulls > 0 && valid != null) {
      byte[] bitmap = new byte[Bitmaps.bytes(count)];
      Bitmaps.copy(valid, from, bitmap, 0, count);
      buffers.add(
          nulls == count
              ? Encoded.constant(new byte[1], 0, 1, bitmap.length).as(ChunkFormat.VALIDITY)
              : Encoded.raw(bitmap, 0, bitmap.length).as(ChunkFormat.VALIDITY));
    }
    if (type.layout() == Layout.FIXED) {
      buffers.add(fixed(column, from, count, nulls).as(ChunkFormat.DATA));
    } else {
      variable(column, from, count, nulls, buffers);
    }
    return assemble(type, count, nulls, buffers);
  }

  private static Encoded fixed(HeapColumn column, int from, int count, int nulls)
      throws StoreException {
    TensorType type = column.type();
    int width = type.width();
    byte[] data = column.data();
    int start = from * width;
    if (nulls == count) {
      return Encoded.constant(new byte[width], 0, width, count * width);
    }
    if (sameSamples(column, from, count, nulls)) {
      int row = from;
      while (column.isNull(row)) {
        row++;
      }
      return Encoded.constant(data, row * width, width, count * width);
    }
    boolean scalar = type.shape().rank() == 0;
    if (type.dtype() == Dtype.DECIMAL) {
      return DataEncoder.decimals(column, from, count, nulls);
    }
    if (type.dtype() == Dtype.UUID) {
      return DataEncoder.bytes(data, start, count * width);
    }
    if (nulls > 0 && scalar && !type.dtype().isFloat()) {
      return DataEncoder.nullableNumbers(column, from, count);
    }
    return DataEncoder.elements(data, start, count * width, type.dtype(), scalar);
  }

  private static boolean sameSamples(HeapColumn column, int from, int count, int nulls) {
    int width = column.type().width();
    byte[] data = column.data();
    int first = -1;
    for (int i = from; i < from + count; i++) {
      if (nulls > 0 && column.isNull(i)) {
        continue;
      }
      if (first < 0) {
        first = i;
      } else if (!Arrays.equals(
          data, first * width, (first + 1) * width, data, i * width, (i + 1) * width)) {
        return false;
      }
    }
    return true;
  }

  private static void variable(
      HeapColumn column, int from, int count, int nulls, List<Encoded> buffers)
      throws StoreException {
    TensorType type = column.type();
    int start = column.offsets()[from];
    int bytes = column.offsets()[from + count] - start;
    int rank = type.storedRank();
    Encoded offsets = DataEncoder.lengths(column.offsets(), from, count);
    if (rank == 0) {
      long plainBytes = (long) offsets.bytes() + bytes;
      if (!Dictionary.find(column, from, count, nulls, plainBytes, buffers)) {
        buffers.add(offsets.as(ChunkFormat.OFFSETS));
        buffers.add(DataEncoder.bytes(column.data(), start, bytes).as(ChunkFormat.DATA));
      }
      return;
    }
    buffers.add(offsets.as(ChunkFormat.OFFSETS));
    buffers.add(DataEncoder.shapes(column.shapes(), from, count, rank).as(ChunkFormat.SHAPES));
    buffers.add(sampleBytes(column.data(), start, bytes, type).as(ChunkFormat.DATA));
  }

  private static Encoded sampleBytes(byte[] data, int start, int bytes, TensorType type)
      throws StoreException {
    // Encoded media are as small as their own codec makes them, and must be readable one by one.
    if (type.element().orElse(type).htype().isMedia()) {
      return Encoded.raw(data, start, bytes);
    }
    return type.htype() == Htype.SEQUENCE
        ? DataEncoder.bytes(data, start, bytes)
        : DataEncoder.elements(data, start, bytes, type.dtype(), false);
  }

  private static EncodedChunk assemble(TensorType type, int rows, int nulls, List<Encoded> buffers)
      throws StoreException {
    int head = ChunkFormat.HEADER_BYTES + ChunkFormat.BUFFER_HEADER_BYTES * buffers.size();
    long size = head;
    for (Encoded buffer : buffers) {
      size += buffer.bytes() + ChunkFormat.ALIGNMENT;
    }
    if (size > Integer.MAX_VALUE - ChunkFormat.ALIGNMENT) {
      throw Limits.exceeded(size + " bytes", Limits.MAX_BUFFER_BYTES);
    }
    boolean fixed = type.layout() == Layout.FIXED;
    byte[] header = new byte[head];
    header[0] = ChunkFormat.VERSION;
    header[1] = ChunkFormat.ENCODED;
    header[2] = (byte) (fixed ? 0 : ChunkFormat.VARIABLE_FLAG);
    header[3] = (byte) buffers.size();
    Bytes.putInt(header, 4, rows);
    Bytes.putInt(header, 8, nulls);
    Bytes.putInt(header, 12, fixed ? type.width() : type.storedRank());
    int describe = ChunkFormat.HEADER_BYTES;
    int end = head;
    for (Encoded buffer : buffers) {
      buffer.writeHeader(header, describe);
      describe += ChunkFormat.BUFFER_HEADER_BYTES;
      end = ChunkFormat.align(end) + buffer.bytes();
    }
    return new EncodedChunk(header, buffers, ChunkFormat.align(end));
  }
}
