package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.ParameterInfo;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** SELECT and its kin. */
final class QueryStatement extends BaseStatement {
  private final SqlNode query;
  private final String key;
  private QueryPlan plan;

  QueryStatement(SessionState session, SqlNode query, String sql)
      throws StoreException, StatementException {
    super(session, Literals.parameterCount(query));
    this.query = query;
    this.key = sql;
    this.plan = plan(session.versions(), List.of());
  }

  private QueryPlan plan(Versions versions, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    String full = versions.current() + '\n' + key;
    Optional<QueryPlan> known = session.findPlan(full, versions);
    if (known.isPresent()) {
      return known.get();
    }
    QueryPlan made =
        ValuePlaces.in(query, () -> new QueryPlanner(versions).plan(query, parameters));
    session.keepPlan(full, made);
    return made;
  }

  @Override
  public List<ColumnInfo> columns() {
    return plan.columns();
  }

  @Override
  public List<ParameterInfo> parameters() {
    return plan.parameters();
  }

  @Override
  Result run(List<@Nullable Object> parameters, ExecuteOptions options)
      throws StoreException, StatementException {
    Versions versions = session.versions();
    if (!plan.fits(versions)) {
      plan = plan(versions, parameters);
    }
    Run run = session.run(versions, parameters);
    RowCursor rows = ValuePlaces.in(query, () -> plan.executable().open(run));
    return new CursorResult(rows, plan.columns(), options.maxRows(), session.takeWarnings())
        .of(query);
  }
}
