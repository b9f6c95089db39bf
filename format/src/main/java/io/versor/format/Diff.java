package io.versor.format;

import io.versor.format.change.TableDelta;
import io.versor.format.table.BranchState;
import io.versor.format.table.TableState;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * What differs between two states, net: each row once, whatever happened between. Computed when
 * asked for, table by table. Used by one thread.
 */
public final class Diff {
  private final Core core;
  private final BranchState from;
  private final BranchState to;

  Diff(Core core, BranchState from, BranchState to) {
    this.core = core;
    this.from = from;
    this.to = to;
  }

  /** What became of a table or a column. */
  public enum Change {
    NONE,
    CREATED,
    DROPPED,
    RENAMED,
    /** Its samples are of another type now. */
    RETYPED
  }

  /** Tables that differ, by name. */
  public List<TableDiff> tables() throws StoreException {
    Set<Long> ids = new LinkedHashSet<>(to.tables().keySet());
    ids.addAll(from.tables().keySet());
    List<TableDiff> tables = new ArrayList<>();
    for (long id : ids) {
      table(id).ifPresent(tables::add);
    }
    tables.sort(java.util.Comparator.comparing(table -> table.schema().name()));
    return tables;
  }

  /** One table, if it differs. */
  public Optional<TableDiff> table(long tableId) throws StoreException {
    TableState before = from.tables().get(tableId);
    TableState after = to.tables().get(tableId);
    if (before == after) {
      return Optional.empty();
    }
    TableDelta delta =
        TableDelta.of(
            Optional.ofNullable(before), Optional.ofNullable(after), core.chunks, core.allocator);
    return delta.isEmpty() && !delta.schemaDiffers()
        ? Optional.empty()
        : Optional.of(new TableDiff(delta));
  }

  /** One table's difference. */
  public static final class TableDiff {
    private final TableDelta delta;

    TableDiff(TableDelta delta) {
      this.delta = delta;
    }

    public long tableId() {
      return schema().id();
    }

    /** The newer schema, or the last one of a dropped table. */
    public TableSchema schema() {
      return to().or(this::from).orElseThrow();
    }

    public Optional<TableSchema> from() {
      return delta.from().map(TableState::schema);
    }

    public Optional<TableSchema> to() {
      return delta.to().map(TableState::schema);
    }

    public Change change() {
      if (delta.from().isEmpty()) {
        return Change.CREATED;
      }
      if (delta.to().isEmpty()) {
        return Change.DROPPED;
      }
      return from().orElseThrow().name().equals(to().orElseThrow().name())
          ? Change.NONE
          : Change.RENAMED;
    }

    public long rowsAdded() {
      return delta.added().getLongCardinality();
    }

    public long rowsDeleted() {
      return delta.removed().getLongCardinality();
    }

    /** Rows that both have and in which a cell differs. */
    public long rowsUpdated() {
      return delta.updated().getLongCardinality();
    }

    /** All columns of both states, in the newer order, dropped ones last. */
    public List<TensorDiff> tensors() {
      List<TensorDiff> tensors = new ArrayList<>();
      for (Column column : to().map(TableSchema::columns).orElse(List.of())) {
        Optional<Column> before = from().flatMap(schema -> schema.findColumn(column.id()));
        tensors.add(
            new TensorDiff(
                column.id(),
                before.map(Column::name),
                Optional.of(column.name()),
                change(before, column),
                updated(column.id())));
      }
      for (Column column : from().map(TableSchema::columns).orElse(List.of())) {
        if (to().flatMap(schema -> schema.findColumn(column.id())).isEmpty()) {
          tensors.add(
              new TensorDiff(
                  column.id(), Optional.of(column.name()), Optional.empty(), Change.DROPPED, 0));
        }
      }
      return tensors;
    }

