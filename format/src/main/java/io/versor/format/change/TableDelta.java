package io.versor.format.change;

import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ChunkTree;
import io.versor.format.tree.RowTree;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * What differs between two states of one table, net: each row once, whatever happened between.
 *
 * @param from the older state; empty if the table was created
 * @param to the newer state; empty if the table was dropped
 * @param added slots of the newer state that hold rows the older does not have
 * @param removed slots of the older state whose rows the newer does not have
 * @param cells for each column of the newer state, its slots whose cell differs, in rows that both
 *     have; a column that the older state lacks counts as NULL there; columns without any are left
 *     out
 */
public record TableDelta(
    Optional<TableState> from,
    Optional<TableState> to,
    Roaring64Bitmap added,
    Roaring64Bitmap removed,
    Map<Long, Roaring64Bitmap> cells) {

  /** At least one of the states must be there. */
  public static TableDelta of(
      Optional<TableState> from,
      Optional<TableState> to,
      ChunkCache chunks,
      BufferAllocator allocator)
      throws StoreException {
    Map<Long, Roaring64Bitmap> cells = new LinkedHashMap<>();
    if (from.isEmpty() || to.isEmpty()) {
      return new TableDelta(
          from,
          to,
          to.isPresent() ? live(to.get().rows()) : new Roaring64Bitmap(),
          from.isPresent() ? live(from.get().rows()) : new Roaring64Bitmap(),
          cells);
    }
    TableState older = from.get();
    TableState newer = to.get();
    RowAlignment rows = RowAlignment.of(older.rows(), newer.rows());
    cells.putAll(cells(older, newer, rows, chunks, allocator));
    return new TableDelta(from, to, rows.added(), rows.removed(), cells);
  }

  /** Slots of the newer state whose cells differ, by column, among aligned rows. */
  static Map<Long, Roaring64Bitmap> cells(
      TableState older,
      TableState newer,
      RowAlignment rows,
      ChunkCache chunks,
      BufferAllocator allocator)
      throws StoreException {
    Map<Long, Roaring64Bitmap> cells = new LinkedHashMap<>();
    for (Column column : newer.schema().columns()) {
      ChunkTree after = newer.columns().get(column.id());
      ChunkTree known = older.columns().get(column.id());
      // A column that is new was NULL in the rows that were there.
      ChunkTree before = known != null ? known : after.nulls(older.rows().slots());
      if (before.same(after)) {
        continue;
      }
      Column oldColumn = older.schema().findColumn(column.id()).orElse(column);
      Roaring64Bitmap different =
          CellDelta.of(before, oldColumn.type(), after, column.type(), rows, chunks, allocator);
      different.andNot(rows.added());
      removeDead(different, newer.rows());
      if (!different.isEmpty()) {
        cells.put(column.id(), different);
      }
    }
    return cells;
  }

  private static void removeDead(Roaring64Bitmap slots, RowTree rows) throws StoreException {
    if (rows.rowCount() == rows.slots()) {
      return;
    }
    Roaring64Bitmap dead = new Roaring64Bitmap();
    var each = slots.getLongIterator();
    while (each.hasNext()) {
      long slot = each.next();
      if (!rows.isLive(slot)) {
        dead.addLong(slot);
      }
    }
    slots.andNot(dead);
  }

  private static Roaring64Bitmap live(RowTree rows) throws StoreException {
    Roaring64Bitmap live = new Roaring64Bitmap();
    for (RowTree.LocatedRun located : rows.runs(0, rows.slots())) {
      SlotRanges.add(live, located.start(), located.start() + located.run().count());
      if (located.run().deleted() != null) {
        for (int slot : located.run().deleted()) {
          live.removeLong(located.start() + slot);
        }
      }
    }
    return live;
  }

  /** Whether no row and no cell differs; the schemas may. */
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && cells.isEmpty();
  }

  /** Slots of the newer state whose rows both have and in which a cell differs. */
  public Roaring64Bitmap updated() {
    Roaring64Bitmap all = new Roaring64Bitmap();
    cells.values().forEach(all::or);
    return all;
  }

  /** Whether the schemas differ. */
  public boolean schemaDiffers() {
    return from.isPresent() != to.isPresent()
        || (from.isPresent() && !from.get().schema().equals(to.get().schema()));
  }
}
