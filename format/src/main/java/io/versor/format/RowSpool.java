package io.versor.format;

import io.versor.format.chunk.ChunkWriter;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Purpose;
import io.versor.format.io.MemoryBudget;
import io.versor.format.pack.Packs;
import io.versor.format.record.Cells;
import io.versor.format.record.Record;
import io.versor.format.record.RowIds;
import io.versor.format.table.ChunkQueue;
import io.versor.format.table.PackSink;
import io.versor.format.tree.ChunkSizes;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a transaction's samples wait: few of them inside the frame to come, many in packs that are
 * forced before it. Rows appended in many small steps become one record. Used by one thread.
 */
final class RowSpool implements AutoCloseable {
  /** Samples of one frame up to here lie in the log; what comes on top goes to packs. */
  static final long INLINE_BYTES = 1 << 20;

  private final PackSink sink;
  private final ChunkQueue queue;
  private long inlineBytes;
  private @Nullable Rows rows;

  RowSpool(Packs packs, MemoryBudget memory) {
    this.sink = new PackSink(packs);
    this.queue = new ChunkQueue(sink, packs.background(), memory);
  }

  /** Rows of one table that wait to become a record. */
  private static final class Rows {
    private final TableSchema schema;
    private final long firstRowId;
    private final List<Samples> columns = new ArrayList<>();
    private long count;
    private long bytes;
    private boolean packed;

    Rows(TableSchema schema, long firstRowId) {
      this.schema = schema;
      this.firstRowId = firstRowId;
      for (Column column : schema.columns()) {
        columns.add(new Samples(column));
      }
    }
  }

  /** Samples of one column: chunks on their way to a pack, and a tail in memory. */
  private static final class Samples {
    private final Column column;
    private final List<ChunkQueue.Entry> chunks = new ArrayList<>();
    private @Nullable HeapColumn only;
    private @Nullable ColumnBuilder tail;
    private long count;
    private long nulls;

    Samples(Column column) {
      this.column = column;
    }

    void add(HeapColumn more) throws StoreException {
      count += more.rows();
      nulls += more.nullCount();
      if (only == null && tail == null) {
        only = more;
        return;
      }
      if (tail == null) {
        tail = new ColumnBuilder(column.type());
        tail.append(only, 0, only.rows());
        only = null;
      }
      tail.append(more, 0, more.rows());
    }

    HeapColumn tail() {
      if (only != null) {
        return only;
      }
      return tail != null ? tail.column() : new ColumnBuilder(column.type()).column();
    }

    void clearTail() {
      only = null;
      tail = null;
    }
  }

  boolean isEmpty() {
    return rows == null;
  }

  /** Whether rows from {@code firstRowId} on can join those that wait. */
  boolean continues(long tableId, long firstRowId) {
    return rows != null
        && rows.schema.id() == tableId
        && rows.firstRowId + rows.count == firstRowId;
  }

  void append(TableSchema schema, long firstRowId, List<HeapColumn> columns) throws StoreException {
    Rows waiting = rows;
    if (waiting == null) {
      waiting = new Rows(schema, firstRowId);
    }
    for (int i = 0; i < columns.size(); i++) {
      waiting.columns.get(i).add(columns.get(i));
      waiting.bytes += columns.get(i).bytes();
    }
    waiting.count += columns.get(0).rows();
    rows = waiting;
    if (waiting.packed || inlineBytes + waiting.bytes > INLINE_BYTES) {
      waiting.packed = true;
      for (Samples samples : waiting.columns) {
        if (ChunkSizes.isFull(samples.tail())) {
          store(samples, true);
        }
      }
    }
  }

  /** Puts the tail in the pack; with {@code fullOnly}, leaves what would be a small chunk. */
  private void store(Samples samples, boolean fullOnly) throws StoreException {
    HeapColumn tail = samples.tail();
    int done = 0;
    while (done < tail.rows()) {
      int count = ChunkSizes.rowsOfChunk(tail, done);
      if (fullOnly && done + count == tail.rows() && done > 0) {
        break;
      }
      samples.chunks.add(queue.add(tail, done, count));
      done += count;
    }
    samples.clearTail();
    if (done < tail.rows()) {
      ColumnBuilder rest = new ColumnBuilder(samples.column.type());
      rest.append(tail, done, tail.rows() - done);
      samples.tail = rest;
    }
  }

  private Cells packed(Samples samples) throws StoreException {
    store(samples, false);
    List<Cells.Slice> slices = new ArrayList<>();
    for (ChunkQueue.Entry chunk : samples.chunks) {
      slices.add(queue.settled(chunk));
    }
    return new Cells.Packed(slices);
  }

  /** The rows that wait, as a record; if this fails, they go on waiting. */
  Optional<Record> flush() throws StoreException {
    Rows done = rows;
    if (done == null) {
      return Optional.empty();
    }
    for (Samples samples : done.columns) {
      if (done.packed && samples.nulls < samples.count) {
        store(samples, false); // all of them, before one is waited for
      }
    }
    List<Record.ColumnCells> cells = new ArrayList<>();
    for (Samples samples : done.columns) {
      if (samples.nulls == samples.count) {
        continue; // a column that is not named is NULL
      }
      Cells each = done.packed ? packed(samples) : inline(samples.tail());
      cells.add(new Record.ColumnCells(samples.column.id(), each));
    }
    rows = null;
    return Optional.of(
        new Record.RowsAppended(done.schema.id(), RowIds.run(done.firstRowId, done.count), cells));
  }

  private Cells inline(HeapColumn column) throws StoreException {
    byte[] chunk = ChunkWriter.encode(column, 0, column.rows(), Purpose.LOG);
    inlineBytes += chunk.length;
    return new Cells.Inline(chunk, column.rows());
  }

  /** A record that replaces the cells of rows. */
  Record patched(long tableId, RowIds rowIds, Column column, HeapColumn values)
      throws StoreException {
    Cells cells;
    if (values.nullCount() == values.rows()) {
      cells = new Cells.Nulls(values.rows());
    } else if (inlineBytes + values.bytes() <= INLINE_BYTES) {
      cells = inline(values);
    } else {
      Samples samples = new Samples(column);
      samples.add(values);
      cells = packed(samples);
    }
    return new Record.CellsPatched(tableId, rowIds, new Record.ColumnCells(column.id(), cells));
  }

  /** A record that gives rows the same sample. */
  Record filled(long tableId, RowIds rowIds, Column column, HeapColumn sample)
      throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(column.type());
    for (long i = 0, n = Math.min(rowIds.count(), ChunkSizes.MAX_ROWS); i < n; i++) {
      builder.append(sample, 0, 1);
    }
    HeapColumn block = builder.column();
    if (block.rows() == rowIds.count()) {
      return patched(tableId, rowIds, column, block);
    }
    Cells.Slice whole = queue.settled(queue.add(block, 0, block.rows()));
    List<Cells.Slice> slices = new ArrayList<>();
    for (long left = rowIds.count(); left > 0; left -= block.rows()) {
      slices.add(
          new Cells.Slice(
              whole.address(),
              whole.rows(),
              whole.bytes(),
              0,
              Math.min(left, block.rows()),
              whole.hash(),
              whole.stats()));
    }
    return new Record.CellsPatched(
        tableId, rowIds, new Record.ColumnCells(column.id(), new Cells.Packed(slices)));
  }

  /** Forgets the rows that wait. */
  void discard() {
    queue.discard();
    rows = null;
  }

  /** Forces the packs that records name. */
  void finish() throws StoreException {
    sink.finish();
  }

  @Override
  public void close() throws StoreException {
    queue.discard();
    sink.close();
  }
}
