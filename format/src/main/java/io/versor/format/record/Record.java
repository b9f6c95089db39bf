package io.versor.format.record;

import io.versor.format.log.FrameAddress;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import java.util.List;
import java.util.Optional;

/** One change in a frame. A frame's records are applied in order, all or none. */
public sealed interface Record {
  /**
   * First record of a log: where the branch starts.
   *
   * @param parent last frame of the parent that the branch has; empty = an empty store
   */
  record Started(Optional<FrameAddress> parent) implements Record {}

  /** From here on the log mints row, table and column ids under another origin. */
  record OriginChanged(long origin) implements Record {}

  /** A table created, or its schema replaced; columns it did not have before are all NULL. */
  record TablePut(TableSchema schema) implements Record {}

  record TableDropped(long tableId) implements Record {}

  /** A view created, or what it is replaced. */
  record ViewPut(ViewSchema view) implements Record {}

  record ViewDropped(long viewId) implements Record {}

  /**
   * Rows at the end of a table. Columns that are not named are NULL.
   *
   * @param runs row ids in slot order; more than one run only when a merge brings rows along
   */
  record RowsAppended(long tableId, RowIds runs, List<ColumnCells> columns) implements Record {
    public RowsAppended {
      columns = List.copyOf(columns);
    }
  }

  /** Cell {@code i} belongs to the i-th row id. */
  record CellsPatched(long tableId, RowIds rows, ColumnCells cells) implements Record {}

  record RowsDeleted(long tableId, RowIds rows) implements Record {}

  record RowsUndeleted(long tableId, RowIds rows) implements Record {}

  /**
   * Numbers of an identity column that were given out, whether rows have them or not.
   *
   * @param last not before {@code first} in the direction of the increment, which is not 0
   */
  record NumbersDrawn(long columnId, long first, long last, long increment) implements Record {
    public long least() {
      return Math.min(first, last);
    }

    public long most() {
      return Math.max(first, last);
    }
  }

  /** An identity column goes on with {@code next}, whatever it has given out. */
  record NumbersRestarted(long tableId, long columnId, long next) implements Record {}

  /** A version commit of everything before it. */
  record Sealed(Seal seal) implements Record {}

  /** Everything but the id counters becomes what it was after another frame. */
  record Reset(FrameAddress target) implements Record {}

  /** The last commit becomes another one; the tables stay what they are. */
  record SoftReset(FrameAddress target) implements Record {}

  /** The records before it are a merge that waits for its conflicts to be resolved. */
  record MergePending(PendingMerge merge) implements Record {}

  /** The conflicts of these rows are dealt with; what the rows hold stands. */
  record ConflictsResolved(long tableId, RowIds rows) implements Record {}

  /**
   * Who moved the branch, when and how: said beside records that have no such fields. Changes
   * nothing.
   *
   * @param at microseconds since 1970, UTC
   * @param operation in words
   */
  record Noted(long at, String author, String operation) implements Record {}

  /** The branch is dropped; nothing may follow. */
  record Closed() implements Record {}

  /** Samples of one column in a record. */
  record ColumnCells(long columnId, Cells cells) {}
}
