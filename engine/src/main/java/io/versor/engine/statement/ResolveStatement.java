package io.versor.engine.statement;

import io.versor.engine.ExecuteOptions;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.Run;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * RESOLVE CONFLICTS ON t USING OURS or THEIRS, for all of its conflicts or those of a condition.
 */
final class ResolveStatement extends BaseStatement {
  private final SqlIdentifier table;
  private final boolean theirs;
  private final Optional<SqlNode> condition;

  ResolveStatement(
      SessionState session,
      SqlNode statement,
      SqlIdentifier table,
      boolean theirs,
      Optional<SqlNode> condition) {
    super(session, Literals.parameterCount(statement));
    this.table = table;
    this.theirs = theirs;
    this.condition = condition;
  }

  @Override
  Result run(List<@Nullable Object> values, ExecuteOptions options)
      throws StoreException, StatementException {
    long rows =
        resolve(
            session, table, theirs, condition, values, versions -> session.run(versions, values));
    return new CountResult(rows, session.takeWarnings());
  }

  /** What queries of a statement run in. */
  @FunctionalInterface
  interface Runs {
    Run of(Versions versions);
  }

  /** For the procedure, too. */
  static long resolve(
      SessionState session,
      SqlIdentifier table,
      boolean theirs,
      Optional<SqlNode> condition,
      List<@Nullable Object> values,
      Runs runs)
      throws StoreException, StatementException {
    SqlNode query = Conflicts.rows(Conflicts.of(table), condition);
    return session.write(
        Target.branch(table, session.versions()),
        (transaction, versions) -> {
          Target target = Target.of(table, versions);
          boolean none =
              transaction.snapshot().pendingMerge().stream()
                  .flatMap(merge -> merge.conflicts().stream())
                  .noneMatch(group -> group.tableId() == target.schema().id());
          if (none) {
            throw new StoreException(
                Code.WRONG_STATE,
                "no conflicts on " + target.schema().name() + " of " + target.branch());
          }
          long[] ids =
              DeleteStatement.rowIds(
                  new QueryPlanner(versions).plan(query, values), runs.of(versions));
          long tableId = target.schema().id();
          return theirs
              ? transaction.takeTheirs(tableId, ids)
              : transaction.resolveConflicts(tableId, ids);
        });
  }
}
