package io.versor.engine.statement;

import io.versor.engine.BatchResult;
import io.versor.engine.Cancellation;
import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.ParameterBatch;
import io.versor.engine.ParameterInfo;
import io.versor.engine.Prepared;
import io.versor.engine.Result;
import io.versor.engine.ReturnedRows;
import io.versor.engine.StatementException;
import io.versor.engine.plan.Infos;
import io.versor.engine.plan.SqlErrors;
import io.versor.engine.work.Work;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all statements share: parameters are counted, one result is open, and it can be stopped. */
abstract class BaseStatement implements Prepared {
  final SessionState session;
  private final int parameterCount;
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
      infos.add(Infos.ANY);
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
    Result result = working(options.cancellation(), () -> run(parameters, options));
    open = result;
    return result;
  }

  /** Something a statement does, and whoever stops it stops that. */
  final <T> T working(Cancellation cancellation, Work.Task<T> task)
      throws StoreException, StatementException {
    session.begin(cancellation);
    try {
      return task.run();
    } catch (RuntimeException | StackOverflowError e) {
      throw SqlErrors.of(e, (wrong, schema) -> "");
    } finally {
      session.ended();
    }
  }

  /** Carries it out once. */
  abstract Result run(List<@Nullable Object> parameters, ExecuteOptions options)
      throws StoreException, StatementException;

  @Override
  public BatchResult executeBatch(ParameterBatch batch, ExecuteOptions options)
      throws StoreException, StatementException {
    checkOpen();
    return writesRows()
        ? session.together(() -> executeEach(batch.rows(), options))
        : executeEach(batch.rows(), options);
  }

  /** Whether it can share a transaction with others, and shall in a batch. */
  boolean writesRows() {
    return false;
  }

  private BatchResult executeEach(List<List<@Nullable Object>> rows, ExecuteOptions options)
      throws StoreException, StatementException {
    long[] counts = new long[rows.size()];
    List<ColumnInfo> columns = List.of();
    List<List<@Nullable Object>> returned = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      try (Result result = execute(rows.get(i), options)) {
        counts[i] = Math.max(0, result.updateCount());
        columns = result.returned().columns();
        returned.addAll(result.returned().rows());
      }
    }
    return new BatchResult(counts, new ReturnedRows(columns, returned));
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
