package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.Run;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** EXPLAIN: the plan of a query, a row for each operator. */
final class ExplainStatement extends BaseStatement {
  private static final List<ColumnInfo> COLUMNS = List.of(ListCursor.text("plan"));

  private final SqlNode query;

  ExplainStatement(SessionState session, SqlNode query) {
    super(session, Literals.parameterCount(query));
    this.query = query;
  }

  @Override
  public List<ColumnInfo> columns() {
    return COLUMNS;
  }

  @Override
  Result run(List<@Nullable Object> parameters, ExecuteOptions options)
      throws StoreException, StatementException {
    Versions versions = session.versions();
    QueryPlan plan = new QueryPlanner(versions).plan(query, parameters);
    Run run = session.run(versions, parameters);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (String line : plan.executable().explain(run).split("\r?\n")) {
      rows.add(List.of(line));
    }
    return new CursorResult(new ListCursor(rows), COLUMNS, options.maxRows(), List.of());
  }
}
