package io.versor.engine.statement;

import io.versor.engine.ExecuteOptions;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** A statement that changes what there is and returns a count: DDL, transactions, USE. */
final class TableStatement extends BaseStatement {
  /** What it does; returns the rows it changed. */
  @FunctionalInterface
  interface Action {
    long run(List<@Nullable Object> parameters) throws StoreException, StatementException;
  }

  private final SqlNode statement;
  private final Action action;

  TableStatement(SessionState session, SqlNode statement, Action action) {
    super(session, Literals.parameterCount(statement));
    this.statement = statement;
    this.action = action;
  }

  @Override
  Result run(List<@Nullable Object> parameters, ExecuteOptions options)
      throws StoreException, StatementException {
    long count = NamedPlaces.in(statement, parameters, () -> action.run(parameters));
    return new CountResult(count, session.takeWarnings());
  }
}
