package io.versor.engine.system;

import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.FieldScan;
import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** A scan whose batches are put together in buffers of its own, one for each field asked for. */
abstract class BufferedScan implements FieldScan {
  /** Positions of the fields asked for. */
  final List<Integer> asked;

  /** For each of them, the samples of the present batch. */
  final List<VectorBuffer> buffers = new ArrayList<>();

  /** Rows of the present batch. */
  int length;

  /**
   * @param fields all of the table
   */
  BufferedScan(List<Field> fields, List<Integer> asked, BufferAllocator allocator) {
    this.asked = asked;
    for (int field : asked) {
      buffers.add(new VectorBuffer(fields.get(field).type(), allocator));
    }
  }

  final void clear() {
    buffers.forEach(VectorBuffer::clear);
    length = 0;
  }

  @Override
  public final int length() {
    return length;
  }

  @Override
  public final int selected() {
    return length;
  }

  @Override
  public final int @Nullable [] selection() {
    return null;
  }

  @Override
  public Vector field(int i) throws StoreException {
    return buffers.get(i).vector();
  }

  @Override
  public Vector field(int i, int[] rows, int count) throws StoreException {
    return field(i);
  }

  @Override
  public final void close() {
    buffers.forEach(VectorBuffer::close);
  }
}
