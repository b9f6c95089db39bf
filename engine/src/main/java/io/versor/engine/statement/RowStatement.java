package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** A version statement: it does something and returns rows that say what. */
class RowStatement extends BaseStatement {
  /** What it does. */
  @FunctionalInterface
  interface Action {
    Answer run(List<@Nullable Object> parameters) throws StoreException, StatementException;
  }

  private final List<ColumnInfo> columns;
  private final SqlNode statement;
  private final Action action;

  RowStatement(SessionState session, SqlNode statement, List<ColumnInfo> columns, Action action) {
    super(session, Literals.parameterCount(statement));
    this.columns = columns;
    this.statement = statement;
    this.action = action;
  }

  @Override
  public final List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  final Result run(List<@Nullable Object> parameters, ExecuteOptions options)
      throws StoreException, StatementException {
    Answer answer = NamedPlaces.in(statement, parameters, () -> action.run(parameters));
    return new CursorResult(
        new ListCursor(answer.rows()), answer.columns(), options.maxRows(), session.takeWarnings());
  }
}
