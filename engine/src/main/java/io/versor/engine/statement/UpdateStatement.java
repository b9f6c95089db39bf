package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.ParameterInfo;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.Infos;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RowConditions;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.engine.system.ConflictRows;
import io.versor.engine.work.Reservation;
import io.versor.engine.write.CellWriter;
import io.versor.format.KeyCheck;
import io.versor.format.ScanRequest;
import io.versor.format.TableScan;
import io.versor.format.Transaction;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.parser.ast.SqlUpdateTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE: a query for the row ids and new values, which reads only the columns it needs, then one
 * update for each column.
 */
final class UpdateStatement extends BaseStatement {
  /** Bytes of new values held before they are handed to the transaction. */
  private static final long PORTION_BYTES = 16L << 20;

  private static final int ROWS_PER_HOLD = 1_024;

  /** Of each row whose keys change, in lists and maps. */
  private static final int KEY_BYTES = 200;

  private final SqlUpdateTable update;
  private final SqlIdentifier table;

  /** Whether the statement names the conflicts of the table. */
  private final boolean conflicts;

  private final List<ParameterInfo> parameters;
  private Plan plan;

  UpdateStatement(SessionState session, SqlUpdateTable update)
      throws StoreException, StatementException {
    super(session, Literals.parameterCount(update));
    this.update = update;
    SqlIdentifier named = Target.name(update.table());
    Optional<SqlIdentifier> conflicting = Conflicts.tableOf(named);
    this.conflicts = conflicting.isPresent();
    this.table = conflicting.orElse(named);
    Versions versions = session.versions();
    if (conflicts && !update.returning().isEmpty()) {
      throw Conflicts.refuseReturning(update.returning());
    }
    this.plan = plan(versions, Target.of(table, versions), List.of());
    this.parameters = describe(plan, Literals.parameterCount(update));
  }

  @Override
  public List<ParameterInfo> parameters() {
    return parameters;
  }

  @Override
  public List<ColumnInfo> columns() {
    return plan.returning().map(ReturningPlan::columns).orElse(List.of());
  }

  /**
   * The statement, ready for a table as it is now.
   *
   * @param direct values that stand in the statement; null where the query gives them
   * @param read columns that conditions read and the statement leaves alone
   * @param beside what RETURNING names of other tables: the query's last
   */
  private record Plan(
      TableSchema schema,
      List<Integer> targets,
      List<Literals.@Nullable Value> direct,
      List<Integer> read,
      QueryPlan query,
      Map<Integer, ParameterInfo> given,
      SourceColumns beside,
      Optional<ReturningPlan> returning) {
    boolean fits(TableSchema now, Versions versions) throws StoreException {
      return schema.equals(now)
          && query.fits(versions)
          && (returning.isEmpty() || returning.get().fits(versions));
    }
  }

  private static List<ParameterInfo> describe(Plan plan, int count) {
    @Nullable ParameterInfo[] infos = new ParameterInfo[count];
    plan.given().forEach((index, info) -> infos[index] = info);
    Cells.describe(List.of(plan.query()), infos);
    plan.returning().ifPresent(each -> Cells.describe(List.of(each.query()), infos));
    List<ParameterInfo> all = new ArrayList<>();
    for (ParameterInfo info : infos) {
      all.add(info == null ? Infos.ANY : info);
    }
    return all;
  }

  private Plan plan(Versions versions, Target now, List<@Nullable Object> values)
      throws StoreException, StatementException {
    TableSchema schema = now.schema();
    CommonTables common = CommonTables.of(update);
    SqlNode written = common.target(update.table(), now.branch());
    SetColumns set =
        SetColumns.of(update.set(), schema, name -> conflicts ? Conflicts.column(name) : name);
    List<Integer> targets = set.targets();
    List<SqlNode> items = new ArrayList<>(set.computed());
    List<Integer> read = new ArrayList<>(RowConditions.columns(schema, targets));
    read.removeAll(targets);
    for (int column : read) {
      String prefix = conflicts ? ConflictRows.OURS : "";
      items.add(
          RowQuery.column(written, update.alias(), prefix + schema.columns().get(column).name()));
    }
    SourceColumns beside =
        RowQuery.sourceColumns(
            written,
            update.alias(),
            update.source().orElse(null),
            update.returning(),
            common,
            versions,
            values);
    items.addAll(beside.items());
    SqlNode query =
        RowQuery.of(
            written,
            update.alias(),
            update.source().orElse(null),
            items,
            update.condition().orElse(null));
    return new Plan(
        schema,
        targets,
        set.direct(),
        read,
        new QueryPlanner(versions).plan(common.around(query), values),
        set.given(),
        beside,
        ReturningPlan.of(
            update.returning(), common, table, update.alias(), beside, now, versions, values));
  }

