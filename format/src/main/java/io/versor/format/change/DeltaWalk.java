package io.versor.format.change;

import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkCache;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Walks from row to row that differs between two states of a table, in the order of the newer one,
 * and looks no further than it is asked to: samples are compared window by window. Used by one
 * thread.
 */
public final class DeltaWalk {
  /** Slots of the first window; each is twice as long as the one before, up to the last. */
  private static final int FIRST_SLOTS = 64;

  private static final int MOST_SLOTS = 1 << 14;

  private final TableState older;
  private final TableState newer;
  private final ChunkCache chunks;
  private final BufferAllocator allocator;
  private final RowAlignment rows;
  private final List<RowAlignment.Range> shared;
  private final LongIterator removed;
  private Map<Long, Roaring64Bitmap> cells = Map.of();
  private LongIterator present = new Roaring64Bitmap().getLongIterator();
  private int windowSlots = FIRST_SLOTS;
  private long windowEnd;
  private int firstRange;
  private OptionalLong nextRemoved;
  private OptionalLong nextPresent;

  /**
   * @param cells whether rows that both have are compared; else only rows that came or went are
   *     found, and no sample is read
   */
  public DeltaWalk(
      TableState older,
      TableState newer,
      boolean cells,
      ChunkCache chunks,
      BufferAllocator allocator)
      throws StoreException {
    this(older, newer, RowAlignment.of(older.rows(), newer.rows()), cells, chunks, allocator);
  }

  private DeltaWalk(
      TableState older,
      TableState newer,
      RowAlignment rows,
      boolean cells,
      ChunkCache chunks,
      BufferAllocator allocator)
      throws StoreException {
    this.older = older;
    this.newer = newer;
    this.rows = rows;
    this.chunks = chunks;
    this.allocator = allocator;
    this.shared = new ArrayList<>(rows.shared());
    this.shared.sort(Comparator.comparingLong(RowAlignment.Range::to));
    this.removed = rows.removed().getLongIterator();
    this.nextRemoved = step(removed);
    if (!cells) {
      this.windowEnd = newer.rows().slots();
      this.present = rows.added().getLongIterator();
    }
    this.nextPresent = stepPresent();
  }

  /** The same for few rows, which are looked up. */
  public static DeltaWalk ofRows(
      TableState older,
      TableState newer,
      long[] rowIds,
      boolean cells,
      ChunkCache chunks,
      BufferAllocator allocator)
      throws StoreException {
    List<RowAlignment.Range> shared = new ArrayList<>();
    Roaring64Bitmap added = new Roaring64Bitmap();
    Roaring64Bitmap removed = new Roaring64Bitmap();
    for (long rowId : rowIds) {
      OptionalLong was = older.rows().findLiveSlot(rowId);
      OptionalLong is = newer.rows().findLiveSlot(rowId);
      if (was.isPresent() && is.isPresent()) {
        shared.add(new RowAlignment.Range(was.getAsLong(), is.getAsLong(), 1));
      } else if (is.isPresent()) {
        added.addLong(is.getAsLong());
      } else if (was.isPresent()) {
        removed.addLong(was.getAsLong());
      }
    }
    RowAlignment rows = new RowAlignment(shared, added, removed);
    return new DeltaWalk(older, newer, rows, cells, chunks, allocator);
  }

  private static OptionalLong step(LongIterator slots) {
    return slots.hasNext() ? OptionalLong.of(slots.next()) : OptionalLong.empty();
  }

  /** The next slot of the newer state whose row is new or has another cell. */
  private OptionalLong stepPresent() throws StoreException {
    while (!present.hasNext() && windowEnd < newer.rows().slots()) {
      nextWindow();
    }
    return step(present);
  }

  private void nextWindow() throws StoreException {
    long from = windowEnd;
    long to = Math.min(newer.rows().slots(), from + windowSlots);
    windowEnd = to;
    windowSlots = Math.min(MOST_SLOTS, windowSlots * 2);
    while (firstRange < shared.size() && end(shared.get(firstRange)) <= from) {
      firstRange++;
    }
    List<RowAlignment.Range> parts = new ArrayList<>();
    for (int i = firstRange; i < shared.size() && shared.get(i).to() < to; i++) {
      RowAlignment.Range range = shared.get(i);
      long start = Math.max(from, range.to());
      long count = Math.min(to, end(range)) - start;
      parts.add(new RowAlignment.Range(range.from() + (start - range.to()), start, count));
    }
    Roaring64Bitmap here = new Roaring64Bitmap();
    SlotRanges.add(here, from, to);
    here.and(rows.added());
    cells =
        parts.isEmpty()
            ? Map.of()
            : TableDelta.cells(
                older,
                newer,
                new RowAlignment(parts, rows.added(), rows.removed()),
                chunks,
                allocator);
    cells.values().forEach(here::or);
    present = here.getLongIterator();
  }

  private static long end(RowAlignment.Range range) {
    return range.to() + range.count();
  }

  /**
   * A row that differs.
   *
   * @param removed whether {@code slot} is of the older state, which alone has the row
   * @param added whether the newer state alone has it
   * @param columnIds whose cells differ, where both have it
   */
  public record Step(boolean removed, boolean added, long slot, List<Long> columnIds) {}

  /** The next row, removed ones where they were; null at the end. */
  public @Nullable Step next() throws StoreException {
    boolean goes =
        nextRemoved.isPresent()
            && (nextPresent.isEmpty() || nextRemoved.getAsLong() <= nextPresent.getAsLong());
    if (goes) {
      long slot = nextRemoved.getAsLong();
      nextRemoved = step(removed);
      return new Step(true, false, slot, List.of());
    }
    if (nextPresent.isEmpty()) {
      return null;
    }
    long slot = nextPresent.getAsLong();
    boolean added = rows.added().contains(slot);
    List<Long> columns = new ArrayList<>();
    if (!added) {
      cells.forEach(
          (column, slots) -> {
            if (slots.contains(slot)) {
              columns.add(column);
            }
          });
    }
    nextPresent = stepPresent(); // after what is known of this window was asked for
    return new Step(false, added, slot, columns);
  }
}
