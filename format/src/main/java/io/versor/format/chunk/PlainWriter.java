package io.versor.format.chunk;

import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** Writes the plain form: a short header, then validity, ends, shapes and data as they are. */
final class PlainWriter {
  private PlainWriter() {}

  static byte[] encode(HeapColumn column, int from, int count) throws StoreException {
    TensorType type = column.type();
    boolean fixed = type.layout() == Layout.FIXED;
    byte[] valid = column.validity();
    boolean withNulls = valid != null && Bitmaps.zeros(valid, from, count) > 0;
    int bitmapBytes = withNulls ? Bitmaps.bytes(count) : 0;
    int rank = type.storedRank();
    int dataStart = fixed ? from * type.width() : column.offsets()[from];
    int dataBytes = fixed ? count * type.width() : column.offsets()[from + count] - dataStart;
    long size = ChunkFormat.PLAIN_HEADER_BYTES + (long) bitmapBytes + dataBytes;
    size += fixed ? 0 : 4L * count * (1 + rank);
    if (size > Integer.MAX_VALUE - 8) {
      throw Limits.exceeded(size + " bytes", Limits.MAX_BUFFER_BYTES);
    }
    byte[] chunk = new byte[(int) size];
    chunk[0] = ChunkFormat.VERSION;
    chunk[1] = ChunkFormat.PLAIN;
    int flags = (fixed ? 0 : ChunkFormat.VARIABLE_FLAG);
    chunk[2] = (byte) (flags | (withNulls ? ChunkFormat.VALIDITY_FLAG : 0));
    Bytes.putInt(chunk, 4, count);
    Bytes.putInt(chunk, 8, fixed ? type.width() : rank);
    int at = ChunkFormat.PLAIN_HEADER_BYTES;
    if (withNulls) {
      byte[] bitmap = new byte[bitmapBytes];
      Bitmaps.copy(valid, from, bitmap, 0, count);
      System.arraycopy(bitmap, 0, chunk, at, bitmapBytes);
      at += bitmapBytes;
    }
    if (!fixed) {
      for (int i = 1; i <= count; i++) {
        Bytes.putInt(chunk, at, column.offsets()[from + i] - dataStart);
        at += Integer.BYTES;
      }
      Bytes.putInts(column.shapes(), from * rank, count * rank, chunk, at);
      at += Integer.BYTES * count * rank;
    }
    System.arraycopy(column.data(), dataStart, chunk, at, dataBytes);
    return chunk;
  }
}