  @Override
  boolean writesRows() {
    return true;
  }

  @Override
  Result run(List<@Nullable Object> values, ExecuteOptions options)
      throws StoreException, StatementException {
    String branch = Target.branch(table, session.versions());
    Changed changed =
        ValuePlaces.in(
            update,
            () ->
                session.write(
                    branch,
                    (transaction, versions) -> {
                      Target target = Target.of(table, versions);
                      Run run = session.run(versions, values);
                      if (!plan.fits(target.schema(), versions)) {
                        plan = plan(versions, target, values);
                      }
                      return update(target, plan, transaction, run);
                    }));
    return changed.result(options, session.takeWarnings());
  }

  private Changed update(Target target, Plan plan, Transaction transaction, Run run)
      throws StoreException, StatementException {
    TableSchema schema = target.schema();
    List<CellWriter> writers = new ArrayList<>();
    for (int column : plan.targets()) {
      writers.add(new CellWriter(schema.name(), schema.columns().get(column)));
    }
    KeyCheck keys = new KeyCheck(target.snapshot(), run.allocator());
    boolean checkKeys = keys.concerns(new HashSet<>(plan.targets()));
    List<CellWriter> readers = new ArrayList<>();
    for (int column : plan.read()) {
      readers.add(new CellWriter(schema.name(), schema.columns().get(column)));
    }
    boolean checkRows = !RowConditions.columns(schema, plan.targets()).isEmpty();
    Optional<RowConditions> conditions =
        checkRows ? session.conditions(schema, run.versions()) : Optional.empty();
    Portion portion = new Portion(schema, plan, writers, readers, conditions, transaction, run);
    List<Long> allRows = new ArrayList<>();
    RowIdList returned = new RowIdList();
    SourceColumns.Gathered beside = plan.beside().gather();
    Set<Long> met = new HashSet<>();
    long rows = 0;
    try (Reservation memory = run.memory().openReservation();
        RowCursor cursor = plan.query().executable().open(run)) {
      while (cursor.next()) {
        rows++;
        long rowId = RowQuery.rowId(cursor);
        if (update.source().isPresent() && !met.add(rowId)) {
          throw new StatementException(
              "21000",
              "UPDATE "
                  + schema.name()
                  + ": several rows of FROM match one row; make them unique, or compute one value"
                  + " with a subquery");
        }
        if (conflicts && target.snapshot().indexOf(rowId).isEmpty()) {
          throw new StatementException(
              "55000",
              "row "
                  + Long.toUnsignedString(rowId)
                  + " of "
                  + schema.name()
                  + " was deleted here, so it has no cells to set; RESOLVE CONFLICTS ON "
                  + schema.name()
                  + " USING THEIRS brings it back");
        }
        int next = 1;
        for (int i = 0; i < writers.size(); i++) {
          Literals.Value value = plan.direct().get(i);
          Object given = value == null ? cursor.objectAt(next++) : value.of(run.parameters());
          CellWriter writer = writers.get(i);
          writer.append(Numbering.value(given, writer.column(), schema, transaction), rows);
        }
        for (CellWriter reader : readers) {
          reader.append(cursor.objectAt(next++), rows);
        }
        portion.rowIds.add(rowId);
        if (plan.returning().isPresent()) {
          returned.add(rowId);
          beside.add(cursor, next);
        }
        if (checkKeys) {
          allRows.add(rowId);
          keys.replaces(rowId);
        } else if (portion.isFull()) {
          portion.flush();
        }
        if (rows % ROWS_PER_HOLD == 0) {
          long ids =
              rows
                  * (checkKeys ? KEY_BYTES : update.source().isPresent() ? RowIdList.SET_BYTES : 0);
          long values = (checkKeys ? portion.bytes() : 0) + beside.bytes();
          memory.hold("UPDATE of " + schema.name(), 0, ids + values);
        }
      }
    }
    if (checkKeys && rows > 0) {
      keys.added(newKeys(target, plan, writers, allRows, run));
    }
    portion.flush();
    return new Changed(
        rows,
        plan.returning().isPresent()
            ? Optional.of(
                plan.returning()
                    .get()
                    .rowsNow(returned.toArray(), beside.columns(), transaction, run))
            : Optional.empty());
  }