    private static Change change(Optional<Column> before, Column column) {
      if (before.isEmpty()) {
        return Change.CREATED;
      }
      if (!before.get().type().sameBytes(column.type())) {
        return Change.RETYPED;
      }
      return before.get().name().equals(column.name()) ? Change.NONE : Change.RENAMED;
    }

    private long updated(long columnId) {
      Roaring64Bitmap cells = delta.cells().get(columnId);
      return cells == null ? 0 : cells.getLongCardinality();
    }

    /** Rows that differ, in table order; removed ones where they were. */
    public DiffCursor openRows() {
      return new Cursor(delta);
    }
  }

  /**
   * One column's difference.
   *
   * @param rowsUpdated cells that differ in rows that both have; of a created column, those that
   *     are not NULL
   */
  public record TensorDiff(
      long columnId,
      Optional<String> fromName,
      Optional<String> toName,
      Change change,
      long rowsUpdated) {}

  /** What became of a row. */
  public enum RowKind {
    ADDED,
    REMOVED,
    MODIFIED
  }

  /**
   * One row's difference.
   *
   * @param changedColumnIds of a modified row
   * @param fromIndex its position in the older state; empty for an added row
   * @param toIndex its position in the newer state; empty for a removed row
   */
  public record RowDiff(
      RowKind kind,
      long rowId,
      List<Long> changedColumnIds,
      OptionalLong fromIndex,
      OptionalLong toIndex) {}

  /** Rows one by one. Used by one thread. */
  public interface DiffCursor {
    /** The next row; empty at the end. */
    Optional<RowDiff> next() throws StoreException;
  }

  private static final class Cursor implements DiffCursor {
    private final TableDelta delta;
    private final LongIterator newer;
    private final LongIterator older;
    private @Nullable Long nextNewer;
    private @Nullable Long nextOlder;

    Cursor(TableDelta delta) {
      this.delta = delta;
      Roaring64Bitmap there = delta.updated();
      there.or(delta.added());
      this.newer = there.getLongIterator();
      this.older = delta.removed().getLongIterator();
      this.nextNewer = step(newer);
      this.nextOlder = step(older);
    }

    private static @Nullable Long step(LongIterator slots) {
      return slots.hasNext() ? slots.next() : null;
    }

    @Override
    public Optional<RowDiff> next() throws StoreException {
      if (nextOlder != null && (nextNewer == null || nextOlder <= nextNewer)) {
        long slot = nextOlder;
        nextOlder = step(older);
        return Optional.of(removed(slot));
      }
      if (nextNewer == null) {
        return Optional.empty();
      }
      long slot = nextNewer;
      nextNewer = step(newer);
      return Optional.of(present(slot));
    }

    private RowDiff removed(long slot) throws StoreException {
      TableState before = delta.from().orElseThrow();
      return new RowDiff(
          RowKind.REMOVED,
          before.rows().rowIdAt(slot),
          List.of(),
          OptionalLong.of(before.rows().indexOfSlot(slot)),
          OptionalLong.empty());
    }

    private RowDiff present(long slot) throws StoreException {
      TableState after = delta.to().orElseThrow();
      long rowId = after.rows().rowIdAt(slot);
      OptionalLong index = OptionalLong.of(after.rows().indexOfSlot(slot));
      if (delta.added().contains(slot)) {
        return new RowDiff(RowKind.ADDED, rowId, List.of(), OptionalLong.empty(), index);
      }
      List<Long> columns = new ArrayList<>();
      for (Map.Entry<Long, Roaring64Bitmap> cells : delta.cells().entrySet()) {
        if (cells.getValue().contains(slot)) {
          columns.add(cells.getKey());
        }
      }
      TableState before = delta.from().orElseThrow();
      OptionalLong old = before.rows().findLiveSlot(rowId);
      return new RowDiff(
          RowKind.MODIFIED,
          rowId,
          columns,
          old.isPresent()
              ? OptionalLong.of(before.rows().indexOfSlot(old.getAsLong()))
              : OptionalLong.empty(),
          index);
    }
  }
}
