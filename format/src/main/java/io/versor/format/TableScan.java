package io.versor.format;

import io.versor.format.chunk.Bound;
import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkTree;
import io.versor.format.tree.ColumnReader;
import io.versor.format.tree.RowRun;
import io.versor.format.tree.RowTree;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Batches of a table in slot order. A column is decoded when it is asked for, and not before.
 *
 * <p>Used by one thread. Vectors are borrowed: they end with the next call of {@link #next} or
 * {@link #close}.
 */
public final class TableScan implements AutoCloseable {
  private static final TensorType INT64 = TensorType.scalar(Dtype.INT64);

  private final RowTree rows;
  private final List<ColumnReader> readers;
  private final List<Prune> prunes;
  private final @Nullable Vector[] columns;
  private final boolean[] partial;
  private final BufferAllocator allocator;

  /** Of the batch, if they were asked for. */
  private @Nullable VectorBuffer rowIds;

  private @Nullable VectorBuffer indexes;
  private final int batchRows;
  private final long end;

  /** Slots of the rows asked for by id, ascending; null = not asked for by id. */
  private final long @Nullable [] wanted;

  private int nextWanted;
  private long nextSlot;

  private long start;
  private int length;
  private int selected;
  private int[] selection = {};
  private boolean all;
  private List<RowTree.LocatedRun> runs = List.of();

  /** Those of the last window. */
  private List<RowTree.LocatedRun> previous = List.of();

  /** A column whose statistics tell which slots cannot match. */
  private record Prune(ColumnReader reader, Bound bound) {}

  private TableScan(
      RowTree rows,
      List<ColumnReader> readers,
      List<Prune> prunes,
      long from,
      long to,
      long @Nullable [] wanted,
      int batchRows,
      BufferAllocator allocator) {
    this.rows = rows;
    this.readers = readers;
    this.prunes = prunes;
    this.columns = new Vector[readers.size()];
    this.partial = new boolean[readers.size()];
    this.allocator = allocator;
    this.nextSlot = from;
    this.end = to;
    this.wanted = wanted;
    this.batchRows = batchRows;
  }

  static TableScan open(Core core, TableState table, ScanRequest request, BufferAllocator allocator)
      throws StoreException {
    RowTree rows = table.rows();
    long from = Math.max(0, request.fromSlot());
    long to = Math.min(rows.slots(), request.toSlot());
    if (request.indexes().isPresent()) {
      ScanRequest.IndexRange range = request.indexes().get();
      long first = Math.max(0, range.from());
      long last = Math.min(rows.rowCount(), range.to());
      if (first >= last) {
        to = from;
      } else {
        long start = rows.slotOfIndex(first);
        long end = last - first == 1 ? start : rows.slotOfIndex(last - 1);
        from = Math.max(from, start);
        to = Math.min(to, end + 1);
      }
    }
    List<ColumnReader> readers = new ArrayList<>();
    List<Prune> prunes = new ArrayList<>();
    try {
      for (long columnId : request.columnIds()) {
        readers.add(reader(core, table, columnId, allocator));
      }
      for (Bound bound : request.bounds()) {
        if (table.columns().containsKey(bound.columnId())) {
          prunes.add(new Prune(reader(core, table, bound.columnId(), allocator), bound));
        }
      }
    } catch (StoreException | RuntimeException e) {
      readers.forEach(ColumnReader::close);
      prunes.forEach(prune -> prune.reader().close());
      throw e;
    }
    long[] wanted =
        request.rowIds().isPresent() ? slots(rows, request.rowIds().get(), from, to) : null;
    return new TableScan(rows, readers, prunes, from, to, wanted, request.batchRows(), allocator);
  }

  /**
   * The slots in which a request may find rows, as far as statistics tell, cut at multiples of
   * {@code width}. Row ids are not looked at.
   */
  static List<SlotRange> pieces(
      Core core, TableState table, ScanRequest request, long width, BufferAllocator allocator)
      throws StoreException {
    List<SlotRange> pieces = new ArrayList<>();
    try (TableScan scan = open(core, table, request.withColumns(List.of()), allocator)) {
      long slot = scan.pruned(scan.nextSlot);
      while (slot < scan.end) {
        long end = Math.min(scan.end, (slot / width + 1) * width);
        pieces.add(new SlotRange(slot, end));
        slot = scan.pruned(end);
      }
    }
    return pieces;
  }

  /** The slots of a scan's batches, ascending; those that follow each other are one range. */
  static List<SlotRange> ranges(
      Core core, TableState table, ScanRequest request, BufferAllocator allocator)
      throws StoreException {
    List<SlotRange> ranges = new ArrayList<>();
    try (TableScan scan = open(core, table, request.withColumns(List.of()), allocator)) {
      while (scan.next()) {
        int last = ranges.size() - 1;
        long end = scan.start + scan.length;
        if (last >= 0 && ranges.get(last).to() == scan.start) {
          ranges.set(last, new SlotRange(ranges.get(last).from(), end));
        } else {
          ranges.add(new SlotRange(scan.start, end));
        }
      }
    }
    return ranges;
  }

  private static ColumnReader reader(
      Core core, TableState table, long columnId, BufferAllocator allocator) throws StoreException {
    Column column =
        table
            .schema()
            .findColumn(columnId)
            .orElseThrow(() -> TableSnapshot.noSuchColumn(table, columnId));
    ChunkTree samples = table.columns().get(columnId);
    return new ColumnReader(samples, column.type(), core.chunks, allocator);
  }

  private static long[] slots(RowTree rows, long[] rowIds, long from, long to)
      throws StoreException {
    long[] slots = new long[rowIds.length];
    int n = 0;
    for (long rowId : rowIds) {
      OptionalLong slot = rows.findLiveSlot(rowId);
      if (slot.isPresent() && slot.getAsLong() >= from && slot.getAsLong() < to) {
        slots[n++] = slot.getAsLong();
      }
    }
    return n > 1
        ? Arrays.stream(slots, 0, n).sorted().distinct().toArray()
        : Arrays.copyOf(slots, n);
  }

  /** Goes to the next batch that has a row; false at the end. */
  public boolean next() throws StoreException {
    while (true) {
      Arrays.fill(columns, null);
      clear(rowIds);
      clear(indexes);
      runs = List.of();
      if (wanted != null ? !nextWantedWindow() : !nextWindow()) {
        length = 0;
        selected = 0;
        return false;
      }
      if (selected > 0) {
        return true;
      }
    }
  }

  private boolean nextWindow() throws StoreException {
    nextSlot = pruned(nextSlot);
    if (nextSlot >= end) {
      return false;
    }
    start = nextSlot;
    // Windows keep to multiples of the batch size, so that bitmaps are cut at whole bytes.
    long boundary = (start / batchRows + 1) * batchRows;
    length = (int) (Math.min(boundary, end) - start);
    for (int i = 0; i < readers.size() && length > 1; i++) {
      ColumnReader reader = readers.get(i);
      length = (int) (reader.end(start, length) - start);
    }
    nextSlot = start + length;
    select();
    return true;
  }

  /** The first slot from here on that may match all bounds. */
  private long pruned(long from) throws StoreException {
    long slot = from;
    boolean moved = true;
    while (moved && slot < end) {
      moved = false;
      for (Prune prune : prunes) {
        long next = prune.reader().prune(prune.bound(), slot);
        moved |= next > slot;
        slot = Math.max(slot, next);
      }
    }
    return slot;
  }

  /** The runs of the window; as a rule the one of the window before. */
  private List<RowTree.LocatedRun> runs() throws StoreException {
    if (previous.size() != 1 || !previous.get(0).covers(start, start + length)) {
      previous = rows.runs(start, start + length);
    }
    return previous;
  }

  private void select() throws StoreException {
    runs = runs();
    all = true;
    for (RowTree.LocatedRun located : runs) {
      all &= located.run().deleted() == null;
    }
    selected = length;
    if (all) {
      return;
    }
    selected = 0;
    select(length);
    for (RowTree.LocatedRun located : runs) {
      RowRun run = located.run();
      int from = (int) Math.max(0, start - located.start());
      int to = (int) Math.min(run.count(), start + length - located.start());
      for (int slot = from; slot < to; slot++) {
        if (!run.isDeleted(slot)) {
          selection[selected++] = (int) (located.start() + slot - start);
        }
      }
    }
    all = selected == length;
  }

  /** Makes room: small scans, and those of tables without deleted rows, need next to nothing. */
  private void select(int most) {
    if (selection.length < most) {
      selection = new int[most];
    }
  }

  private boolean nextWantedWindow() throws StoreException {
    long[] slots = java.util.Objects.requireNonNull(wanted);
    if (nextWanted == slots.length) {
      return false;
    }
    start = slots[nextWanted];
    selected = 0;
    select(Math.min(batchRows, slots.length));
    while (nextWanted < slots.length && slots[nextWanted] < start + batchRows) {
      selection[selected++] = (int) (slots[nextWanted++] - start);
    }
    length = selection[selected - 1] + 1;
    all = selected == length;
    runs = rows.runs(start, start + length);
    return true;
  }

  /** Rows of the batch, those that were not asked for too. */
  public int length() {
    return length;
  }

  /** Rows that were asked for and are not deleted. */
  public int selected() {
    return selected;
  }

  /**
   * Where they are in the batch, ascending; null = everywhere. Only the first {@link #selected}
   * numbers count.
   */
  public int @Nullable [] selection() {
    return all ? null : selection;
  }

  /** A column of the request; rows that are not selected may hold anything. */
  public Vector column(int i) throws StoreException {
    Vector known = columns[i];
    if (known != null && !partial[i]) {
      return known;
    }
    Vector read =
        all
            ? readers.get(i).window(start, length)
            : readers.get(i).window(start, length, selection, selected);
    columns[i] = read;
    partial[i] = false;
    return read;
  }

  /** As {@link #column(int)}, but only these rows of the batch are sure to be there. */
  public Vector column(int i, int[] rowsOfBatch, int count) throws StoreException {
    Vector known = columns[i];
    if (known != null && !partial[i]) {
      return known;
    }
    Vector read =
        count == length
            ? readers.get(i).window(start, length)
            : readers.get(i).window(start, length, rowsOfBatch, count);
    columns[i] = read;
    partial[i] = count < length;
    return read;
  }

  /** Row ids as INT64, of deleted rows too. */
  public Vector rowIds() throws StoreException {
    VectorBuffer out = rowIds == null ? new VectorBuffer(INT64, allocator) : rowIds;
    rowIds = out;
    if (out.rows() == 0) {
      for (RowTree.LocatedRun located : runs) {
        int from = (int) Math.max(0, start - located.start());
        int to = (int) Math.min(located.run().count(), start + length - located.start());
        for (int slot = from; slot < to; slot++) {
          out.appendLong(located.run().firstRowId() + slot);
        }
      }
    }
    return out.vector();
  }

  /** Positions in the table as INT64; those of deleted rows mean nothing. */
  public Vector indexes() throws StoreException {
    VectorBuffer out = indexes == null ? new VectorBuffer(INT64, allocator) : indexes;
    indexes = out;
    if (out.rows() == 0) {
      for (RowTree.LocatedRun located : runs) {
        RowRun run = located.run();
        int from = (int) Math.max(0, start - located.start());
        int to = (int) Math.min(run.count(), start + length - located.start());
        long index = located.indexOfSlot(located.start() + from);
        for (int slot = from; slot < to; slot++) {
          out.appendLong(index);
          index += run.isDeleted(slot) ? 0 : 1;
        }
      }
    }
    return out.vector();
  }

  private static void clear(@Nullable VectorBuffer buffer) {
    if (buffer != null) {
      buffer.clear();
    }
  }

  @Override
  public void close() {
    readers.forEach(ColumnReader::close);
    prunes.forEach(prune -> prune.reader().close());
    if (rowIds != null) {
      rowIds.close();
    }
    if (indexes != null) {
      indexes.close();
    }
  }
}
