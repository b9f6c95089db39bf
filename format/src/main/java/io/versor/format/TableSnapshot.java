package io.versor.format;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.key.KeyBytes;
import io.versor.format.key.KeyLookup;
import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkRef;
import io.versor.format.tree.ChunkTree;
import io.versor.format.type.Shape;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;

/** One table at one moment. Immutable and thread-safe. */
public final class TableSnapshot {
  private final Core core;
  private final TableState state;
  private final String display;

  /**
   * @param display the snapshot it is of, for messages
   */
  TableSnapshot(Core core, TableState state, String display) {
    this.core = core;
    this.state = state;
    this.display = display;
  }

  TableState state() {
    return state;
  }

  public TableSchema schema() {
    return state.schema();
  }

  /** Rows that are not deleted. */
  public long rowCount() {
    return state.rows().rowCount();
  }

  /** Slots, those of deleted rows too: what a scan can be divided by. */
  public long slots() {
    return state.rows().slots();
  }

  /**
   * Starts a scan. Caller closes.
   *
   * @param allocator for buffers that samples are put together in
   * @throws StoreException {@code NO_SUCH_COLUMN}
   */
  public TableScan openScan(ScanRequest request, BufferAllocator allocator) throws StoreException {
    return TableScan.open(core, state, request, allocator);
  }

  /**
   * Where a scan may find rows, as far as statistics tell, in pieces that can be scanned at the
   * same time: {@link ScanRequest#withSlots}.
   *
   * @param request its row ids are not looked at
   * @param slots of a piece, at most; pieces are cut at multiples of it
   */
  public List<SlotRange> pieces(ScanRequest request, long slots) throws StoreException {
    return TableScan.pieces(core, state, request, slots, core.allocator);
  }

  /** What a scan would read; costs a step for each batch and chunk, and reads no samples. */
  public ScanEstimate estimate(ScanRequest request) throws StoreException {
    return ScanEstimate.of(core, state, request);
  }

  /**
   * Statistics that hold for a column of all rows in some slots, and may hold for others too; empty
   * if nothing is known.
   */
  public Optional<ChunkStats> stats(long columnId, SlotRange slots) throws StoreException {
    ChunkTree samples = state.columns().get(columnId);
    return samples == null ? Optional.empty() : samples.stats(slots.from(), slots.to());
  }

  /**
   * Statistics of a column's samples in the rows that are there, and of no others; empty where they
   * are not known without reading.
   */
  public Optional<ChunkStats> exactStats(long columnId) throws StoreException {
    ChunkTree samples = state.columns().get(columnId);
    if (samples == null) {
      throw noSuchColumn(state, columnId);
    }
    return rowCount() == slots() ? samples.exactStats() : Optional.empty(); // deleted rows count
  }

  /**
   * Finds rows by a key. Caller closes. Empty if nothing tells quickly where they are: too many
   * rows came since the last checkpoint, or the table has no such key.
   *
   * @param key ids of its columns, in its order
   */
  Optional<KeyLookup> openLookup(List<Long> key) throws StoreException {
    return state.keys().open(key, state.keyed(core.chunks, core.allocator));
  }

  /**
   * The rows that have one of some keys, where that is quicker than to look through the table;
   * empty if it is not.
   *
   * @param key ids of its columns, in its order
   * @param values a column for each of the key's, and a row for each key wanted; NULL is equal to
   *     nothing
   * @return row ids, in any order
   */
  public Optional<long[]> findRows(List<Long> key, List<HeapColumn> values) throws StoreException {
    Optional<KeyLookup> there =
        state.keys().openIfQuick(key, state.keyed(core.chunks, core.allocator));
    if (there.isEmpty()) {
      return Optional.empty();
    }
    try (KeyLookup lookup = there.get()) {
      long[] found = new long[values.get(0).rows()];
      int count = 0;
      for (int i = 0; i < values.get(0).rows(); i++) {
        byte[] bytes = KeyBytes.of(values, i);
        if (bytes != null) {
          for (long slot : lookup.find(bytes)) {
            if (count == found.length) {
              found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = state.rows().rowIdAt(slot);
          }
        }
      }
      return Optional.of(
          count > 1
              ? Arrays.stream(found, 0, count).distinct().toArray()
              : Arrays.copyOf(found, count));
    }
  }

  /** The id of the row at a position; empty past the end. */
  public OptionalLong rowIdAt(long index) throws StoreException {
    return index < 0 || index >= rowCount()
        ? OptionalLong.empty()
        : OptionalLong.of(state.rows().rowIdAt(state.rows().slotOfIndex(index)));
  }

  /** The position of a row; empty if it is deleted or of another table. */
  public OptionalLong indexOf(long rowId) throws StoreException {
    OptionalLong slot = state.rows().findLiveSlot(rowId);
    return slot.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(state.rows().indexOfSlot(slot.getAsLong()));
  }

  /**
   * The hash of what the table holds: equal for equal columns and samples in equal order, however
   * they came about. Reads the whole table, in constant memory.
   *
   * @return 64 hex digits
   */
  public String hash() throws StoreException {
    return new TableHash(core, this).hex();
  }

  /** How a tensor is stored. */
  public TensorInfo info(long columnId) throws StoreException {
    ChunkTree samples = state.columns().get(columnId);
    if (samples == null) {
      throw noSuchColumn(state, columnId);
    }
    Optional<ChunkStats> stats = samples.stats();
    Optional<ChunkStats> exact = exactStats(columnId);
    return new TensorInfo(
        samples.chunks(),
        samples.bytes(),
        stats.flatMap(ChunkStats::minShape).map(Shape::of),
        stats.flatMap(ChunkStats::maxShape).map(Shape::of),
        exact.isPresent() ? OptionalLong.of(exact.get().nulls()) : OptionalLong.empty());
  }

  /** The runs of a tensor's samples, by slots. */
  public List<ChunkInfo> chunks(long columnId) throws StoreException {
    ChunkTree samples = state.columns().get(columnId);
    if (samples == null) {
      throw noSuchColumn(state, columnId);
    }
    List<ChunkInfo> chunks = new ArrayList<>();
    samples.forEachRun(
        (first, slots, ref, isOverwritten) ->
            chunks.add(new ChunkInfo(first, slots, ref.bytes(), place(ref), isOverwritten)));
    return chunks;
  }

  private static ChunkInfo.Place place(ChunkRef ref) {
    if (ref instanceof ChunkRef.Stored) {
      return ChunkInfo.Place.PACK;
    }
    return ref instanceof ChunkRef.Heap ? ChunkInfo.Place.LOG : ChunkInfo.Place.NULLS;
  }

  /** The position of the first row that has NULL; empty if none has. */
  OptionalLong firstNull(long columnId) throws StoreException {
    ScanRequest request = ScanRequest.of(List.of(columnId));
    try (TableScan scan = openScan(request, core.allocator)) {
      while (scan.next()) {
        Vector column = scan.column(0);
        for (int i = 0; i < scan.selected(); i++) {
          int[] selection = scan.selection();
          int row = selection == null ? i : selection[i];
          if (column.isNull(row)) {
            return OptionalLong.of(scan.indexes().longAt(row));
          }
        }
      }
    }
    return OptionalLong.empty();
  }

  static StoreException noSuchColumn(TableState table, long columnId) {
    return new StoreException(
        Code.NO_SUCH_COLUMN,
        "table "
            + table.schema().name()
            + " has no column with id "
            + Long.toHexString(columnId)
            + " in this version");
  }

  @Override
  public String toString() {
    return "table " + schema().name() + " of " + display;
  }
}
