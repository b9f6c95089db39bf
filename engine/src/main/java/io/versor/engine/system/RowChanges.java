package io.versor.engine.system;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.format.Diff.RowDiff;
import io.versor.format.Diff.RowFilter;
import io.versor.format.Diff.RowKind;
import io.versor.format.TableSnapshot;
import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * {@code versor.changes(t, a, b)}: the changes that lead from one version to the other, as a change
 * feed tells them; a changed row as it was, then as it is.
 */
final class RowChanges extends VersorTable {
  private static final int FIRST_ROWS = 16;
  private static final int MOST_ROWS = 256;

  /** Before the columns of the table. */
  private static final List<Column> OWN =
      List.of(
          SystemTable.text("change_type").notNull(),
          Column.of("_rowid", TensorType.scalar(Dtype.INT64)).notNull());

  private final TwoStates states;
  private final CursorTable.Alike alike;
  private final List<Column> columns;

  private RowChanges(
      TableSchema schema, TwoStates states, List<Column> columns, CursorTable.Alike alike) {
    super(Versions.SYSTEM, schema, false);
    this.alike = alike;
    this.states = states;
    this.columns = columns;
  }

  static VersorTable table(List<Optional<String>> arguments, String name, Versions versions)
      throws StoreException, StatementException {
    TableFunctions.table(arguments, 3, "changes", "changes(table, from, to)");
    TwoStates states = TwoStates.of(arguments, versions);
    List<Column> columns = new ArrayList<>();
    states.after().ifPresent(table -> columns.addAll(table.schema().columns()));
    for (Column column : states.before().map(table -> table.schema().columns()).orElse(List.of())) {
      if (columns.stream().noneMatch(each -> each.id() == column.id())) {
        columns.add(column);
      }
    }
    List<Column> values = new ArrayList<>();
    for (Column column : columns) {
      values.add(Column.of(free(column.name(), values), column.type()));
    }
    List<Column> shown = new ArrayList<>(OwnColumns.beside(values, OWN));
    shown.addAll(values);
    TableSchema schema = TableSchema.of(TableFunctions.shortened(name), shown);
    return new RowChanges(schema, states, columns, states.alike(arguments, versions));
  }

  /** A column that only the older version has may have a name that another one has now. */
  private static String free(String name, List<Column> taken) {
    String free = name;
    for (String each = name; OwnColumns.isTaken(free, taken); each = free) {
      free = each + "_old";
    }
    return free;
  }

  @Override
  public boolean fits(Versions versions) throws StoreException {
    return alike.in(versions);
  }

  @Override
  public double estimatedRows() {
    return 1_000;
  }

  @Override
  public FieldScan openScan(FieldRequest request, Versions versions, BufferAllocator allocator)
      throws StoreException {
    RowFilter filter = RowDiffs.filter(request, RowChanges::startOfWords);
    return new Scan(request.fields(), states.segment(versions.store(), filter), allocator);
  }

  private static String startOfWords(RowKind kind) {
    return switch (kind) {
      case ADDED -> "insert";
      case REMOVED -> "delete";
      case MODIFIED -> "update";
    };
  }

  /**
   * A row of the result.
   *
   * @param old whether it says what the row was
   */
  private record Change(String type, long rowId, boolean old) {}

  private final class Scan extends BufferedScan {
    private final DiffSegment segment;
    private final BufferAllocator allocator;
    private final List<Change> changes = new ArrayList<>();
    private int most = FIRST_ROWS;

    Scan(List<Integer> asked, DiffSegment segment, BufferAllocator allocator) {
      super(fields(), asked, allocator);
      this.segment = segment;
      this.allocator = allocator;
    }

    @Override
    public boolean next() throws StoreException {
      changes.clear();
      for (int i = 0; i < most; i++) {
        Optional<RowDiff> row = segment.rows().next();
        if (row.isEmpty()) {
          break;
        }
        long rowId = row.get().rowId();
        switch (row.get().kind()) {
          case ADDED -> changes.add(new Change("insert", rowId, false));
          case REMOVED -> changes.add(new Change("delete", rowId, true));
          case MODIFIED -> {
            changes.add(new Change("update_preimage", rowId, true));
            changes.add(new Change("update_postimage", rowId, false));
          }
        }
      }
      most = Math.min(MOST_ROWS, most * 2);
      length = changes.size();
      return length > 0;
    }

    @Override
    public Vector field(int i) throws StoreException {
      VectorBuffer out = buffers.get(i);
      out.clear();
      int field = asked.get(i);
      if (field >= OWN.size()) {
        fill(columns.get(field - OWN.size()), out);
        return out.vector();
      }
      for (Change change : changes) {
        if (field == 0) {
          out.appendText(change.type());
        } else {
          out.appendLong(change.rowId());
        }
      }
      return out.vector();
    }

    private void fill(Column column, VectorBuffer out) throws StoreException {
      try (VectorBuffer was = new VectorBuffer(out.type(), allocator);
          VectorBuffer is = new VectorBuffer(out.type(), allocator)) {
        fill(segment.before(), true, column, was);
        fill(segment.after(), false, column, is);
        Vector before = was.vector();
        Vector after = is.vector();
        for (int i = 0; i < changes.size(); i++) {
          out.append(changes.get(i).old() ? before : after, i);
        }
      }
    }

    private void fill(Optional<TableSnapshot> side, boolean old, Column column, VectorBuffer out)
        throws StoreException {
      boolean known = side.isPresent() && side.get().schema().findColumn(column.id()).isPresent();
      long[] ids = changes.stream().mapToLong(Change::rowId).toArray();
      boolean[] present = new boolean[ids.length];
      for (int i = 0; i < ids.length; i++) {
        present[i] = known && changes.get(i).old() == old;
      }
      if (known) {
        RowFetch.append(
            side.orElseThrow(), List.of(column.id()), ids, present, List.of(out), allocator);
        return;
      }
      for (int i = 0; i < ids.length; i++) {
        out.appendNull();
      }
    }
  }
}
