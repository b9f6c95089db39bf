package io.versor.format.change;

import io.versor.format.chunk.Vector;
import io.versor.format.record.Record;
import io.versor.format.record.RowIds;
import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ColumnReader;
import io.versor.format.tree.RowTree;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Three-way merge of one table: the records that bring what they changed since the base into ours.
 * Used by one thread.
 */
public final class TableMerge {
  private final ChunkCache chunks;
  private final BufferAllocator allocator;
  private final Strategy strategy;
  private final CellCopier copier;
  private final List<Record> records = new ArrayList<>();
  private final List<Conflict> conflicts = new ArrayList<>();
  private long rowsAdded;
  private long rowsDeleted;
  private final Roaring64Bitmap rowsUpdated = new Roaring64Bitmap();

  /**
   * @param copier takes samples over into records
   */
  public TableMerge(
      ChunkCache chunks, BufferAllocator allocator, Strategy strategy, CellCopier copier) {
    this.chunks = chunks;
    this.allocator = allocator;
    this.strategy = strategy;
    this.copier = copier;
  }

  /** What to append to our log, in this order. */
  public List<Record> records() {
    return records;
  }

  /** Those that the strategy decided, too. */
  public List<Conflict> conflicts() {
    return conflicts;
  }

  public long rowsAdded() {
    return rowsAdded;
  }

  public long rowsUpdated() {
    return rowsUpdated.getLongCardinality();
  }

  public long rowsDeleted() {
    return rowsDeleted;
  }

  /** Takes in their changes of one table; each state is empty where the table is not there. */
  public void merge(
      Optional<TableState> base, Optional<TableState> ours, Optional<TableState> theirs)
      throws StoreException {
    if (theirs.isEmpty()) {
      if (base.isPresent() && ours.isPresent()) {
        droppedThere(base.get(), ours.get());
      }
      return;
    }
    if (ours.isEmpty()) {
      if (base.isEmpty()) {
        takeTable(theirs.get());
      } else {
        droppedHere(base.get(), theirs.get());
      }
      return;
    }
    mergeRows(base, ours.get(), theirs.get());
  }

  private TableDelta delta(Optional<TableState> from, Optional<TableState> to)
      throws StoreException {
    return TableDelta.of(from, to, chunks, allocator);
  }

  private void droppedThere(TableState base, TableState ours) throws StoreException {
    TableDelta mine = delta(Optional.of(base), Optional.of(ours));
    boolean changed = !mine.isEmpty() || mine.schemaDiffers();
    if (changed) {
      conflicts.add(
          new Conflict(
              ours.schema().name(),
              Optional.empty(),
              Optional.empty(),
              "changed here, dropped there"));
    }
    if (!changed || strategy == Strategy.THEIRS) {
      records.add(new Record.TableDropped(ours.id()));
      rowsDeleted += ours.rows().rowCount();
    }
  }

  private void droppedHere(TableState base, TableState theirs) throws StoreException {
    TableDelta other = delta(Optional.of(base), Optional.of(theirs));
    if (other.isEmpty() && !other.schemaDiffers()) {
      return;
    }
    conflicts.add(
        new Conflict(
            theirs.schema().name(),
            Optional.empty(),
            Optional.empty(),
            "dropped here, changed there"));
    if (strategy == Strategy.THEIRS) {
      takeTable(theirs);
    }
  }

  /** A table we do not have, whole. */
  private void takeTable(TableState theirs) throws StoreException {
    records.add(new Record.TablePut(theirs.schema()));
    Roaring64Bitmap live = delta(Optional.empty(), Optional.of(theirs)).added();
    append(theirs, theirs.schema(), live);
  }

