package io.versor.format.type;

import io.versor.format.type.StoreException.Code;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * Extents of a sample, outermost first; {@link #RAGGED} where each sample has its own. No extents:
 * a scalar.
 */
public record Shape(List<Integer> extents) {
  /** An extent that differs from sample to sample. */
  public static final int RAGGED = -1;

  /** As many as numpy allows. */
  public static final int MAX_RANK = 32;

  /** Elements of one sample: at one byte each, as much as one Java array can hold. */
  public static final long MAX_ELEMENTS = 1L << 30;

  /** A single number, text or byte string. */
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    extents = List.copyOf(extents);
    if (extents.size() > MAX_RANK) {
      throw new InvalidTypeException(
          Code.LIMIT, "a shape has " + extents.size() + " extents, at most 32 expected");
    }
    long elements = 1;
    for (int extent : extents) {
      if (extent != RAGGED && extent < 1) {
        throw new InvalidTypeException(
            Code.INVALID_VALUE, "extent " + extent + " of a shape, expected 1 or more, or *");
      }
      elements = extent == RAGGED ? elements : elements * extent;
      if (elements > MAX_ELEMENTS) {
        throw new InvalidTypeException(
            Code.LIMIT,
            "shape " + text(extents) + " has more than " + MAX_ELEMENTS + " elements; split it");
      }
    }
  }

  /** Of these extents; {@link #RAGGED} for {@code *}. */
  public static Shape of(int... extents) {
    return new Shape(Arrays.stream(extents).boxed().toList());
  }

  public int rank() {
    return extents.size();
  }

  public int extent(int dimension) {
    return extents.get(dimension);
  }

  /** Whether all samples have the same extents. */
  public boolean isFixed() {
    for (int i = 0; i < extents.size(); i++) { // asked for each row: without an iterator
      if (extents.get(i) == RAGGED) {
        return false;
      }
    }
    return true;
  }

  /** Elements of one sample of a fixed shape. */
  public int elements() {
    int elements = 1;
    for (int i = 0; i < extents.size(); i++) { // of every column made: without an iterator
      int extent = extents.get(i);
      if (extent == RAGGED) {
        throw new IllegalStateException("shape " + this + " differs from sample to sample");
      }
      elements *= extent;
    }
    return elements;
  }

  /** Whether a sample of these extents is one of this shape. */
  public boolean admits(int[] sample) {
    if (sample.length != rank()) {
      return false;
    }
    for (int i = 0; i < sample.length; i++) {
      int extent = extents.get(i);
      if (sample[i] < 0 || (extent != RAGGED && extent != sample[i])) {
        return false;
      }
    }
    return true;
  }

  /** As it is written in SQL: {@code [*, *, 3]}. */
  @Override
  public String toString() {
    return text(extents);
  }

  private static String text(List<Integer> extents) {
    StringJoiner text = new StringJoiner(", ", "[", "]");
    for (int extent : extents) {
      text.add(extent == RAGGED ? "*" : Integer.toString(extent));
    }
    return text.toString();
  }
}
