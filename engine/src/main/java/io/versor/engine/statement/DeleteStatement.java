package io.versor.engine.statement;

import io.versor.engine.ExecuteOptions;
import io.versor.engine.ParameterInfo;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.format.Transaction;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.parser.ast.SqlTruncateTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** DELETE and TRUNCATE: a query for the row ids, then one deletion. */
final class DeleteStatement extends BaseStatement {
  private final SqlIdentifier table;

  /** Whether the statement names the conflicts of the table. */
  private final boolean conflicts;

  /** Whether identity columns begin anew. */
  private final boolean restart;

  private final SqlNode query;
  private QueryPlan plan;

  static DeleteStatement of(SessionState session, SqlDelete delete)
      throws StoreException, StatementException {
    return new DeleteStatement(
        session, delete, delete.getTargetTable(), delete.getAlias(), delete.getCondition(), false);
  }

  static DeleteStatement of(SessionState session, SqlTruncateTable truncate)
      throws StoreException, StatementException {
    return new DeleteStatement(session, truncate, truncate.table(), null, null, truncate.restart());
  }

  /**
   * @param condition null deletes everything
   */
  private DeleteStatement(
      SessionState session,
      SqlNode statement,
      SqlNode table,
      @Nullable SqlIdentifier alias,
      @Nullable SqlNode condition,
      boolean restart)
      throws StoreException, StatementException {
    super(session, Literals.parameterCount(statement));
    SqlIdentifier named = Target.name(table);
    Optional<SqlIdentifier> conflicting = Conflicts.tableOf(named);
    this.conflicts = conflicting.isPresent();
    this.table = conflicting.orElse(named);
    this.restart = restart;
    this.query = RowQuery.of(table, alias, List.of(), condition);
    Versions versions = session.versions();
    Target.of(this.table, versions);
    this.plan = new QueryPlanner(versions).plan(query, List.of());
  }

  @Override
  public List<ParameterInfo> parameters() {
    return plan.parameters();
  }

  @Override
  boolean writesRows() {
    return true;
  }

  @Override
  Result run(List<@Nullable Object> values, ExecuteOptions options)
      throws StoreException, StatementException {
    String branch = Target.branch(table, session.versions());
    long rows =
        session.write(
            branch,
            (transaction, versions) -> {
              Target target = Target.of(table, versions);
              Run run = session.run(versions, values);
              if (!plan.fits(versions)) {
                plan = new QueryPlanner(versions).plan(query, values);
              }
              long[] ids = rowIds(plan, run);
              if (conflicts) {
                return transaction.resolveConflicts(target.schema().id(), ids);
              }
              if (ids.length > 0) {
                transaction.delete(target.schema().id(), ids);
              }
              if (restart) {
                restart(target.schema(), transaction);
              }
              return (long) ids.length;
            });
    return new CountResult(rows, session.takeWarnings());
  }

  private static void restart(TableSchema schema, Transaction transaction) throws StoreException {
    for (Column column : schema.columns()) {
      if (column.identity().isPresent()) {
        transaction.restartNumbers(schema.id(), column.id(), column.identity().get().start());
      }
    }
  }

  /** What the first column of a query's rows says. */
  static long[] rowIds(QueryPlan plan, Run run) throws StoreException, StatementException {
    long[] ids = new long[16];
    int count = 0;
    try (RowCursor cursor = plan.executable().open(run)) {
      while (cursor.next()) {
        if (count == ids.length) {
          ids = Arrays.copyOf(ids, Math.multiplyExact(count, 2));
        }
        ids[count++] = RowQuery.rowId(cursor);
      }
    }
    return Arrays.copyOf(ids, count);
  }
}