  private void mergeRows(Optional<TableState> base, TableState ours, TableState theirs)
      throws StoreException {
    TableDelta other = delta(base, Optional.of(theirs));
    TableDelta mine = delta(base, Optional.of(ours));
    TableSchema merged = mergeSchemas(base, ours, theirs, mine, other);
    deleteRows(base, ours, other, mine);
    for (Column column : merged.columns()) {
      Roaring64Bitmap changed = other.cells().get(column.id());
      boolean newColumn =
          ours.columns().get(column.id()) == null && theirs.columns().get(column.id()) != null;
      if (newColumn) {
        fillColumn(ours, theirs, column);
      } else if (changed != null && ours.columns().get(column.id()) != null) {
        patchCells(ours, theirs, column, changed, mine);
      }
    }
    Roaring64Bitmap fresh = new Roaring64Bitmap();
    List<long[]> known = new ArrayList<>();
    LongIterator added = other.added().getLongIterator();
    while (added.hasNext()) {
      long slot = added.next();
      OptionalLong here = ours.rows().findSlot(theirs.rows().rowIdAt(slot));
      if (here.isEmpty()) {
        fresh.addLong(slot);
      } else {
        known.add(new long[] {here.getAsLong(), slot});
      }
    }
    addedTwice(ours, theirs, merged, known);
    append(theirs, merged, fresh);
  }

  /**
   * Rows that the base does not have and both sides know: uncommitted ones that a branch took
   * along. One that we deleted comes back where it was.
   *
   * @param known pairs of our slot and theirs
   */
  private void addedTwice(
      TableState ours, TableState theirs, TableSchema merged, List<long[]> known)
      throws StoreException {
    known.sort((a, b) -> Long.compare(a[0], b[0]));
    List<Long> revived = new ArrayList<>();
    for (long[] pair : known) {
      if (!ours.rows().isLive(pair[0])) {
        revived.add(pair[0]);
      }
    }
    if (!revived.isEmpty()) {
      records.add(new Record.RowsUndeleted(ours.id(), rowIds(ours.rows(), sorted(revived))));
      rowsAdded += revived.size();
    }
    for (Column column : merged.columns()) {
      Optional<Column> ourColumn = ours.schema().findColumn(column.id());
      Optional<Column> theirColumn = theirs.schema().findColumn(column.id());
      if (ourColumn.isPresent() && theirColumn.isPresent()) {
        List<long[]> taken = differing(ours, theirs, ourColumn.get(), theirColumn.get(), known);
        patch(ours, theirs, column, theirColumn.get(), taken);
      }
    }
  }

  private List<long[]> differing(
      TableState ours, TableState theirs, Column ourColumn, Column theirColumn, List<long[]> pairs)
      throws StoreException {
    List<long[]> taken = new ArrayList<>();
    try (ColumnReader our =
            new ColumnReader(
                ours.columns().get(ourColumn.id()), ourColumn.type(), chunks, allocator);
        ColumnReader their =
            new ColumnReader(
                theirs.columns().get(theirColumn.id()), theirColumn.type(), chunks, allocator)) {
      for (long[] pair : pairs) {
        if (same(our, pair[0], their, pair[1], ourColumn, theirColumn)) {
          continue;
        }
        if (ours.rows().isLive(pair[0])) {
          conflicts.add(
              new Conflict(
                  ours.schema().name(),
                  Optional.of(ourColumn.name()),
                  Optional.of(ours.rows().rowIdAt(pair[0])),
                  "the row is new on both sides, with different values"));
          if (strategy != Strategy.THEIRS) {
            continue;
          }
        }
        taken.add(pair);
      }
    }
    return taken;
  }

  private TableSchema mergeSchemas(
      Optional<TableState> base,
      TableState ours,
      TableState theirs,
      TableDelta mine,
      TableDelta other)
      throws StoreException {
    TableSchema before = base.map(TableState::schema).orElse(ours.schema());
    if (theirs.schema().equals(before)) {
      return ours.schema();
    }
    TableSchema merged =
        new SchemaMerge(ours.schema().name(), strategy, conflicts)
            .merge(
                before,
                ours.schema(),
                theirs.schema(),
                new SchemaMerge.Writes() {
                  @Override
                  public boolean ours(long columnId) throws StoreException {
                    return wrote(mine, ours, columnId);
                  }

                  @Override
                  public boolean theirs(long columnId) throws StoreException {
                    return wrote(other, theirs, columnId);
                  }
                });
    if (!merged.equals(ours.schema())) {
      records.add(new Record.TablePut(merged));
    }
    return merged;
  }

