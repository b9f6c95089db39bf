package io.versor.format;

import io.versor.format.type.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rows of one table as one commit made them.
 *
 * @param snapshot the state at the commit, which has the rows
 * @param rowIds of rows that it added or changed, in table order
 * @param validUntil for each, when a later commit replaced or deleted it; empty = it is so still
 */
public record TableVersions(
    Commit commit, Snapshot snapshot, long[] rowIds, List<Optional<Instant>> validUntil) {

  /** Commits one by one, newest first. Used by one thread. */
  @FunctionalInterface
  public interface Cursor {
    /** The next commit that changed rows; empty at the end. */
    Optional<TableVersions> next() throws StoreException;
  }
}
