package io.versor.engine;

import io.versor.format.type.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that can run many times. One thread. */
public interface Prepared extends AutoCloseable {
  /** Whether it returns rows. Version statements do, too: the first column is the commit id. */
  boolean isQuery();

  /** Of the rows it returns, as things stand now; none if it returns a count. */
  List<ColumnInfo> columns();

  List<ParameterInfo> parameters();

  /**
   * Names by which its parameters can be set: for a call, the procedure's name of the argument that
   * each {@code ?} is. None for other statements.
   */
  default List<String> parameterNames() {
    return List.of();
  }

  /**
   * Runs it. An earlier result of this statement is closed.
   *
   * @param parameters objects as of {@link Result}, Java arrays, or null for NULL; one for each
   *     {@code ?}
   */
  Result execute(List<@Nullable Object> parameters, ExecuteOptions options)
      throws StoreException, StatementException;

  /**
   * Runs it once for each row; with autocommit all in one transaction, so that an error leaves
   * nothing.
   *
   * @param options {@code maxRows} means nothing here
   */
  BatchResult executeBatch(ParameterBatch batch, ExecuteOptions options)
      throws StoreException, StatementException;

  /** The same without limits; answers the rows changed by each. */
  default long[] executeBatch(ParameterBatch batch) throws StoreException, StatementException {
    return executeBatch(batch, ExecuteOptions.NONE).counts();
  }

  @Override
  void close() throws StoreException;
}
