package io.versor.engine.copy;

import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.util.Optional;

/** Rows of files, some at a time. One thread. */
public interface RowsReader extends AutoCloseable {
  /** Rows read together: enough to be worth a task, few enough that all that wait fit. */
  int BATCH_ROWS = 8_192;

  /** Bytes read together, unless one row has more. */
  int BATCH_BYTES = 1 << 20;

  /**
   * Bytes of one row in a text file: a sample of 100 MB fits as numbers, and a file without line
   * ends does not fill the memory.
   */
  int MAX_ROW_BYTES = 256 << 20;

  /**
   * The next rows; empty at the end.
   *
   * @throws StoreException {@code INVALID_VALUE} for a file that cannot be read on
   */
  Optional<RawRows> next() throws IOException, StoreException, StatementException;

  /** Whether all rows that it gave can be decoded without it, so that it may be closed. */
  default boolean isSpent() {
    return true;
  }

  @Override
  void close() throws IOException;
}
