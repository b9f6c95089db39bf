package io.versor.format.change;

import io.versor.format.record.Cells;
import io.versor.format.record.Record;
import io.versor.format.record.RowIds;
import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ColumnReader;
import io.versor.format.tree.RowTree;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** The rows and cells of a table that both sides have. Used once, by one thread. */
final class RowMerge {
  private final Optional<TableState> base;
  private final TableState ours;
  private final TableState theirs;
  private final TableSchema merged;
  private final TableDelta mine;
  private final TableDelta other;
  private final Strategy strategy;
  private final CellCopier copier;
  private final ChunkCache chunks;
  private final BufferAllocator allocator;

  private final List<Record> records = new ArrayList<>();
  private final List<Conflict> conflicts = new ArrayList<>();
  private final Roaring64Bitmap updated = new Roaring64Bitmap();
  private long rowsAdded;
  private long rowsDeleted;

  /**
   * @param merged the schema afterwards, already put
   * @param mine from the base to ours
   * @param other from the base to theirs
   */
  RowMerge(
      Optional<TableState> base,
      TableState ours,
      TableState theirs,
      TableSchema merged,
      TableDelta mine,
      TableDelta other,
      Strategy strategy,
      CellCopier copier,
      ChunkCache chunks,
      BufferAllocator allocator) {
    this.base = base;
    this.ours = ours;
    this.theirs = theirs;
    this.merged = merged;
    this.mine = mine;
    this.other = other;
    this.strategy = strategy;
    this.copier = copier;
    this.chunks = chunks;
    this.allocator = allocator;
  }

  List<Record> records() {
    return records;
  }

  List<Conflict> conflicts() {
    return conflicts;
  }

  long rowsAdded() {
    return rowsAdded;
  }

  long rowsUpdated() {
    return updated.getLongCardinality();
  }

  long rowsDeleted() {
    return rowsDeleted;
  }

  /** Where a row lies on our side, and on the side that its cells are taken from. */
  private record Pair(long ours, long from) {
    static final Comparator<Pair> BY_OURS = Comparator.comparingLong(Pair::ours);
  }

  void merge() throws StoreException {
    List<Pair> backToBase = new ArrayList<>();
    delete(backToBase);
    fillNewColumns();
    List<Pair> whole = new ArrayList<>();
    List<Long> fresh = new ArrayList<>();
    List<Long> freshOfBase = new ArrayList<>();
    deletedHere(whole, fresh, backToBase, freshOfBase);
    for (Column column : merged.columns()) {
      Roaring64Bitmap changed = other.cells().get(column.id());
      if (changed != null && ours.columns().containsKey(column.id())) {
        patchCells(column, changed);
      }
    }
    added(whole, fresh);
    takeRows(Optional.of(theirs), whole);
    takeRows(base, backToBase);
    if (!freshOfBase.isEmpty()) {
      append(base.orElseThrow(), merged, sorted(freshOfBase), copier).ifPresent(records::add);
    }
    append(theirs, merged, sorted(fresh), copier).ifPresent(records::add);
    rowsAdded += freshOfBase.size() + fresh.size();
  }

  // --- rows

  /** Rows that they deleted. */
  private void delete(List<Pair> backToBase) throws StoreException {
    if (other.removed().isEmpty()) {
      return;
    }
    RowTree before = base.orElseThrow().rows();
    Roaring64Bitmap changedHere = mine.updated();
    List<Long> slots = new ArrayList<>();
    LongIterator removed = other.removed().getLongIterator();
    while (removed.hasNext()) {
      long baseSlot = removed.next();
      long rowId = before.rowIdAt(baseSlot);
      OptionalLong slot = ours.rows().findLiveSlot(rowId);
      if (slot.isEmpty()) {
        continue; // both deleted it
      }
      boolean conflict = changedHere.contains(slot.getAsLong());
      if (conflict) {
        conflict(Conflict.Kind.DELETED_THERE, rowId, "changed here, deleted there");
      }
      if (!conflict || strategy == Strategy.THEIRS) {
        slots.add(slot.getAsLong());
      } else if (strategy == Strategy.BASE) {
        backToBase.add(new Pair(slot.getAsLong(), baseSlot));
      }
    }
    if (!slots.isEmpty()) {
      records.add(new Record.RowsDeleted(ours.id(), rowIds(ours.rows(), sorted(slots))));
      rowsDeleted += slots.size();
    }
  }