  /** The keys' columns of the updated rows as they will be; others are left empty. */
  private static List<HeapColumn> newKeys(
      Target target, Plan plan, List<CellWriter> writers, List<Long> rowIds, Run run)
      throws StoreException {
    TableSchema schema = target.schema();
    Map<Long, Integer> places = new HashMap<>();
    for (int i = 0; i < rowIds.size(); i++) {
      places.put(rowIds.get(i), i);
    }
    List<HeapColumn> columns = new ArrayList<>();
    for (int c = 0; c < schema.columns().size(); c++) {
      int written = plan.targets().indexOf(c);
      if (written >= 0) {
        columns.add(writers.get(written).peek());
      } else if (TableKeys.of(schema).values().stream().anyMatch(keyOf(c))) {
        columns.add(present(target, schema.columns().get(c), places, run));
      } else {
        columns.add(new ColumnBuilder(schema.columns().get(c).type(), 0).column());
      }
    }
    return columns;
  }

  private static java.util.function.Predicate<List<Integer>> keyOf(int column) {
    return key -> key.contains(column);
  }

  private static HeapColumn present(
      Target target, Column column, Map<Long, Integer> places, Run run) throws StoreException {
    long[] ids = places.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    int[] order = new int[ids.length];
    ColumnBuilder found = new ColumnBuilder(column.type(), ids.length);
    int count = 0;
    ScanRequest request = ScanRequest.of(List.of(column.id())).withRowIds(ids);
    try (TableScan scan = target.snapshot().openScan(request, run.allocator())) {
      while (scan.next()) {
        int[] selection = scan.selection();
        Vector values = scan.column(0);
        Vector rowIds = scan.rowIds();
        for (int k = 0; k < scan.selected(); k++) {
          int row = selection == null ? k : selection[k];
          order[places.get(rowIds.longAt(row))] = count++;
          found.append(values, row);
        }
      }
    }
    HeapColumn unordered = found.column();
    ColumnBuilder ordered = new ColumnBuilder(column.type(), ids.length);
    for (int place : order) {
      ordered.append(unordered, place, 1);
    }
    return ordered.column();
  }

  /** New values that were not handed to the transaction yet. */
  private record Portion(
      TableSchema schema,
      Plan plan,
      List<CellWriter> writers,
      List<CellWriter> readers,
      Optional<RowConditions> conditions,
      Transaction transaction,
      Run run,
      RowIdList rowIds) {
    Portion(
        TableSchema schema,
        Plan plan,
        List<CellWriter> writers,
        List<CellWriter> readers,
        Optional<RowConditions> conditions,
        Transaction transaction,
        Run run) {
      this(schema, plan, writers, readers, conditions, transaction, run, new RowIdList());
    }

    boolean isFull() {
      return rowIds.size() >= RowIdList.PORTION || bytes() > PORTION_BYTES;
    }

    long bytes() {
      return writers.stream().mapToLong(CellWriter::bytes).sum()
          + readers.stream().mapToLong(CellWriter::bytes).sum();
    }

    void flush() throws StoreException, StatementException {
      if (rowIds.size() == 0) {
        return;
      }
      if (conditions.isPresent()) {
        Map<Integer, HeapColumn> samples = new HashMap<>();
        for (int i = 0; i < readers.size(); i++) {
          samples.put(plan.read().get(i), readers.get(i).take());
        }
        for (int i = 0; i < writers.size(); i++) {
          samples.put(plan.targets().get(i), writers.get(i).peek());
        }
        conditions.get().check(samples, run);
      }
      Map<Long, HeapColumn> values = new LinkedHashMap<>();
      for (int i = 0; i < writers.size(); i++) {
        values.put(schema.columns().get(plan.targets().get(i)).id(), writers.get(i).take());
      }
      transaction.update(schema.id(), rowIds.toArray(), values);
      rowIds.clear();
    }
  }
}
