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