  /** Rows that they changed and that are not here any more. */
  private void deletedHere(
      List<Pair> whole, List<Long> fresh, List<Pair> backToBase, List<Long> freshOfBase)
      throws StoreException {
    LongIterator changed = other.updated().getLongIterator();
    while (changed.hasNext()) {
      long theirSlot = changed.next();
      long rowId = theirs.rows().rowIdAt(theirSlot);
      OptionalLong slot = ours.rows().findSlot(rowId);
      if (slot.isPresent() && ours.rows().isLive(slot.getAsLong())) {
        continue;
      }
      conflict(Conflict.Kind.DELETED_HERE, rowId, "deleted here, changed there");
      if (strategy == Strategy.THEIRS && slot.isPresent()) {
        whole.add(new Pair(slot.getAsLong(), theirSlot));
      } else if (strategy == Strategy.THEIRS) {
        fresh.add(theirSlot);
      } else if (strategy == Strategy.BASE) {
        long baseSlot = base.orElseThrow().rows().findSlot(rowId).orElseThrow();
        if (slot.isPresent()) {
          backToBase.add(new Pair(slot.getAsLong(), baseSlot));
        } else {
          freshOfBase.add(baseSlot); // after a soft reset we may never have known it
        }
      }
    }
  }

  /**
   * Rows that the base does not have. Those that we never had follow ours; one that we deleted
   * comes back where it was; one that both have, because a branch took along what was not committed
   * or because both took its deletion back, is compared cell by cell.
   */
  private void added(List<Pair> whole, List<Long> fresh) throws StoreException {
    List<Pair> both = new ArrayList<>();
    LongIterator added = other.added().getLongIterator();
    while (added.hasNext()) {
      long theirSlot = added.next();
      OptionalLong slot = ours.rows().findSlot(theirs.rows().rowIdAt(theirSlot));
      if (slot.isEmpty()) {
        fresh.add(theirSlot);
      } else if (ours.rows().isLive(slot.getAsLong())) {
        both.add(new Pair(slot.getAsLong(), theirSlot));
      } else {
        whole.add(new Pair(slot.getAsLong(), theirSlot));
      }
    }
    patchBoth(both, Conflict.Kind.ADDED, "the row is new on both sides, with different values");
    if (strategy != Strategy.BASE) {
      sameKeys(fresh);
    }
  }

  /** Rows that both sides made under one key become one, ours. */
  private void sameKeys(List<Long> fresh) throws StoreException {
    List<Pair> both = new ArrayList<>();
    new KeyPairs(ours, theirs, merged, chunks, allocator)
        .take(mine.added(), fresh)
        .forEach((our, their) -> both.add(new Pair(our, their)));
    patchBoth(both, Conflict.Kind.KEY, "both sides made a row of this key, with other values");
    for (Column column : merged.columns()) {
      if (!ours.columns().containsKey(column.id()) && !both.isEmpty()) {
        patch(Optional.of(theirs), column, both);
      }
    }
  }

  /**
   * @param kind of cells that differ
   */
  private void patchBoth(List<Pair> both, Conflict.Kind kind, String what) throws StoreException {
    both.sort(Pair.BY_OURS);
    for (Column column : merged.columns()) {
      if (!both.isEmpty()
          && ours.columns().containsKey(column.id())
          && theirs.columns().containsKey(column.id())) {
        patchBoth(column, both, kind, what);
      }
    }
  }

