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
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.engine.work.Reservation;
import io.versor.format.Transaction;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.parser.ast.SqlDeleteFrom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** DELETE: a query for the row ids, then one deletion. */
final class DeleteStatement extends BaseStatement {
  private static final int ROWS_PER_HOLD = 1_024;

  private final SqlDeleteFrom delete;
  private final SqlIdentifier table;

  /** Whether the statement names the conflicts of the table. */
  private final boolean conflicts;

  private final List<ParameterInfo> parameters;
  private Plan plan;

  DeleteStatement(SessionState session, SqlDeleteFrom delete)
      throws StoreException, StatementException {
    super(session, Literals.parameterCount(delete));
    SqlIdentifier named = Target.name(delete.table());
    Optional<SqlIdentifier> conflicting = Conflicts.tableOf(named);
    this.delete = delete;
    this.conflicts = conflicting.isPresent();
    this.table = conflicting.orElse(named);
    if (conflicts && !delete.returning().isEmpty()) {
      throw Conflicts.refuseReturning(delete.returning());
    }
    Versions versions = session.versions();
    this.plan = plan(Target.of(this.table, versions), versions, List.of());
    this.parameters = describe(plan, Literals.parameterCount(delete));
  }

  /** The statement, ready for a table as it is now. */
  private record Plan(
      TableSchema schema,
      QueryPlan query,
      SourceColumns beside,
      Optional<ReturningPlan> returning) {
    boolean fits(TableSchema now, Versions versions) throws StoreException {
      return query.fits(versions)
          && (returning.isEmpty() || schema.equals(now) && returning.get().fits(versions));
    }
  }

  private Plan plan(Target now, Versions versions, List<@Nullable Object> values)
      throws StoreException, StatementException {
    CommonTables common = CommonTables.of(delete);
    SqlNode written = common.target(delete.table(), now.branch());
    @Nullable SqlIdentifier alias = delete.alias();
    @Nullable SqlNode others = delete.source().orElse(null);
    SourceColumns beside =
        RowQuery.sourceColumns(
            written, alias, others, delete.returning(), common, versions, values);
    SqlNode query =
        RowQuery.of(written, alias, others, beside.items(), delete.condition().orElse(null));
    return new Plan(
        now.schema(),
        new QueryPlanner(versions).plan(common.around(query), values),
        beside,
        ReturningPlan.of(delete.returning(), common, table, alias, beside, now, versions, values));
  }

  private static List<ParameterInfo> describe(Plan plan, int count) {
    @Nullable ParameterInfo[] infos = new ParameterInfo[count];
    Cells.describe(List.of(plan.query()), infos);
    plan.returning().ifPresent(each -> Cells.describe(List.of(each.query()), infos));
    List<ParameterInfo> all = new ArrayList<>();
    for (ParameterInfo info : infos) {
      all.add(info == null ? Infos.ANY : info);
    }
    return all;
  }

  @Override
  public List<ParameterInfo> parameters() {
    return parameters;
  }

  @Override
  public List<ColumnInfo> columns() {
    return plan.returning().map(ReturningPlan::columns).orElse(List.of());
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
        session.write(
            branch,
            (transaction, versions) -> {
              Target target = Target.of(table, versions);
              if (!plan.fits(target.schema(), versions)) {
                plan = plan(target, versions, values);
              }
              return delete(target, plan, transaction, session.run(versions, values));
            });
    return changed.result(options, session.takeWarnings());
  }

  private Changed delete(Target target, Plan ready, Transaction transaction, Run run)
      throws StoreException, StatementException {
    if (!conflicts && delete.source().isEmpty() && ready.returning().isEmpty()) {
      long rows = deleteInPortions(target.schema().id(), ready.query(), transaction, run);
      return new Changed(rows, Optional.empty());
    }
    SourceColumns.Gathered beside = ready.beside().gather();
    long[] ids = rowIds(ready.query(), beside, run);
    if (conflicts) {
      return new Changed(transaction.resolveConflicts(target.schema().id(), ids), Optional.empty());
    }
    Optional<ReturningPlan.Rows> returned =
        ready.returning().isPresent()
            ? Optional.of(
                ready
                    .returning()
                    .get()
                    .rows(target.snapshot(), ids, beside.columns(), transaction, run))
            : Optional.empty();
    if (ids.length > 0) {
      transaction.delete(target.schema().id(), ids);
    }
    return new Changed(ids.length, returned);
  }

  /** Of a large table not all row ids are in memory at once. */
  private static long deleteInPortions(
      long tableId, QueryPlan plan, Transaction transaction, Run run)
      throws StoreException, StatementException {
    RowIdList ids = new RowIdList();
    long rows = 0;
    try (RowCursor cursor = plan.executable().open(run)) {
      boolean more = true;
      while (more) {
        more = cursor.next();
        if (more) {
          ids.add(RowQuery.rowId(cursor));
          rows++;
        }
        if (ids.size() == RowIdList.PORTION || !more) {
          transaction.delete(tableId, ids.toArray()); // the query goes on reading what there was
          ids.clear();
        }
      }
    }
    return rows;
  }

  /** The rows that meet others, each once, with the first that it meets. */
  private long[] rowIds(QueryPlan plan, SourceColumns.Gathered beside, Run run)
      throws StoreException, StatementException {
    if (delete.source().isEmpty()) {
      return rowIds(plan, run);
    }
    Set<Long> met = new HashSet<>();
    RowIdList ids = new RowIdList();
    try (Reservation memory = run.memory().openReservation();
        RowCursor cursor = plan.executable().open(run)) {
      while (cursor.next()) {
        long rowId = RowQuery.rowId(cursor);
        if (met.add(rowId)) {
          ids.add(rowId);
          beside.add(cursor, 1);
          if (ids.size() % ROWS_PER_HOLD == 0) {
            long bytes = (long) RowIdList.SET_BYTES * ids.size() + beside.bytes();
            memory.hold("DELETE USING other tables", 0, bytes);
          }
        }
      }
    }
    return ids.toArray();
  }

  /** What the first column of a query's rows says. */
  static long[] rowIds(QueryPlan plan, Run run) throws StoreException, StatementException {
    RowIdList ids = new RowIdList();
    try (RowCursor cursor = plan.executable().open(run)) {
      while (cursor.next()) {
        ids.add(RowQuery.rowId(cursor));
      }
    }
    return ids.toArray();
  }
}
