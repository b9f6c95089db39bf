package io.versor.columnar;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    int length = Math.subtractExact(bounds.at(row + 1), bounds.at(row));
    if (length < 0 || bounds.at(row) < 0) {
      throw damaged("a list from " + bounds.at(row) + " to " + bounds.at(row + 1));
    }
    return length;
  }

  private TensorValue tensor(int row, Dtype dtype) throws StoreException {
    int[] shape = new int[0];
    int from = row;
    int count = 1;
    Cells level = this;
    while (level instanceof ListCells lists && count > 0) {
      int length = lists.sameLength(from, count);
      shape = Arrays.copyOf(shape, shape.length + 1);
      shape[shape.length - 1] = length;
      from = lists.bounds.at(from);
      count = Math.multiplyExact(count, length);
      level = lists.elements;
    }
    if (count == 0) {
      return new TensorValue(dtype, shape, leaf(this).flat(0, 0));
    }
    for (int i = 0; i < count; i++) {
      if (level.isNull(from + i)) {
        throw new StoreException(
            Code.INVALID_VALUE, "element " + (i + 1) + " of the list is NULL; a tensor has none");
      }
    }
    return new TensorValue(dtype, shape, level.flat(from, count));
  }

  private static Cells leaf(ListCells lists) {
    return lists.elements instanceof ListCells inner ? leaf(inner) : lists.elements;
  }

  private int sameLength(int from, int count) throws StoreException {
    int length = extent(from);
    for (int i = from; i < from + count; i++) {
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
