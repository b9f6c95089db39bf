package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlanner;
import io.versor.format.Transaction;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.parser.ast.SqlTruncateTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;

/** TRUNCATE: all rows of some tables, or of none of them. */
final class Truncation {
  private final SessionState session;

  Truncation(SessionState session) {
    this.session = session;
  }

  /** Returns how many rows there were. */
  long run(SqlTruncateTable truncate) throws StoreException, StatementException {
    String branch = SeveralTables.branch(truncate.tables(), session.versions());
    return session.write(
        branch,
        (transaction, versions) -> {
          long rows = 0;
          Set<Long> emptied = new HashSet<>();
          for (SqlIdentifier table : truncate.tables()) {
            if (!emptied.add(Target.of(table, versions).schema().id())) {
              continue;
            }
            rows += run(table, truncate.restart(), transaction, versions);
          }
          return rows;
        });
  }

  private long run(SqlIdentifier table, boolean restart, Transaction transaction, Versions versions)
      throws StoreException, StatementException {
    TableSchema schema = Target.of(table, versions).schema();
    var query = RowQuery.of(table, null, null, List.of(), null);
    long[] ids =
        DeleteStatement.rowIds(
            new QueryPlanner(versions).plan(query, List.of()), session.run(versions, List.of()));
    if (ids.length > 0) {
      transaction.delete(schema.id(), ids);
    }
    if (restart) {
      restart(schema, transaction);
    }
    return ids.length;
  }

  private static void restart(TableSchema schema, Transaction transaction) throws StoreException {
    for (Column column : schema.columns()) {
      if (column.identity().isPresent()) {
        transaction.restartNumbers(schema.id(), column.id(), column.identity().get().start());
      }
    }
  }
}
