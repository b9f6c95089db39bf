package io.versor.format;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.record.RowIds;
import io.versor.format.table.TableState;
import io.versor.format.type.Column;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import io.versor.format.type.ViewSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a transaction does to tables and views, rather than to rows; its methods tell what each of
 * these does. Used by one thread.
 */
final class SchemaEdits {
  /** Rows that get numbers together when a column is added: a chunk of them. */
  private static final int NUMBERED_ROWS = 65_536;

  private final PendingWrites writes;

  SchemaEdits(PendingWrites writes) {
    this.writes = writes;
  }

  long createTable(TableSchema template) throws StoreException {
    refuseName(template.name(), 0);
    writes.makeRoom(0, 1, template.columns().size());
    long tableId = writes.takeTable();
    List<Column> columns = new ArrayList<>();
    for (Column column : template.columns()) {
      columns.add(column.withId(writes.takeColumn()));
    }
    writes.put(template.withId(tableId).withColumns(columns));
    return tableId;
  }

  void dropTable(long tableId) throws StoreException {
    writes.schema(tableId);
    writes.dropTable(tableId);
  }

  void renameTable(long tableId, String name) throws StoreException {
    TableSchema schema = writes.schema(tableId);
    refuseName(name, tableId);
    writes.put(schema.withName(name));
  }

  void alterTable(long tableId, Optional<String> comment, Map<String, String> properties)
      throws StoreException {
    TableSchema schema = writes.schema(tableId);
    writes.put(new TableSchema(schema.id(), schema.name(), schema.columns(), comment, properties));
  }

  void requireKeys(long tableId) throws StoreException {
    new MergeChecks(writes.core, writes.display, writes.base, writes.current()).checkKeys(tableId);
  }

  long addColumn(long tableId, Column template, Optional<HeapColumn> fill) throws StoreException {
    TableSchema schema = writes.schema(tableId);
    if (!schema.columnsIgnoreCase(template.name()).isEmpty()) {
      throw new StoreException(
          Code.COLUMN_EXISTS,
          "table " + schema.name() + " has a column " + template.name() + " already");
    }
    TableState table = writes.table(tableId);
    boolean hasNulls = fill.isEmpty() || fill.get().isNull(0);
    boolean numbered = template.identity().isPresent();
    if (!template.nullable() && hasNulls && !numbered && table.rows().rowCount() > 0) {
      throw PendingWrites.notNull(schema, template, "the rows there are need a DEFAULT");
    }
    writes.makeRoom(0, 0, 1);
    Column column = template.withId(writes.takeColumn());
    List<Column> columns = new ArrayList<>(schema.columns());
    columns.add(column);
    writes.put(schema.withColumns(columns));
    if (fill.isPresent() && !fill.get().isNull(0) && table.rows().rowCount() > 0) {
      fill(tableId, column, fill.get());
    }
    if (numbered) {
      number(tableId, column);
    }
    return column.id();
  }

  private void number(long tableId, Column column) throws StoreException {
    long[] rows = LiveRows.of(writes.table(tableId).rows()).toArray();
    long increment = column.identity().orElseThrow().increment();
    for (int from = 0; from < rows.length; from += NUMBERED_ROWS) {
      int count = Math.min(NUMBERED_ROWS, rows.length - from);
      long first = writes.drawNumbers(tableId, column.id(), count);
      ColumnBuilder samples = new ColumnBuilder(column.type(), count);
      for (int i = 0; i < count; i++) {
        samples.appendLong(first + i * increment);
      }
      RowIds portion = RowIds.of(Arrays.copyOfRange(rows, from, from + count));
      writes.add(writes.spool.patched(tableId, portion, column, samples.column()));
    }
  }

  private void fill(long tableId, Column column, HeapColumn sample) throws StoreException {
    RowIds rows = LiveRows.of(writes.table(tableId).rows());
    writes.add(writes.spool.filled(tableId, rows, column, sample));
  }

