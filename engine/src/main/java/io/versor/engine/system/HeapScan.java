package io.versor.engine.system;

import io.versor.engine.catalog.Field;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.StoreException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** A scan of rows that are on the heap. */
public final class HeapScan extends BufferedScan {
  /** Rows of one batch. */
  private static final int BATCH_ROWS = 2_048;

  private final List<HeapColumn> samples;
  private final int rows;
  private int from;

  /**
   * @param fields all of the table
   * @param samples of each field that is asked for
   */
  public HeapScan(
      List<Field> fields,
      List<Integer> asked,
      List<HeapColumn> samples,
      int rows,
      BufferAllocator allocator) {
    super(fields, asked, allocator);
    this.samples = samples;
    this.rows = rows;
  }

  @Override
  public boolean next() throws StoreException {
    from += length;
    length = Math.min(BATCH_ROWS, rows - from);
    for (int i = 0; i < buffers.size(); i++) {
      buffers.get(i).clear();
      if (length > 0) {
        buffers.get(i).append(samples.get(i), from, length);
      }
    }
    return length > 0;
  }
}
