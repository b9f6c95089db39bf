package io.versor.format;

import io.versor.format.type.StoreException;
import java.util.Optional;

/**
 * What has to hold of rows beside NOT NULL and keys: the conditions of {@link
 * io.versor.format.type.TableCheck}, which the store keeps and cannot read. Asked of the rows that
 * a merge makes. Thread-safe.
 */
@FunctionalInterface
public interface RowCheck {
  /** Nothing is asked for. */
  RowCheck NONE = (table, rowIds) -> {};

  /**
   * @param rowIds rows to look at; empty = all
   * @throws StoreException {@code CHECK_VIOLATION}
   */
  void check(TableSnapshot table, Optional<long[]> rowIds) throws StoreException;
}
