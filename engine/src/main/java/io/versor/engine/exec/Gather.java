package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * Makes vectors of rows of another vector, in any order and as often as one likes. Texts and bytes
 * are not copied: their rows become codes, and the other vector the dictionary, which is the same
 * as long as the other vector is.
 */
final class Gather implements AutoCloseable {
  private final VectorBuffer samples;
  private final VectorBuffer codes;
  private final boolean coded;
  private @Nullable Vector seen;
  private @Nullable Vector dictionary;

  Gather(TensorType type, ExecContext context) {
    this.samples = new VectorBuffer(type, context.allocator());
    this.codes = new VectorBuffer(TensorType.scalar(Dtype.INT32), context.allocator());
    this.coded =
        type.layout() == Layout.VARIABLE && type.storedRank() == 0 && type.element().isEmpty();
  }

  /** Nothing but NULLs. */
  Vector nulls(int length) throws StoreException {
    samples.clear();
    samples.appendNulls(length);
    return samples.vector();
  }

  /**
   * Valid until the next call, or until the source ends.
   *
   * @param from rows of the source; negative for NULL
   * @param at where they go, ascending; null for one after the other
   * @param length of the result; rows that nothing goes to hold anything
   */
  Vector rows(Vector source, int[] from, int @Nullable [] at, int n, int length)
      throws StoreException {
    if (source.length() == 0) {
      return nulls(length);
    }
    if (coded) {
      return coded(source, from, at, n, length);
    }
    samples.clear();
    if (samples.type().layout() == Layout.VARIABLE) {
      append(source, from, at, n, length);
    } else {
      copy(source, samples.type().width(), from, at, n, samples.appendUnfilled(length));
      setNulls(samples, source, from, at, n);
    }
    return samples.vector();
  }

  private Vector coded(Vector source, int[] from, int @Nullable [] at, int n, int length)
      throws StoreException {
    codes.clear();
    long to = codes.appendUnfilled(length);
    Vector given = source.dictionary();
    for (int i = 0; i < n; i++) {
      int row = Math.max(from[i], 0);
      int code = given == null ? row : Memory.getInt(source.data() + 4L * row);
      Memory.putInt(to + 4L * (at == null ? i : at[i]), code);
    }
    setNulls(codes, source, from, at, n);
    Vector numbers = codes.vector();
    Vector texts = given == null ? withoutNulls(source) : given;
    return Vector.coded(length, numbers.validity(), numbers.data(), texts, this);
  }

  /** A dictionary has no NULLs: those of the source are empty here, and no code means them. */
  private Vector withoutNulls(Vector source) {
    Vector known = dictionary;
    if (known == null || seen != source) {
      known =
          source.validity() == 0
              ? source
              : Vector.variable(
                  source.type(),
                  source.length(),
                  0,
                  source.data(),
                  source.offsets(),
                  source.shapes(),
                  source);
      seen = source;
      dictionary = known;
    }
    return known;
  }

  private static void copy(
      Vector source, int width, int[] from, int @Nullable [] at, int n, long to) {
    long data = source.data();
    switch (width) {
      case 1 -> {
        for (int i = 0; i < n; i++) {
          byte value = Memory.getByte(data + Math.max(from[i], 0));
          Memory.putByte(to + (at == null ? i : at[i]), value);
        }
      }
      case 4 -> {
        for (int i = 0; i < n; i++) {
          int value = Memory.getInt(data + 4L * Math.max(from[i], 0));
          Memory.putInt(to + 4L * (at == null ? i : at[i]), value);
        }
      }
      case 8 -> {
        for (int i = 0; i < n; i++) {
          long value = Memory.getLong(data + 8L * Math.max(from[i], 0));
          Memory.putLong(to + 8L * (at == null ? i : at[i]), value);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          long row = Math.max(from[i], 0);
          Memory.copy(data + width * row, to + (long) width * (at == null ? i : at[i]), width);
        }
      }
    }
  }

  private static void setNulls(
      VectorBuffer to, Vector source, int[] from, int @Nullable [] at, int n)
      throws StoreException {
    long validity = source.validity();
    for (int i = 0; i < n; i++) {
      if (from[i] < 0 || validity != 0 && !Rows.isValid(validity, from[i])) {
        to.setNull(at == null ? i : at[i]);
      }
    }
  }

  /** Samples that differ in length and shape. */
  private void append(Vector source, int[] from, int @Nullable [] at, int n, int length)
      throws StoreException {
    int next = 0;
    for (int i = 0; i < n; i++) {
      int row = at == null ? i : at[i];
      if (row > next) {
        samples.appendNulls(row - next);
      }
      if (from[i] < 0) {
        samples.appendNull();
      } else {
        samples.append(source, from[i], 1);
      }
      next = row + 1;
    }
    if (length > next) {
      samples.appendNulls(length - next);
    }
  }

  @Override
  public void close() {
    seen = null;
    dictionary = null;
    samples.close();
    codes.close();
  }
}
