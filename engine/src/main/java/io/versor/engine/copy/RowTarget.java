package io.versor.engine.copy;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes files of one format. */
public interface RowTarget {
  /**
   * Whether it fills a folder; else it writes one file, which is not there yet and is removed by
   * the caller if anything fails.
   */
  default boolean writesFolder() {
    return false;
  }

  /**
   * Starts a file.
   *
   * @throws StatementException 0A000 for a column that the format cannot hold
   */
  RowsWriter open(Path path, List<ColumnInfo> columns)
      throws IOException, StoreException, StatementException;
}
