package io.versor.format;

import io.versor.format.type.StoreException;
import java.util.Optional;

/**
 * A commit that changed a table, and what it was made on.
 *
 * @param from the first parent; empty for a first commit
 */
public record TableStep(Optional<Commit> from, Commit to, Snapshot before, Snapshot after) {
  /** Steps one by one, newest first. Used by one thread. */
  @FunctionalInterface
  public interface Cursor {
    /** The next one; empty at the end. */
    Optional<TableStep> next() throws StoreException;
  }
}
