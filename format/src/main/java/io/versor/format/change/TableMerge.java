package io.versor.format.change;

import io.versor.format.chunk.Vector;
import io.versor.format.record.Record;
import io.versor.format.table.BranchState;
import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ColumnReader;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.roaringbitmap.longlong.LongIterator;

/**
 * Three-way merge of tables, and of the views beside them: the records that bring what they changed
 * since the base into ours. Used by one thread.
 */
public final class TableMerge {
  private final ChunkCache chunks;
  private final BufferAllocator allocator;
  private final Strategy strategy;
  private final CellCopier copier;
  private final List<Record> records = new ArrayList<>();
  private final List<Conflict> conflicts = new ArrayList<>();
  private long rowsAdded;
  private long rowsUpdated;
  private long rowsDeleted;

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
    return rowsUpdated;
  }

  public long rowsDeleted() {
    return rowsDeleted;
  }

  /** Takes in their changes of all tables and views. */
  public void merge(BranchState base, BranchState ours, BranchState theirs) throws StoreException {
    for (long id : ids(theirs.tables(), base.tables())) {
      merge(find(base.tables(), id), find(ours.tables(), id), find(theirs.tables(), id));
    }
    ViewMerge views = new ViewMerge(strategy, records, conflicts);
    for (long id : ids(theirs.views(), base.views())) {
      views.merge(find(base.views(), id), find(ours.views(), id), find(theirs.views(), id));
    }
  }

  private static Set<Long> ids(Map<Long, ?> theirs, Map<Long, ?> base) {
    Set<Long> ids = new LinkedHashSet<>(theirs.keySet());
    ids.addAll(base.keySet());
    return ids;
  }

  private static <T> Optional<T> find(Map<Long, T> map, long id) {
    return Optional.ofNullable(map.get(id));
  }

  /** Takes in their changes of one table; each state is empty where the table is not there. */
  private void merge(
      Optional<TableState> base, Optional<TableState> ours, Optional<TableState> theirs)
      throws StoreException {
    if (theirs.isEmpty()) {
      if (base.isPresent() && ours.isPresent()) {
        droppedThere(base.get(), ours.get());
      }
    } else if (ours.isEmpty()) {
      if (base.isEmpty()) {
        take(theirs.get());
      } else {
        droppedHere(base.get(), theirs.get());
      }
    } else {
      TableDelta other = delta(base, theirs);
      TableDelta mine = delta(base, ours);
      TableSchema merged = mergeSchemas(base, ours.get(), theirs.get(), mine, other);
      mergeRows(base, ours.get(), theirs.get(), merged, mine, other);
    }
  }

  /** Makes our table theirs: columns, names, rows and cells. Rows that both have stay in place. */
  public void replace(Optional<TableState> ours, TableState theirs) throws StoreException {
    if (ours.isEmpty()) {
      take(theirs);
      return;
    }
    TableState mine = ours.get();
    TableSchema schema = SchemaMerge.withReadableLabels(mine.schema(), theirs.schema());
    if (!mine.schema().equals(schema)) {
      records.add(new Record.TablePut(schema));
    }
    TableDelta none = delta(ours, ours);
    mergeRows(ours, mine, theirs, schema, none, delta(ours, Optional.of(theirs)));
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
          Conflict.ofTable(ours.id(), ours.schema().name(), "changed here, dropped there"));
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
        Conflict.ofTable(theirs.id(), theirs.schema().name(), "dropped here, changed there"));
    if (strategy == Strategy.THEIRS) {
      take(theirs);
    }
  }

  /** A table we do not have, whole. */
  private void take(TableState theirs) throws StoreException {
    records.add(new Record.TablePut(theirs.schema()));
    long[] slots = delta(Optional.empty(), Optional.of(theirs)).added().toArray();
    RowMerge.append(theirs, theirs.schema(), slots, copier).ifPresent(records::add);
    rowsAdded += slots.length;
  }

  private void mergeRows(
      Optional<TableState> base,
      TableState ours,
      TableState theirs,
      TableSchema merged,
      TableDelta mine,
      TableDelta other)
      throws StoreException {
    RowMerge rows =
        new RowMerge(base, ours, theirs, merged, mine, other, strategy, copier, chunks, allocator);
    rows.merge();
    records.addAll(rows.records());
    conflicts.addAll(rows.conflicts());
    rowsAdded += rows.rowsAdded();
    rowsUpdated += rows.rowsUpdated();
    rowsDeleted += rows.rowsDeleted();
  }

  private TableSchema mergeSchemas(
      Optional<TableState> base,
      TableState ours,
      TableState theirs,
      TableDelta mine,
      TableDelta other)
      throws StoreException {
    Optional<TableSchema> before = base.map(TableState::schema);
    boolean droppedHere =
        before.stream()
            .flatMap(schema -> schema.columns().stream())
            .anyMatch(column -> !ours.columns().containsKey(column.id()));
    TableSchema known = before.orElse(ours.schema());
    if (theirs.schema().equals(known) && !droppedHere) {
      return ours.schema();
    }
    TableSchema merged =
        new SchemaMerge(ours.schema(), strategy, conflicts)
            .merge(
                before,
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
        Vector sample = reader.window(added.next(), 1);
        if (!sample.isNull(0)) {
          return true;
        }
      }
    }
    return false;
  }
}