  private boolean wrote(TableDelta delta, TableState state, long columnId) throws StoreException {
    if (delta.cells().containsKey(columnId)) {
      return true;
    }
    Column column = state.schema().findColumn(columnId).orElseThrow();
    try (ColumnReader reader =
        new ColumnReader(state.columns().get(columnId), column.type(), chunks, allocator)) {
      LongIterator added = delta.added().getLongIterator();
      while (added.hasNext()) {
        if (!reader.window(added.next(), 1).isNull(0)) {
          return true;
        }
      }
    }
    return false;
  }

  private void deleteRows(
      Optional<TableState> base, TableState ours, TableDelta other, TableDelta mine)
      throws StoreException {
    if (base.isEmpty()) {
      return;
    }
    Roaring64Bitmap changedHere = mine.updated();
    List<Long> slots = new ArrayList<>();
    LongIterator removed = other.removed().getLongIterator();
    while (removed.hasNext()) {
      long rowId = base.get().rows().rowIdAt(removed.next());
      OptionalLong slot = ours.rows().findLiveSlot(rowId);
      if (slot.isEmpty()) {
        continue; // both deleted it
      }
      boolean conflict = changedHere.contains(slot.getAsLong());
      if (conflict) {
        conflicts.add(
            new Conflict(
                ours.schema().name(),
                Optional.empty(),
                Optional.of(rowId),
                "changed here, deleted there"));
      }
      if (!conflict || strategy == Strategy.THEIRS) {
        slots.add(slot.getAsLong());
      }
    }
    if (!slots.isEmpty()) {
      records.add(new Record.RowsDeleted(ours.id(), rowIds(ours.rows(), sorted(slots))));
      rowsDeleted += slots.size();
    }
  }

