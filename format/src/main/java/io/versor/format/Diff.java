package io.versor.format;

import io.versor.format.change.DeltaWalk;
import io.versor.format.change.TableDelta;
import io.versor.format.table.BranchState;
import io.versor.format.table.TableState;
import io.versor.format.tree.RowTree;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
    tables.sort(Comparator.comparing(table -> table.schema().name()));
    return tables;
  }

  /** Views that differ, by name. */
  public List<ViewDiff> views() {
    Set<Long> ids = new LinkedHashSet<>(to.views().keySet());
    ids.addAll(from.views().keySet());
    List<ViewDiff> views = new ArrayList<>();
    for (long id : ids) {
      Optional<ViewSchema> before = Optional.ofNullable(from.views().get(id));
      Optional<ViewSchema> after = Optional.ofNullable(to.views().get(id));
      if (!before.equals(after)) {
        views.add(new ViewDiff(before, after));
      }
    }
    views.sort(Comparator.comparing(view -> view.view().name()));
    return views;
  }

  /** One view's difference. */
  public record ViewDiff(Optional<ViewSchema> from, Optional<ViewSchema> to) {
    /** The newer view, or the last one of a dropped view. */
    public ViewSchema view() {
      return to.or(() -> from).orElseThrow();
    }

    /** {@code NONE} where the query or the comment is another. */
    public Change change() {
      if (from.isEmpty()) {
        return Change.CREATED;
      }
      if (to.isEmpty()) {
        return Change.DROPPED;
      }
      return from.get().name().equals(to.get().name()) ? Change.NONE : Change.RENAMED;
    }
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
  public final class TableDiff {
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
    public DiffCursor openRows() throws StoreException {
      return Diff.this.openRows(tableId(), RowFilter.ALL);
    }
  }

  /**
   * Rows of a table that differ, in table order; removed ones where they were. Looks no further
   * than it is asked to.
   */
  public DiffCursor openRows(long tableId, RowFilter filter) throws StoreException {
    TableState before = from.tables().get(tableId);
    TableState after = to.tables().get(tableId);
    if (before == after || filter.kinds().isEmpty()) {
      return Optional::empty;
    }
    DiffCursor all =
        before == null || after == null
            ? wholeTable(Optional.ofNullable(before), Optional.ofNullable(after), filter.rowIds())
            : walk(before, after, filter);
    if (filter.kinds().size() == RowKind.values().length) {
      return all;
    }
    return () -> {
      Optional<RowDiff> row = all.next();
      while (row.isPresent() && !filter.kinds().contains(row.get().kind())) {
        row = all.next();
      }
      return row;
    };
  }

  private DiffCursor walk(TableState before, TableState after, RowFilter filter)
      throws StoreException {
    boolean cells = filter.kinds().contains(RowKind.MODIFIED);
    DeltaWalk walk =
        filter.rowIds().isPresent()
            ? DeltaWalk.ofRows(
                before, after, filter.rowIds().get(), cells, core.chunks, core.allocator)
            : new DeltaWalk(before, after, cells, core.chunks, core.allocator);
    return () -> {
      DeltaWalk.Step step = walk.next();
      return step == null ? Optional.empty() : Optional.of(row(before, after, step));
    };
  }

  private static RowDiff row(TableState before, TableState after, DeltaWalk.Step step)
      throws StoreException {
    if (step.removed()) {
      return new RowDiff(
          RowKind.REMOVED,
          before.rows().rowIdAt(step.slot()),
          List.of(),
          OptionalLong.of(before.rows().indexOfSlot(step.slot())),
          OptionalLong.empty());
    }
    long rowId = after.rows().rowIdAt(step.slot());
    OptionalLong index = OptionalLong.of(after.rows().indexOfSlot(step.slot()));
    if (step.added()) {
      return new RowDiff(RowKind.ADDED, rowId, List.of(), OptionalLong.empty(), index);
    }
    OptionalLong old = before.rows().findLiveSlot(rowId);
    return new RowDiff(
        RowKind.MODIFIED,
        rowId,
        step.columnIds(),
        old.isPresent()
            ? OptionalLong.of(before.rows().indexOfSlot(old.getAsLong()))
            : OptionalLong.empty(),
        index);
  }

  /**
   * Which rows of a difference are asked for; what they do not need is not read.
   *
   * @param rowIds few rows, which are looked up; empty = all
   * @param kinds samples are compared for {@code MODIFIED} only
   */
  public record RowFilter(Optional<long[]> rowIds, Set<RowKind> kinds) {
    public static final RowFilter ALL =
        new RowFilter(Optional.empty(), EnumSet.allOf(RowKind.class));

    public RowFilter {
      kinds = Set.copyOf(kinds);
    }
  }

  /** Every row of a table that was created or dropped. */
  private static DiffCursor wholeTable(
      Optional<TableState> before, Optional<TableState> after, Optional<long[]> rowIds) {
    RowKind kind = after.isPresent() ? RowKind.ADDED : RowKind.REMOVED;
    RowTree rows = after.or(() -> before).orElseThrow().rows();
    long[] next = {0};
    return () -> {
      while (next[0] < rows.rowCount()) {
        long index = next[0]++;
        long rowId = rows.rowIdAt(rows.slotOfIndex(index));
        if (rowIds.isEmpty() || Arrays.stream(rowIds.get()).anyMatch(id -> id == rowId)) {
          OptionalLong place = OptionalLong.of(index);
          OptionalLong none = OptionalLong.empty();
          return Optional.of(
              kind == RowKind.ADDED
                  ? new RowDiff(kind, rowId, List.of(), none, place)
                  : new RowDiff(kind, rowId, List.of(), place, none));
        }
      }
      return Optional.empty();
    };
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
}
