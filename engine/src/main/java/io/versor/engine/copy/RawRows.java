package io.versor.engine.copy;

import io.versor.format.type.StoreException;
import java.io.IOException;

/** Rows as they were in the file. */
@FunctionalInterface
public interface RawRows {
  /** Decodes them; on any thread; again if need be. */
  DecodedRows decode() throws IOException, StoreException;
}
