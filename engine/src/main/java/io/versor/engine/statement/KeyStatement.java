package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.ParameterInfo;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.plan.KeyQuery;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A query for the row that has a key; an ordinary query as soon as anything is out of the way. */
final class KeyStatement extends BaseStatement {
  /** Makes the same statement with the planner. */
  interface Ordinary {
    QueryStatement prepare() throws StoreException, StatementException;
  }

  private final KeyQuery query;
  private final Ordinary ordinary;
  private final List<ColumnInfo> columns;
  private final List<ParameterInfo> parameters;
  private @Nullable QueryStatement planned;

  KeyStatement(SessionState session, KeyQuery query, Ordinary ordinary) {
    super(session, query.parameters().size());
    this.query = query;
    this.ordinary = ordinary;
    this.columns = query.columns();
    this.parameters = query.parameters();
  }

  @Override
  public List<ColumnInfo> columns() {
    return planned == null ? columns : planned.columns();
  }

  @Override
  public List<ParameterInfo> parameters() {
    return planned == null ? parameters : planned.parameters();
  }

  @Override
  Result run(List<@Nullable Object> values, ExecuteOptions options)
      throws StoreException, StatementException {
    if (planned == null) {
      Run run = session.run(session.versions(), values);
      Optional<RowCursor> rows = query.open(run);
      if (rows.isPresent()) {
        return new CursorResult(rows.get(), columns, options.maxRows(), session.takeWarnings());
      }
      planned = ordinary.prepare();
    }
    return planned.run(values, options);
  }
}
