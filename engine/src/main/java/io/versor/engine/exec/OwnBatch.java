package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch in memory of its own, every row of which counts. */
final class OwnBatch implements Batch, AutoCloseable {
  /** Rows that are copied without asking whether to go on: less than a millisecond. */
  private static final int ROWS_PER_CHECK = 4_096;

  private final List<VectorBuffer> columns = new ArrayList<>();
  private int rows;

  OwnBatch(List<TensorType> types, ExecContext context) {
    for (TensorType type : types) {
      columns.add(new VectorBuffer(type, context.allocator()));
    }
  }

  /** To append to; then {@link #rows(int)}. */
  List<VectorBuffer> columns() {
    return columns;
  }

  /** Copies rows behind those that are here, such as follow each other at once. */
  void append(Rows more) throws StoreException {
    int n = more.count();
    for (int c = 0; c < columns.size(); c++) {
      Vector vector = more.column(c);
      for (int i = 0; i < n; ) {
        int end = i + 1;
        while (end < n && more.at(end) == more.at(end - 1) + 1) {
          end++;
        }
        columns.get(c).append(vector, more.at(i), end - i);
        i = end;
      }
    }
    rows = Math.addExact(rows, n);
  }

  /**
   * Copies rows of columns that lie in memory, in an order of their own, in place of those here.
   */
  void gather(OwnBatch from, int[] order, int start, int n, ExecContext context)
      throws StoreException {
    clear();
    for (int c = 0; c < columns.size(); c++) {
      Vector vector = from.column(c);
      VectorBuffer column = columns.get(c);
      for (int i = start; i < start + n; i++) {
        if (i % ROWS_PER_CHECK == 0) {
          context.check();
        }
        column.append(vector, order[i]);
      }
    }
    rows = n;
  }

  /** What the rows take, without the room that is free. */
  long bytes() {
    long bytes = 0;
    for (VectorBuffer column : columns) {
      bytes += column.bytes();
    }
    return bytes;
  }

  /** What it takes, or will take soon: see {@link VectorBuffer#memoryBytes}. */
  long memoryBytes() {
    long bytes = 0;
    for (VectorBuffer column : columns) {
      bytes += column.memoryBytes();
    }
    return bytes;
  }

  void clear() {
    columns.forEach(VectorBuffer::clear);
    rows = 0;
  }

  void rows(int count) {
    rows = count;
  }

  @Override
  public int length() {
    return rows;
  }

  @Override
  public int selected() {
    return rows;
  }

  @Override
  public int @Nullable [] selection() {
    return null;
  }

  @Override
  public Vector column(int i) throws StoreException {
    return columns.get(i).vector();
  }

  @Override
  public Vector column(int i, int[] positions, int count) throws StoreException {
    return column(i);
  }

  @Override
  public void close() {
    columns.forEach(VectorBuffer::close);
  }
}
