package io.versor.engine.exec;

import io.versor.format.chunk.ChunkStats;
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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

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

  /** Tells a batch that rows with a greater prefix will be left out. */
  void ignoreBehind(long prefix, Batch batch) {
    if (type.dtype() == Dtype.FLOAT64) {
      double bound = Double.longBitsToDouble(bits(descending ? ~prefix : prefix));
      if (!Double.isNaN(bound)) {
        batch.ignoreBehind(column, bound, descending);
      }
    }
  }

  /**
   * Keeps the rows whose prefix is at most a bound.
   *
   * @param out gets their positions; may be {@code rows.at()}
   * @return how many
   */
  int upTo(long bound, Vector vector, Rows rows, int[] out) {
    if (vector.validity() == 0 && vector.dictionary() == null && labelRanks.length == 0) {
      switch (type.dtype()) {
        case FLOAT64 -> {
          double value = Double.longBitsToDouble(bits(descending ? ~bound : bound));
          if (!Double.isNaN(value)) {
            return doublesUpTo(value, vector.data(), rows, out);
          }
        }
        case INT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> {
          return longsUpTo(bound, vector.data(), rows, out);
        }
        case INT32, DATE -> {
          return intsUpTo(bound, vector.data(), rows, out);
        }
        default -> {
          // as below
        }
      }
    }
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      out[n] = row;
      n += prefix(vector, row) <= bound ? 1 : 0;
    }
    return n;
  }

  /** NaN is the greatest. */
  private int doublesUpTo(double bound, long data, Rows rows, int[] out) {
    int n = 0;
    int count = rows.count();
    int[] at = rows.at();
    if (descending) {
      for (int i = 0; i < count; i++) {
        int row = at == null ? i : at[i];
        if (!(Memory.getDouble(data + 8L * row) < bound)) {
          out[n++] = row;
        }
      }
    } else {
      for (int i = 0; i < count; i++) {
        int row = at == null ? i : at[i];
        if (Memory.getDouble(data + 8L * row) <= bound) {
          out[n++] = row;
        }
      }
    }
    return n;
  }

  private int longsUpTo(long bound, long data, Rows rows, int[] out) {
    long flip = descending ? -1 : 0;
    int n = 0;
    int count = rows.count();
    int[] at = rows.at();
    for (int i = 0; i < count; i++) {
      int row = at == null ? i : at[i];
      if ((Memory.getLong(data + 8L * row) ^ flip) <= bound) {
        out[n++] = row;
      }
    }
    return n;
  }

  private int intsUpTo(long bound, long data, Rows rows, int[] out) {
    long flip = descending ? -1 : 0;
    int n = 0;
    int count = rows.count();
    int[] at = rows.at();
    for (int i = 0; i < count; i++) {
      int row = at == null ? i : at[i];
      if ((Memory.getInt(data + 4L * row) ^ flip) <= bound) {
        out[n++] = row;
      }
    }
    return n;
  }

  /** A prefix that none of some values is below. */
  long least(Optional<ChunkStats> known) {
    if (known.isEmpty() || labelRanks.length > 0) {
      return Long.MIN_VALUE;
    }
    ChunkStats stats = known.get();
    if (stats.nulls() > 0 && nullsFirst) {
      return Long.MIN_VALUE;
    }
    if (stats.nulls() == stats.rows()) {
      return Long.MAX_VALUE;
    }
    long rising;
    if (type.dtype().isFloat()) {
      OptionalDouble end = descending ? stats.maxDouble() : stats.minDouble();
      if (end.isEmpty()) {
        return Long.MIN_VALUE;
      }
      rising = bits(Double.doubleToLongBits(end.getAsDouble() + 0.0));
    } else {
      OptionalLong end = descending ? stats.maxLong() : stats.minLong();
      if (end.isEmpty()) {
        return Long.MIN_VALUE;
      }
      rising = end.getAsLong();
    }
    return descending ? ~rising : rising;
  }

  /** Bits of a double as a number in the order of doubles, and back. */
  private static long bits(long bits) {
    return bits ^ bits >> 63 & Long.MAX_VALUE;
  }

  private long rising(Vector vector, int row) {
    if (labelRanks.length > 0) {
      return labelRanks[(int) vector.longAt(row)];
    }
    return switch (type.dtype()) {
      case UTF8, BYTES, UUID -> firstBytes(vector.addressAt(row), vector.lengthAt(row));
      case DECIMAL -> Memory.getLong(vector.addressAt(row) + 8);
      case FLOAT16, FLOAT32, FLOAT64 -> {
        yield bits(Double.doubleToLongBits(vector.doubleAt(row) + 0.0));
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
