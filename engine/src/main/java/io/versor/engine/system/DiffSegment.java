package io.versor.engine.system;

import io.versor.format.Diff.DiffCursor;
import io.versor.format.TableSnapshot;
import io.versor.format.type.StoreException;
import java.util.Optional;

/**
 * Two states of a table and the rows that differ between them.
 *
 * @param before empty where the table was not there yet
 * @param after empty where it is not there any more
 * @param fromCommit what before is, for people; empty before the first commit
 * @param toCommit what after is, for people
 */
record DiffSegment(
    Optional<TableSnapshot> before,
    Optional<TableSnapshot> after,
    DiffCursor rows,
    Optional<String> fromCommit,
    Optional<String> toCommit) {

  /** Segments one by one. */
  @FunctionalInterface
  interface Cursor {
    /** The next one; empty at the end. */
    Optional<DiffSegment> next() throws StoreException;
  }
}
