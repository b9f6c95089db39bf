package io.versor.engine.copy;

import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.util.List;

/** Reads files of one format. Stateless. */
public interface RowSource {
  /**
   * Starts to read files, in their order.
   *
   * @param wanted what is taken of each row
   * @throws StatementException 42703 for a field that a file does not have
   */
  RowsReader open(List<SourceFile> files, Wanted wanted)
      throws IOException, StoreException, StatementException;
}