  /** Makes rows of ours what they are elsewhere, live ones and deleted ones. */
  private void takeRows(Optional<TableState> from, List<Pair> pairs) throws StoreException {
    if (pairs.isEmpty()) {
      return;
    }
    pairs.sort(Pair.BY_OURS);
    List<Long> dead = new ArrayList<>();
    for (Pair pair : pairs) {
      if (!ours.rows().isLive(pair.ours())) {
        dead.add(pair.ours());
      }
    }
    if (!dead.isEmpty()) {
      records.add(new Record.RowsUndeleted(ours.id(), rowIds(ours.rows(), sorted(dead))));
      rowsAdded += dead.size();
    }
    for (Column column : merged.columns()) {
      patch(from, column, pairs);
    }
    dead.forEach(slot -> updated.removeLong(slot));
  }

  /** Their rows behind ours, in their order; empty if there are none. */
  static Optional<Record> append(
      TableState theirs, TableSchema merged, long[] slots, CellCopier copier)
      throws StoreException {
    if (slots.length == 0) {
      return Optional.empty();
    }
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
                    slots)));
      }
    }
    return Optional.of(new Record.RowsAppended(merged.id(), rowIds(theirs.rows(), slots), cells));
  }

  // --- cells

  /** Columns that are new here, for the rows that both know. */
  private void fillNewColumns() throws StoreException {
    for (Column column : merged.columns()) {
      if (!ours.columns().containsKey(column.id()) && theirs.columns().containsKey(column.id())) {
        fill(column);
      }
    }
  }

  private void fill(Column column) throws StoreException {
    List<Pair> pairs = new ArrayList<>();
    TensorType type = theirs.schema().findColumn(column.id()).orElseThrow().type();
    try (ColumnReader reader =
        new ColumnReader(theirs.columns().get(column.id()), type, chunks, allocator)) {
      for (RowTree.LocatedRun located : theirs.rows().runs(0, theirs.rows().slots())) {
        for (int i = 0; i < located.run().count(); i++) {
          long slot = located.start() + i;
          if (located.run().isDeleted(i) || reader.window(slot, 1).isNull(0)) {
            continue;
          }
          OptionalLong here = ours.rows().findLiveSlot(located.run().firstRowId() + i);
          if (here.isPresent()) {
            pairs.add(new Pair(here.getAsLong(), slot));
          }
        }
      }
    }
    pairs.sort(Pair.BY_OURS);
    patch(Optional.of(theirs), column, pairs);
  }

  /** Their changed cells of a column that both have, in rows that are here. */
  private void patchCells(Column column, Roaring64Bitmap changed) throws StoreException {
    Roaring64Bitmap changedHere = mine.cells().get(column.id());
    Column ourColumn = ours.schema().findColumn(column.id()).orElseThrow();
    Column theirColumn = theirs.schema().findColumn(column.id()).orElseThrow();
    List<Pair> taken = new ArrayList<>();
    List<Pair> backToBase = new ArrayList<>();
    try (ColumnReader our = reader(ours, ourColumn);
        ColumnReader their = reader(theirs, theirColumn)) {
      LongIterator each = changed.getLongIterator();
      while (each.hasNext()) {
        long theirSlot = each.next();
        long rowId = theirs.rows().rowIdAt(theirSlot);
        OptionalLong slot = ours.rows().findLiveSlot(rowId);
        if (slot.isEmpty()) {
          continue; // dealt with as a row
        }
        Pair pair = new Pair(slot.getAsLong(), theirSlot);
        if (changedHere == null || !changedHere.contains(slot.getAsLong())) {
          taken.add(pair);
        } else if (!same(our, their, pair, ourColumn, theirColumn)) {
          conflict(Conflict.Kind.MODIFIED, ourColumn, rowId, "changed differently on both sides");
          if (strategy == Strategy.THEIRS) {
            taken.add(pair);
          } else if (strategy == Strategy.BASE) {
            long baseSlot = base.orElseThrow().rows().findSlot(rowId).orElseThrow();
            backToBase.add(new Pair(slot.getAsLong(), baseSlot));
          }
        }
      }
    }
    taken.sort(Pair.BY_OURS);
    patch(Optional.of(theirs), column, taken);
    backToBase.sort(Pair.BY_OURS);
    patch(base, column, backToBase);
  }

  /** Cells of rows that are new on both sides. */
  private void patchBoth(Column column, List<Pair> pairs, Conflict.Kind kind, String what)
      throws StoreException {
    Column ourColumn = ours.schema().findColumn(column.id()).orElseThrow();
    Column theirColumn = theirs.schema().findColumn(column.id()).orElseThrow();
    List<Pair> different = new ArrayList<>();
    try (ColumnReader our = reader(ours, ourColumn);
        ColumnReader their = reader(theirs, theirColumn)) {
      for (Pair pair : pairs) {
        if (!same(our, their, pair, ourColumn, theirColumn)) {
          conflict(kind, ourColumn, ours.rows().rowIdAt(pair.ours()), what);
          different.add(pair);
        }
      }
    }
    if (strategy == Strategy.THEIRS) {
      patch(Optional.of(theirs), column, different);
    } else if (strategy == Strategy.BASE) {
      patch(Optional.empty(), column, different);
    }
  }

  private ColumnReader reader(TableState table, Column column) {
    return new ColumnReader(table.columns().get(column.id()), column.type(), chunks, allocator);
  }

  /**
   * Gives cells of ours the samples they have elsewhere.
   *
   * @param from where the column may be missing: all NULL then
   * @param pairs by our slot
   */
  private void patch(Optional<TableState> from, Column column, List<Pair> pairs)
      throws StoreException {
    if (pairs.isEmpty()) {
      return;
    }
    long[] ourSlots = pairs.stream().mapToLong(Pair::ours).toArray();
    long[] fromSlots = pairs.stream().mapToLong(Pair::from).toArray();
    records.add(patched(ours, from, column, ourSlots, fromSlots, copier));
    for (long slot : ourSlots) {
      updated.addLong(slot);
    }
  }

  /** The record that does so. */
  static Record patched(
      TableState ours,
      Optional<TableState> from,
      Column column,
      long[] ourSlots,
      long[] fromSlots,
      CellCopier copier)
      throws StoreException {
    Optional<Column> source = from.flatMap(table -> table.schema().findColumn(column.id()));
    Cells cells =
        source.isEmpty()
            ? new Cells.Nulls(ourSlots.length)
            : copier.copy(
                from.orElseThrow().columns().get(column.id()),
                source.get().type(),
                column.type(),
                fromSlots);
    return new Record.CellsPatched(
        ours.id(), rowIds(ours.rows(), ourSlots), new Record.ColumnCells(column.id(), cells));
  }

  /** Whether both sides came to the same value. */
  private static boolean same(
      ColumnReader our, ColumnReader their, Pair pair, Column ourColumn, Column theirColumn)
      throws StoreException {
    return CellDelta.same(
        our.window(pair.ours(), 1),
        ourColumn.type(),
        their.window(pair.from(), 1),
        theirColumn.type());
  }

  // --- parts

  private void conflict(Conflict.Kind kind, long rowId, String what) {
    conflicts.add(
        new Conflict(
            kind,
            ours.id(),
            ours.schema().name(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(rowId),
            what));
  }

  private void conflict(Conflict.Kind kind, Column column, long rowId, String what) {
    conflicts.add(
        new Conflict(
            kind,
            ours.id(),
            ours.schema().name(),
            Optional.of(column.id()),
            Optional.of(column.name()),
            Optional.of(rowId),
            what));
  }

  private static long[] sorted(List<Long> slots) {
    return slots.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  static RowIds rowIds(RowTree rows, long[] slots) throws StoreException {
    long[] ids = new long[slots.length];
    for (int i = 0; i < slots.length; i++) {
      ids[i] = rows.rowIdAt(slots[i]);
    }
    return RowIds.of(ids);
  }
}
