package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** One column of ORDER BY. */
final class SortKey {
  private final int column;
  private final TensorType type;
  private final boolean descending;
  private final boolean nullsFirst;

  /** Of a class label: where its text comes among those of all. */
  private final int[] labelRanks;

  SortKey(int column, TensorType type, boolean descending, boolean nullsFirst) throws NotCompiled {
    if (type.shape().rank() > 0 || type.element().isPresent()) {
      throw new NotCompiled("the order of " + type.dtype() + " " + type.shape());
    }
    this.column = column;
    this.type = type;
    this.descending = descending;
    this.nullsFirst = nullsFirst;
    this.labelRanks = type.htype() == Htype.CLASS_LABEL ? ranks(type.labels()) : new int[0];
  }

  private static int[] ranks(List<String> labels) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      order.add(i);
    }
    List<byte[]> texts =
        labels.stream().map(label -> label.getBytes(StandardCharsets.UTF_8)).toList();
    order.sort(Comparator.comparing(texts::get, Arrays::compareUnsigned));
    int[] ranks = new int[labels.size()];
    for (int i = 0; i < ranks.length; i++) {
      ranks[order.get(i)] = i;
    }
    return ranks;
  }

  int column() {
    return column;
  }

  /**
   * A number in the order of the key, as far as 64 bits can tell: if two differ, so do the keys, in
   * the same order; if two are equal, {@link #compare} knows.
   */
  long prefix(Vector vector, int row) {
    if (vector.isNull(row)) {
      return nullsFirst ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    long rising = rising(vector, row);
    return descending ? ~rising : rising;
  }

  private long rising(Vector vector, int row) {
    if (labelRanks.length > 0) {
      return labelRanks[(int) vector.longAt(row)];
    }
    return switch (type.dtype()) {
      case UTF8, BYTES, UUID -> firstBytes(vector.addressAt(row), vector.lengthAt(row));
      case DECIMAL -> Memory.getLong(vector.addressAt(row) + 8);
      case FLOAT16, FLOAT32, FLOAT64 -> {
        long bits = Double.doubleToLongBits(vector.doubleAt(row) + 0.0);
        yield bits ^ bits >> 63 & Long.MAX_VALUE;
      }
      case UINT64 -> vector.longAt(row) ^ Long.MIN_VALUE;
      default -> vector.longAt(row);
    };
  }

  private static long firstBytes(long address, int length) {
    if (length >= 8) {
      return Long.reverseBytes(Memory.getLong(address)) ^ Long.MIN_VALUE;
    }
    long bytes = 0;
    for (int i = 0; i < length; i++) {
      bytes |= (Memory.getByte(address + i) & 0xFFL) << 56 - 8 * i;
    }
    return bytes ^ Long.MIN_VALUE;
  }

  /** The order of two rows by this key, direction and NULLs included. */
  int compare(Vector left, int i, Vector right, int j) {
    boolean leftNull = left.isNull(i);
    boolean rightNull = right.isNull(j);
    if (leftNull || rightNull) {
      return leftNull && rightNull ? 0 : leftNull == nullsFirst ? -1 : 1;
    }
    int order = rising(left, i, right, j);
    return descending ? -order : order;
  }

  private int rising(Vector left, int i, Vector right, int j) {
    if (type.dtype() == Dtype.UTF8 || type.dtype() == Dtype.BYTES || type.dtype() == Dtype.UUID) {
      return Integer.signum(
          TextOrder.compare(
              left.addressAt(i), left.lengthAt(i), right.addressAt(j), right.lengthAt(j)));
    }
    int order = Long.compare(rising(left, i), rising(right, j));
    if (order == 0 && type.dtype() == Dtype.DECIMAL) {
      return Long.compareUnsigned(
          Memory.getLong(left.addressAt(i)), Memory.getLong(right.addressAt(j)));
    }
    return order;
  }
}