  void dropColumn(long tableId, long columnId) throws StoreException {
    TableSchema schema = writes.schema(tableId);
    PendingWrites.column(schema, columnId);
    List<Column> columns = new ArrayList<>(schema.columns());
    columns.removeIf(column -> column.id() == columnId);
    if (columns.isEmpty()) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "column "
              + schema.columns().get(0).name()
              + " is the only one of table "
              + schema.name()
              + "; drop the table instead");
    }
    writes.put(schema.withColumns(columns));
  }

  void renameColumn(long tableId, long columnId, String name) throws StoreException {
    TableSchema schema = writes.schema(tableId);
    Column column = PendingWrites.column(schema, columnId);
    for (Column other : schema.columnsIgnoreCase(name)) {
      if (other.id() != columnId) {
        throw new StoreException(
            Code.COLUMN_EXISTS,
            "table " + schema.name() + " has a column " + other.name() + " already");
      }
    }
    writes.put(replaced(schema, column.withName(name)));
  }

  void alterColumn(long tableId, Column replacement) throws StoreException {
    TableSchema schema = writes.schema(tableId);
    Column old = PendingWrites.column(schema, replacement.id());
    boolean prefix =
        replacement.type().labels().size() >= old.type().labels().size()
            && replacement
                .type()
                .labels()
                .subList(0, old.type().labels().size())
                .equals(old.type().labels());
    if (!replacement.type().sameBytes(old.type())
        || replacement.type().htype() != old.type().htype()
        || !elementHtype(replacement).equals(elementHtype(old))
        || !prefix) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "column "
              + old.name()
              + " of table "
              + schema.name()
              + ": its samples cannot be read as "
              + replacement.type());
    }
    if (!replacement.nullable() && old.nullable()) {
      refuseNulls(schema, old);
    }
    writes.put(replaced(schema, replacement));
  }

  void relabel(long tableId, long columnId, List<String> labels) throws StoreException {
    TableSchema schema = writes.schema(tableId);
    Column column = PendingWrites.column(schema, columnId);
    writes.put(replaced(schema, column.withType(column.type().withLabels(labels))));
  }

  private static Optional<Htype> elementHtype(Column column) {
    return column.type().element().map(TensorType::htype);
  }

  private void refuseNulls(TableSchema schema, Column column) throws StoreException {
    TableSnapshot table = new TableSnapshot(writes.core, writes.table(schema.id()), writes.display);
    OptionalLong row = table.firstNull(column.id());
    if (row.isPresent()) {
      throw PendingWrites.notNull(
          schema, column, "the row at _index " + row.getAsLong() + " has NULL");
    }
  }

  private static TableSchema replaced(TableSchema schema, Column replacement) {
    return schema.withColumns(
        schema.columns().stream()
            .map(column -> column.id() == replacement.id() ? replacement : column)
            .toList());
  }

  private void refuseName(String name, long exceptId) throws StoreException {
    Optional<String> taken = writes.schemas().named(name, exceptId);
    if (taken.isPresent()) {
      throw new StoreException(
          Code.TABLE_EXISTS, writes.display + " has " + taken.get() + " already");
    }
  }

  // --- views

  long createView(ViewSchema template) throws StoreException {
    refuseName(template.name(), 0);
    writes.makeRoom(0, 1, 0);
    long viewId = writes.takeTable();
    writes.put(template.withId(viewId));
    return viewId;
  }

  void alterView(ViewSchema replacement) throws StoreException {
    view(replacement.id());
    refuseName(replacement.name(), replacement.id());
    writes.put(replacement);
  }

  void dropView(long viewId) throws StoreException {
    view(viewId);
    writes.dropView(viewId);
  }

  private void view(long viewId) throws StoreException {
    if (!writes.schemas().views().containsKey(viewId)) {
      throw new StoreException(
          Code.NO_SUCH_TABLE, writes.display + " has no view with id " + Long.toHexString(viewId));
    }
  }
}
