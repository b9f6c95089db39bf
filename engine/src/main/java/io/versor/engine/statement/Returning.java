package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ReturnedColumns;
import io.versor.engine.ReturnedRows;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Field;
import io.versor.engine.keep.KeptRows;
import io.versor.engine.plan.Infos;
import io.versor.engine.plan.StoredValues;
import io.versor.engine.work.Reservation;
import io.versor.format.Transaction;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.ref.NearNames;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Gathers columns of the rows that one INSERT makes. */
final class Returning {
  private static final int ROW_ID = -1;

  private final TableSchema schema;
  private final String branch;
  private final Transaction transaction;
  private final BufferAllocator allocator;
  private final Reservation memory;
  private long bytes;
  private final List<Integer> columns;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  /**
   * @param memory of the statement
   * @throws StatementException 42703 for a column that the table does not have
   */
  Returning(
      ReturnedColumns wanted,
      Target target,
      Transaction transaction,
      BufferAllocator allocator,
      Reservation memory)
      throws StatementException {
    this.memory = memory;
    this.schema = target.schema();
    this.branch = target.branch();
    this.transaction = transaction;
    this.allocator = allocator;
    this.columns = List.copyOf(columns(wanted, schema));
  }

  /**
   * What RETURNING would name of them.
   *
   * @param table as the statement names it
   */
  static SqlNodeList items(ReturnedColumns wanted, TableSchema schema, SqlIdentifier table)
      throws StatementException {
    SqlNodeList items = new SqlNodeList(SqlParserPos.ZERO);
    for (int column : columns(wanted, schema)) {
      String name = column == ROW_ID ? Field.ROW_ID : schema.columns().get(column).name();
      items.add(RowQuery.column(table, null, name));
    }
    return items;
  }

  private static Set<Integer> columns(ReturnedColumns wanted, TableSchema schema)
      throws StatementException {
    Set<Integer> columns = new LinkedHashSet<>();
    if (wanted.keys()) {
      for (int i = 0; i < schema.columns().size(); i++) {
        if (schema.columns().get(i).identity().isPresent()) {
          columns.add(i);
        }
      }
      columns.addAll(TableKeys.of(schema).getOrDefault(TableKeys.PRIMARY_KEY, List.of()));
      if (columns.isEmpty()) {
        columns.add(ROW_ID);
      }
    }
    for (String name : wanted.names()) {
      columns.add(name.equalsIgnoreCase(Field.ROW_ID) ? ROW_ID : column(name, schema));
    }
    for (int position : wanted.positions()) {
      if (position < 1 || position > schema.columns().size()) {
        throw new StatementException(
            "42703",
            "no column "
                + position
                + " in "
                + schema.name()
                + ", which has "
                + schema.columns().size());
      }
      columns.add(position - 1);
    }
    return columns;
  }

  private static int column(String name, TableSchema schema) throws StatementException {
    List<Column> found =
        schema.findColumn(name).map(List::of).orElseGet(() -> schema.columnsIgnoreCase(name));
    if (found.isEmpty()) {
      throw new StatementException(
          "42703",
          "no column "
              + name
              + " in "
              + schema.name()
              + NearNames.question(name, schema.columns().stream().map(Column::name).toList()));
    }
    return schema.columns().indexOf(found.get(0));
  }

  /** Rows as they were appended. */
  void add(long firstRowId, List<HeapColumn> appended) throws StoreException {
    if (columns.isEmpty()) {
      return;
    }
    List<List<@Nullable Object>> values = new ArrayList<>();
    for (int column : columns) {
      values.add(column == ROW_ID ? List.of() : StoredValues.of(appended.get(column), allocator));
    }
    for (int row = 0; row < appended.get(0).rows(); row++) {
      List<@Nullable Object> returned = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        Object value = columns.get(i) == ROW_ID ? firstRowId + row : values.get(i).get(row);
        returned.add(value);
        bytes += KeptRows.valueBytes(value);
      }
      rows.add(returned);
      bytes += RowIdList.SET_BYTES;
      memory.hold("the keys of new rows that are returned", 0, bytes);
    }
  }

  /** What was gathered, with the row ids of the commit if there was one. */
  ReturnedRows rows() throws StoreException {
    if (columns.isEmpty()) {
      return ReturnedRows.NONE;
    }
    int rowId = columns.indexOf(ROW_ID);
    if (rowId >= 0) {
      for (List<@Nullable Object> row : rows) {
        Object id = row.get(rowId);
        if (id instanceof Long provisional) {
          row.set(rowId, transaction.committedRowId(provisional));
        }
      }
    }
    return new ReturnedRows(columns.stream().map(this::info).toList(), rows);
  }

  private ColumnInfo info(int position) {
    if (position == ROW_ID) {
      TensorType type = TensorType.scalar(Dtype.INT64);
      return Infos.column(Field.ROW_ID, Field.ROW_ID, schema.name(), branch, false, type, false);
    }
    Column column = schema.columns().get(position);
    return Infos.column(
        column.name(),
        column.name(),
        schema.name(),
        branch,
        column.nullable(),
        column.type(),
        column.identity().isPresent(),
        true);
  }
}
