package io.versor.format.key;

import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A key as bytes: two keys are equal if these are. Of one column they are the sample's stored
 * bytes; of several, each with its length before it.
 */
public final class KeyBytes {
  private KeyBytes() {}

  /** The key of one row; null if a part is NULL, which is equal to nothing. */
  public static byte @Nullable [] of(List<HeapColumn> parts, int row) {
    for (HeapColumn part : parts) {
      if (part.isNull(row)) {
        return null;
      }
    }
    return joined(parts.size(), i -> parts.get(i).bytesAt(row));
  }

  /** The key of one row; null if a part is NULL. */
  public static byte @Nullable [] ofVectors(List<Vector> parts, int row) {
    for (Vector part : parts) {
      if (part.isNull(row)) {
        return null;
      }
    }
    return joined(parts.size(), i -> parts.get(i).bytesAt(row));
  }

  private static byte[] joined(int count, IntFunction<byte[]> part) {
    if (count == 1) {
      return part.apply(0);
    }
    byte[][] parts = new byte[count][];
    int length = 0;
    for (int i = 0; i < count; i++) {
      parts[i] = part.apply(i);
      length += Integer.BYTES + parts[i].length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] each : parts) {
      joined.putInt(each.length).put(each);
    }
    return joined.array();
  }
}
