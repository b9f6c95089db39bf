package io.versor.columnar;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists; lists of numbers, and of lists of them that have one length, are tensors. */
public final class ListCells extends Cells {
  /** Elements of one value that is a nested list: each is an object. */
  private static final int MAX_LISTED = 1 << 24;

  private final Cells elements;
  private final Bounds bounds;

  public ListCells(Cells elements, Bounds bounds, @Nullable ByteBuffer valid) {
    super(valid);
    this.elements = elements;
    this.bounds = bounds;
  }

  @Override
  protected Object value(int row) throws StoreException {
    Optional<Dtype> dtype = innermost();
    return dtype.isPresent() ? tensor(row, dtype.get()) : list(row);
  }

  private Optional<Dtype> innermost() {
    return elements instanceof ListCells inner ? inner.innermost() : elements.dtype();
  }

  /** What all lists have, one after the other. */
  Cells elements() {
    return elements;
  }

  /** The place of a list's first element. */
  int start(int row) throws StoreException {
    return bounds.at(row);
  }

  /**
   * Elements of a list that is taken apart.
   *
   * @throws StoreException {@code LIMIT} for more than are taken
   */
  int length(int row) throws StoreException {
    int length = extent(row);
    if (length > MAX_LISTED) {
      throw new StoreException(
          Code.LIMIT, "a list of " + length + " elements, at most " + MAX_LISTED + " are taken");
    }
    return length;
  }

  private int extent(int row) throws StoreException {
    int length = Math.subtractExact(bounds.end(row), bounds.at(row));
    if (length < 0 || bounds.at(row) < 0) {
      throw damaged("a list from " + bounds.at(row) + " to " + bounds.end(row));
    }
    return length;
  }

  private TensorValue tensor(int row, Dtype dtype) throws StoreException {
    int[] shape = new int[0];
    Rows rows = new Rows(row, 1, null);
    Cells level = this;
    while (level instanceof ListCells lists && rows.count() > 0) {
      int length = lists.sameLength(rows);
      shape = Arrays.copyOf(shape, shape.length + 1);
      shape[shape.length - 1] = length;
      rows = lists.elements(rows, length);
      level = lists.elements;
    }
    if (rows.count() == 0) {
      return new TensorValue(dtype, shape, leaf(this).flat(0, 0));
    }
    for (int i = 0; i < rows.count(); i++) {
      if (level.isNull(rows.at(i))) {
        throw new StoreException(
            Code.INVALID_VALUE, "element " + (i + 1) + " of the list is NULL; a tensor has none");
      }
    }
    return new TensorValue(dtype, shape, rows.flat(level));
  }

  /**
   * Some rows of a level, one after the other from the first, or wherever they lie.
   *
   * @param scattered null if they follow each other
   */
  private record Rows(int first, int count, int @Nullable [] scattered) {
    int at(int i) {
      return scattered == null ? first + i : scattered[i];
    }

    Object flat(Cells numbers) {
      if (scattered == null) {
        return numbers.flat(first, count);
      }
      Object all = null;
      for (int i = 0; i < count; i++) {
        Object one = numbers.flat(scattered[i], 1);
        if (all == null) {
          all = Array.newInstance(one.getClass().getComponentType(), count);
        }
        System.arraycopy(one, 0, all, i, 1);
      }
      return Objects.requireNonNull(all, "no rows");
    }
  }

  /** Elements of lists of one length; those of views need not follow each other. */
  private Rows elements(Rows rows, int length) throws StoreException {
    int count = Math.multiplyExact(rows.count(), length);
    int first = bounds.at(rows.at(0));
    boolean follow = true;
    for (int i = 1; follow && i < rows.count(); i++) {
      follow = bounds.at(rows.at(i)) == first + i * length;
    }
    if (follow) {
      return new Rows(first, count, null);
    }
    if (count > MAX_LISTED) {
      throw new StoreException(
          Code.LIMIT,
          count + " elements of lists in any order, at most " + MAX_LISTED + " are taken");
    }
    int[] scattered = new int[count];
    for (int i = 0; i < count; i++) {
      scattered[i] = Math.addExact(bounds.at(rows.at(i / length)), i % length);
    }
    return new Rows(0, count, scattered);
  }

  private static Cells leaf(ListCells lists) {
    return lists.elements instanceof ListCells inner ? leaf(inner) : lists.elements;
  }

  private int sameLength(Rows rows) throws StoreException {
    int length = extent(rows.at(0));
    for (int at = 0; at < rows.count(); at++) {
      int i = rows.at(at);
      if (isNull(i)) {
        throw new StoreException(
            Code.INVALID_VALUE, "a list in the list is NULL; a tensor has none");
      }
      if (extent(i) != length) {
        throw new StoreException(
            Code.INVALID_VALUE,
            "lists of "
                + length
                + " and "
                + extent(i)
                + " elements side by side; those of a tensor have one length");
      }
    }
    return length;
  }

  /** The elements, NULLs among them. */
  List<@Nullable Object> list(int row) throws StoreException {
    int length = length(row);
    List<@Nullable Object> list = new ArrayList<>();
    int start = bounds.at(row);
    for (int i = start; i < start + length; i++) {
      boolean inner = elements instanceof ListCells && !elements.isNull(i);
      list.add(inner ? ((ListCells) elements).list(i) : elements.at(i));
    }
    return list;
  }
}
