package io.versor.engine.copy;

import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes rows in the objects of {@link io.versor.engine.Result}. One thread. */
public interface RowsWriter extends AutoCloseable {
  void add(List<@Nullable Object> row) throws IOException, StoreException, StatementException;

  /** Ends what was written; to be called once, after the last row. */
  void finish() throws IOException, StoreException, StatementException;

  /** Files written. */
  default long files() {
    return 1;
  }

  /** Frees what is held; without {@link #finish} before, what was written is worth nothing. */
  @Override
  void close() throws IOException;
}
