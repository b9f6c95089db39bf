package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.Result;
import io.versor.engine.ReturnedRows;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.ChosenRows;
import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.keep.KeptRows;
import io.versor.engine.plan.Infos;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.engine.plan.Selects;
import io.versor.engine.system.GivenRows;
import io.versor.engine.work.Reservation;
import io.versor.format.TableSnapshot;
import io.versor.format.Transaction;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * RETURNING, ready for a table as it is now: a query over the rows that a statement writes. What
 * else it asks for is as it was before the statement.
 *
 * @param sources what it names of tables beside, in their order
 * @param query gives the row id, then what is returned
 * @param rowIds which columns are ids of rows, as they are
 */
record ReturningPlan(
    ChosenRows chosen,
    List<GivenRows> sources,
    QueryPlan query,
    List<ColumnInfo> columns,
    List<Integer> rowIds) {
  /** Name of a schema that no branch can have. */
  private static final String SCHEMA = "rows written";

  /** Names of tables beside in it, with their numbers. */
  private static final String SOURCE = "source ";

  /** Name of the first column, which nobody asked for. */
  private static final String WRITTEN = "row written";

  private static final SqlParserPos NOWHERE = SqlParserPos.ZERO;

  /**
   * Plans it.
   *
   * @param items empty: nothing is returned
   * @param table as the statement names it
   * @param common what stands in front of the statement
   * @param beside what it names of other tables
   */
  static Optional<ReturningPlan> of(
      SqlNodeList items,
      CommonTables common,
      SqlIdentifier table,
      @Nullable SqlIdentifier alias,
      SourceColumns beside,
      Target target,
      Versions versions,
      List<@Nullable Object> values)
      throws StoreException, StatementException {
    return items.isEmpty()
        ? Optional.empty()
        : Optional.of(
            make(
                items,
                common,
                table,
                alias,
                beside,
                target,
                versions,
                values,
                UnaryOperator.identity()));
  }

  /** The same of MERGE INTO, where a star begins with the source. */
  static ReturningPlan ofMerge(
      SqlNodeList items,
      CommonTables common,
      SqlIdentifier table,
      @Nullable SqlIdentifier alias,
      SourceColumns beside,
      Target target,
      Versions versions,
      List<@Nullable Object> values)
      throws StoreException, StatementException {
    return make(
        items,
        common,
        table,
        alias,
        beside,
        target,
        versions,
        values,
        tables -> {
          List<Named> turned = new ArrayList<>(tables.subList(1, tables.size()));
          turned.add(tables.get(0));
          return turned;
        });
  }

  /**
   * @param order of the tables, the one that is written first
   */
  private static ReturningPlan make(
      SqlNodeList items,
      CommonTables common,
      SqlIdentifier table,
      @Nullable SqlIdentifier alias,
      SourceColumns beside,
      Target target,
      Versions versions,
      List<@Nullable Object> values,
      UnaryOperator<List<Named>> order)
      throws StoreException, StatementException {
    common.refuseRandom("RETURNING", items);
    TableSchema schema = target.schema();
    String last = table.names.get(table.names.size() - 1);
    SqlIdentifier name = alias == null ? new SqlIdentifier(last, NOWHERE) : alias;
    List<Named> named = new ArrayList<>();
    named.add(new Named(schema.name(), name));
    List<SqlNode> all = new ArrayList<>();
    all.add(
        SqlStdOperatorTable.AS.createCall(
            NOWHERE,
            RowQuery.column(table, alias, Field.ROW_ID),
            new SqlIdentifier(WRITTEN, NOWHERE)));
    for (SqlNode item : items) {
      SqlNode shorter = RowQuery.withoutSchema(item, target);
      all.add(beside.sources().isEmpty() ? shorter : withHidden(shorter, name));
    }
    Map<String, VersorTable> tables = new HashMap<>();
    ChosenRows chosen = new ChosenRows(SCHEMA, target.snapshot());
    tables.put(schema.name(), chosen);
    List<GivenRows> sources = new ArrayList<>();
    for (SourceColumns.Source source : beside.sources()) {
      GivenRows rows = new GivenRows(SCHEMA, source.schema());
      String key = SOURCE + sources.size();
      tables.put(key, rows);
      sources.add(rows);
      named.add(new Named(key, new SqlIdentifier(source.alias(), NOWHERE)));
    }
    QueryPlan query =
        QueryPlanner.over(versions, SCHEMA, tables)
            .plan(common.around(Selects.of(NOWHERE, all, from(order.apply(named)), null)), values);
    List<ColumnInfo> columns = new ArrayList<>();
    List<Integer> rowIds = new ArrayList<>();
    for (ColumnInfo given : query.columns().subList(1, query.columns().size())) {
      boolean own = given.schema().equals(SCHEMA) && given.table().equals(schema.name());
      if (own && given.name().equals(Field.ROW_ID)) {
        rowIds.add(columns.size());
      }
      columns.add(
          own
              ? info(given, schema, target.branch())
              : given.schema().equals(SCHEMA) ? info(given, beside) : given);
    }
    return new ReturningPlan(chosen, sources, query, columns, rowIds);
  }

  /** Hidden columns without a table are those of the one that is written: others show none. */
  private static SqlNode withHidden(SqlNode item, SqlIdentifier table) {
    SqlNode qualified =
        item.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                return call.isA(SqlKind.QUERY) ? call : super.visit(call);
              }

              @Override
              public SqlNode visit(SqlIdentifier id) {
                boolean hidden =
                    id.isSimple()
                        && (id.getSimple().equalsIgnoreCase(Field.ROW_ID)
                            || id.getSimple().equalsIgnoreCase(Field.INDEX));
                return hidden
                    ? new SqlIdentifier(
                        List.of(table.getSimple(), id.getSimple()),
                        null,
                        id.getParserPosition(),
                        null)
                    : id;
              }
            });
    return qualified == null ? item : qualified;
  }

  /** A table of the schema, under the name that the statement has for it. */
  private record Named(String table, SqlIdentifier name) {
    SqlNode from() {
      return SqlStdOperatorTable.AS.createCall(
          NOWHERE, new SqlIdentifier(List.of(SCHEMA, table), NOWHERE), name);
    }

    SqlIdentifier rowId() {
      return RowQuery.column(name, name, Field.ROW_ID);
    }
  }

  /** Joined by the ids of rows. */
  private static SqlNode from(List<Named> tables) {
    SqlNode from = tables.get(0).from();
    for (Named beside : tables.subList(1, tables.size())) {
      from =
          new SqlJoin(
              NOWHERE,
              from,
              SqlLiteral.createBoolean(false, NOWHERE),
              JoinType.INNER.symbol(NOWHERE),
              beside.from(),
              JoinConditionType.ON.symbol(NOWHERE),
              SqlStdOperatorTable.EQUALS.createCall(
                  NOWHERE, tables.get(0).rowId(), beside.rowId()));
    }
    return from;
  }

  /** A column of another table as one of a query of that table is told. */
  private static ColumnInfo info(ColumnInfo given, SourceColumns beside) {
    int source = Integer.parseInt(given.table().substring(SOURCE.length()));
    for (ColumnInfo info : beside.sources().get(source).infos()) {
      if (info.label().equals(given.name())) {
        return new ColumnInfo(
            given.label(),
            info.name(),
            info.table(),
            info.schema(),
            info.jdbcType(),
            info.typeName(),
            info.precision(),
            info.scale(),
            given.nullable(),
            info.type(),
            info.autoIncrement(),
            info.writable());
      }
    }
    return given;
  }

  /** A column of the table as one of a query of the table is told. */
  private static ColumnInfo info(ColumnInfo given, TableSchema schema, String branch) {
    Optional<Column> column = schema.findColumn(given.name());
    return Infos.column(
        given.label(),
        given.name(),
        schema.name(),
        branch,
        given.nullable(),
        column.map(Column::type).orElse(given.type()),
        column.flatMap(Column::identity).isPresent(),
        column.isPresent());
  }

  boolean fits(Versions versions) throws StoreException {
    return query.fits(versions);
  }

  /**
   * What is returned of rows as they are in a state of the table.
   *
   * @param written their ids in the order in which they are returned
   * @param beside columns of each source, in the same order
   */
  Rows rows(
      TableSnapshot state,
      long[] written,
      List<List<HeapColumn>> beside,
      Transaction transaction,
      Run run)
      throws StoreException, StatementException {
    int[] places = IntStream.range(0, written.length).toArray();
    return inOrder(written, read(state, written, places, beside, run), transaction);
  }

  /** The rows that were found, in the order of their ids in a list. */
  Rows inOrder(long[] written, Map<Long, List<@Nullable Object>> found, Transaction transaction) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (long rowId : written) {
      List<@Nullable Object> row = found.get(rowId);
      if (row == null) {
        throw new IllegalStateException("row " + rowId + " was written and is not there");
      }
      rows.add(row);
    }
    return new Rows(this, rows, transaction);
  }

  /** The same as the transaction has made them. */
  Rows rowsNow(long[] written, List<List<HeapColumn>> beside, Transaction transaction, Run run)
      throws StoreException, StatementException {
    long tableId = chosen.schema().id();
    TableSnapshot now =
        transaction
            .snapshot()
            .findTable(tableId)
            .orElseThrow(() -> new IllegalStateException("no table " + chosen.schema().name()));
    return rows(now, written, beside, transaction, run);
  }

  /**
   * What is returned of rows, by their ids.
   *
   * @param places where each has its columns of the sources
   */
  Map<Long, List<@Nullable Object>> read(
      TableSnapshot state, long[] written, int[] places, List<List<HeapColumn>> beside, Run run)
      throws StoreException, StatementException {
    Map<Long, List<@Nullable Object>> found = new HashMap<>();
    if (written.length == 0) {
      return found;
    }
    for (int i = 0; i < sources.size(); i++) {
      sources.get(i).give(beside.get(i), places, written);
    }
    chosen.choose(state, written);
    long bytes = 0;
    try (Reservation memory = run.memory().openReservation();
        RowCursor cursor = query.executable().open(run)) {
      while (cursor.next()) {
        List<@Nullable Object> row = new ArrayList<>(columns.size());
        bytes += RowIdList.SET_BYTES;
        for (int i = 1; i <= columns.size(); i++) {
          Object value = cursor.objectAt(i);
          row.add(value);
          bytes += KeptRows.valueBytes(value);
        }
        memory.hold("the rows of RETURNING", 0, bytes);
        found.put(RowQuery.rowId(cursor), row);
      }
    }
    return found;
  }

  /** What is returned of the rows that a statement has written. */
  record Rows(ReturningPlan plan, List<List<@Nullable Object>> rows, Transaction transaction) {
    /** The rows, with the ids that the transaction gave them if it is committed. */
    ReturnedRows returned() throws StoreException {
      for (int place : plan.rowIds()) {
        for (List<@Nullable Object> row : rows) {
          if (row.get(place) instanceof Long provisional) {
            row.set(place, transaction.committedRowId(provisional));
          }
        }
      }
      return new ReturnedRows(plan.columns(), rows);
    }

    /**
     * The statement's result, when the transaction is committed or goes on.
     *
     * @param count rows that were written
     */
    Result result(long count, ExecuteOptions options, List<String> warnings) throws StoreException {
      if (!options.returned().isEmpty()) {
        return new CountResult(count, returned(), warnings);
      }
      ReturnedRows returned = returned();
      return new CursorResult(
          new ListCursor(returned.rows()), returned.columns(), options.maxRows(), warnings);
    }
  }
}
