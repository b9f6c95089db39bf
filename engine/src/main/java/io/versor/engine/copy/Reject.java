package io.versor.engine.copy;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;

/**
 * A row that does not fit.
 *
 * @param row its number in the file, from 1
 * @param line it begins at, from 1; 0 where files have no lines
 * @param column whose value does not fit; empty when it is the whole row
 * @param code what is wrong
 * @param raw the row as text
 */
public record Reject(
    String file, long row, long line, String column, Code code, String reason, String raw) {
  /** The same as an error. */
  public StoreException error(String table) {
    return new StoreException(
        code,
        file
            + (line > 0 ? ", line " + line : ", row " + row)
            + (column.isEmpty() ? "" : ", column " + column + " of " + table)
            + ": "
            + reason);
  }
}
