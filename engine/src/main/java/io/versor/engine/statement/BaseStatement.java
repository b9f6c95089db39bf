package io.versor.engine.statement;

import io.versor.engine.BatchResult;
import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.ParameterBatch;
import io.versor.engine.ParameterInfo;
import io.versor.engine.Prepared;
import io.versor.engine.Result;
import io.versor.engine.ReturnedRows;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.Run;
import io.versor.engine.plan.SqlErrors;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all statements share: parameters are counted, one result is open, and it can be stopped. */
abstract class BaseStatement implements Prepared {
  final SessionState session;
  private final int parameterCount;
  private volatile @Nullable Run running;
  private @Nullable Result open;
  private boolean closed;

  BaseStatement(SessionState session, int parameterCount) {
    this.session = session;
    this.parameterCount = parameterCount;
  }

  @Override
  public boolean isQuery() {
    return !columns().isEmpty();
  }

  @Override
  public List<ColumnInfo> columns() {
    return List.of();
  }

  @Override
  public List<ParameterInfo> parameters() {
    List<ParameterInfo> infos = new ArrayList<>();
    for (int i = 0; i < parameterCount; i++) {
      infos.add(QueryPlanner.ANY);
    }
    return infos;
  }

  @Override
  public final Result execute(List<@Nullable Object> parameters, ExecuteOptions options)
      throws StoreException, StatementException {
    checkOpen();
    checkCount(parameters);
    closeResult();
    session.takeWarnings(); // those of a statement that failed are nobody's
    try {
      Result result = run(parameters, options);
      open = result;
      return result;
    } catch (RuntimeException | StackOverflowError e) {
      throw SqlErrors.of(e, (wrong, schema) -> "");
    }
  }

  /** Carries it out once. */
  abstract Result run(List<@Nullable Object> parameters, ExecuteOptions options)
      throws StoreException, StatementException;

  @Override
  public BatchResult executeBatch(ParameterBatch batch, ExecuteOptions options)
      throws StoreException, StatementException {
    checkOpen();
    long[] counts = new long[batch.rows().size()];
    for (int i = 0; i < counts.length; i++) {
      try (Result result = execute(batch.rows().get(i), options)) {
        counts[i] = Math.max(0, result.updateCount());
      }
    }
    return new BatchResult(counts, ReturnedRows.NONE);
  }

  /** A run that {@link #cancel} stops. */
  final Run newRun(Versions versions, List<@Nullable Object> parameters, ExecuteOptions options) {
    Run run = session.run(versions, parameters, options);
    running = run;
    return run;
  }

  @Override
  public final void cancel() {
    Run run = running;
    if (run != null) {
      run.cancel();
    }
  }

  final void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the statement is closed");
    }
  }

  final void checkCount(List<@Nullable Object> parameters) throws StatementException {
    if (parameters.size() != parameterCount) {
      throw new StatementException(
          "07001", parameters.size() + " parameters given, " + parameterCount + " expected");
    }
  }

  private void closeResult() throws StoreException {
    Result result = open;
    open = null;
    if (result != null) {
      result.close();
    }
  }

  @Override
  public void close() throws StoreException {
    closed = true;
    session.closed(this);
    closeResult();
  }
}
