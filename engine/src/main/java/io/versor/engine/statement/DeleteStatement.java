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
import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** DELETE and TRUNCATE: a query for the row ids, then one deletion. */
final class DeleteStatement extends BaseStatement {
  private final SqlIdentifier table;
  private final SqlNode query;
  private final QueryPlan first;

  /**
   * @param condition null deletes everything
   */
  DeleteStatement(
      SessionState session,
      SqlNode statement,
      SqlNode table,
      @Nullable SqlIdentifier alias,
      @Nullable SqlNode condition)
      throws StoreException, StatementException {
    super(session, Literals.parameterCount(statement));
    this.table = Target.name(table);
    this.query = RowQuery.of(table, alias, List.of(), condition);
    Versions versions = session.versions();
    Target.of(this.table, versions);
    this.first = new QueryPlanner(versions).plan(query, List.of());
  }

  @Override
  public List<ParameterInfo> parameters() {
    return first.parameters();
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
              Run run = newRun(versions, values, options);
              QueryPlan plan =
                  first.fits(versions) ? first : new QueryPlanner(versions).plan(query, values);
              return delete(target, plan, transaction, run);
            });
    return new CountResult(rows, session.takeWarnings());
  }

  private static long delete(Target target, QueryPlan plan, Transaction transaction, Run run)
      throws StoreException, StatementException {
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
    if (count > 0) {
      transaction.delete(target.schema().id(), Arrays.copyOf(ids, count));
    }
    return count;
  }
}