  private static long[] sorted(List<Long> slots) {
    return slots.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private static RowIds rowIds(RowTree rows, long[] slots) throws StoreException {
    long[] ids = new long[slots.length];
    for (int i = 0; i < slots.length; i++) {
      ids[i] = rows.rowIdAt(slots[i]);
    }
    return RowIds.of(ids);
  }

  /** Their changed cells of a column that both have. */
  private void patchCells(
      TableState ours, TableState theirs, Column column, Roaring64Bitmap changed, TableDelta mine)
      throws StoreException {
    Roaring64Bitmap changedHere = mine.cells().get(column.id());
    Column ourColumn = ours.schema().findColumn(column.id()).orElseThrow();
    Column theirColumn = theirs.schema().findColumn(column.id()).orElseThrow();
    List<long[]> pairs = new ArrayList<>();
    List<Long> revived = new ArrayList<>();
    try (ColumnReader our =
            new ColumnReader(ours.columns().get(column.id()), ourColumn.type(), chunks, allocator);
        ColumnReader their =
            new ColumnReader(
                theirs.columns().get(column.id()), theirColumn.type(), chunks, allocator)) {
      LongIterator each = changed.getLongIterator();
      while (each.hasNext()) {
        long theirSlot = each.next();
        long rowId = theirs.rows().rowIdAt(theirSlot);
        OptionalLong slot = ours.rows().findSlot(rowId);
        if (slot.isEmpty()) {
          continue; // the row is new here, and comes whole
        }
        boolean live = ours.rows().isLive(slot.getAsLong());
        boolean both = changedHere != null && changedHere.contains(slot.getAsLong());
        if (live && both && same(our, slot.getAsLong(), their, theirSlot, ourColumn, theirColumn)) {
          continue;
        }
        if (!live || both) {
          conflicts.add(
              new Conflict(
                  ours.schema().name(),
                  Optional.of(ourColumn.name()),
                  Optional.of(rowId),
                  live ? "changed differently on both sides" : "deleted here, changed there"));
          if (strategy != Strategy.THEIRS) {
            continue;
          }
          if (!live) {
            revived.add(slot.getAsLong());
          }
        }
        pairs.add(new long[] {slot.getAsLong(), theirSlot});
      }
    }
    if (!revived.isEmpty()) {
      records.add(new Record.RowsUndeleted(ours.id(), rowIds(ours.rows(), sorted(revived))));
    }
    patch(ours, theirs, column, theirColumn, pairs);
  }

  private void patch(
      TableState ours, TableState theirs, Column column, Column theirColumn, List<long[]> pairs)
      throws StoreException {
    if (pairs.isEmpty()) {
      return;
    }
    pairs.sort((a, b) -> Long.compare(a[0], b[0]));
    long[] ourSlots = pairs.stream().mapToLong(pair -> pair[0]).toArray();
    long[] theirSlots = pairs.stream().mapToLong(pair -> pair[1]).toArray();
    records.add(
        new Record.CellsPatched(
            ours.id(),
            rowIds(ours.rows(), ourSlots),
            new Record.ColumnCells(
                column.id(),
                copier.copy(
                    theirs.columns().get(column.id()),
                    theirColumn.type(),
                    column.type(),
                    theirSlots))));
    Arrays.stream(ourSlots).forEach(rowsUpdated::addLong);
  }

  /** Whether both sides came to the same value. */
  private static boolean same(
      ColumnReader our,
      long ourSlot,
      ColumnReader their,
      long theirSlot,
      Column ourColumn,
      Column theirColumn)
      throws StoreException {
    Vector mine = our.window(ourSlot, 1);
    Vector other = their.window(theirSlot, 1);
    boolean sameLabels = ourColumn.type().labels().equals(theirColumn.type().labels());
    if (sameLabels || mine.isNull(0) || other.isNull(0)) {
      return mine.sameSample(0, other, 0);
    }
    return label(mine, ourColumn).equals(label(other, theirColumn));
  }

  private static String label(Vector codes, Column column) {
    int code = (int) codes.longAt(0);
    List<String> labels = column.type().labels();
    return code >= 0 && code < labels.size() ? labels.get(code) : "#" + code;
  }

  /** Cells of a column that is new here, for the rows that both have. */
  private void fillColumn(TableState ours, TableState theirs, Column column) throws StoreException {
    List<long[]> pairs = new ArrayList<>();
    try (ColumnReader reader =
        new ColumnReader(theirs.columns().get(column.id()), column.type(), chunks, allocator)) {
      for (RowTree.LocatedRun located : theirs.rows().runs(0, theirs.rows().slots())) {
        for (int i = 0; i < located.run().count(); i++) {
          long slot = located.start() + i;
          if (located.run().isDeleted(i) || reader.window(slot, 1).isNull(0)) {
            continue;
          }
          OptionalLong here = ours.rows().findSlot(located.run().firstRowId() + i);
          if (here.isPresent()) {
            pairs.add(new long[] {here.getAsLong(), slot});
          }
        }
      }
    }
    Column theirColumn = theirs.schema().findColumn(column.id()).orElseThrow();
    patch(ours, theirs, column, theirColumn, pairs);
  }

  /** Their rows behind ours, in their order. */
  private void append(TableState theirs, TableSchema merged, Roaring64Bitmap slots)
      throws StoreException {
    if (slots.isEmpty()) {
      return;
    }
    long[] theirSlots = slots.toArray();
    List<Record.ColumnCells> cells = new ArrayList<>();
    for (Column column : merged.columns()) {
      Optional<Column> theirColumn = theirs.schema().findColumn(column.id());
      if (theirColumn.isPresent()) {
        cells.add(
            new Record.ColumnCells(
                column.id(),
                copier.copy(
                    theirs.columns().get(column.id()),
                    theirColumn.get().type(),
                    column.type(),
                    theirSlots)));
      }
    }
    records.add(new Record.RowsAppended(merged.id(), rowIds(theirs.rows(), theirSlots), cells));
    rowsAdded += theirSlots.length;
  }
}
