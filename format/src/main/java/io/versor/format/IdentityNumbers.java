package io.versor.format;

import io.versor.format.record.Record;
import io.versor.format.table.BranchState;
import io.versor.format.table.IdentityCounters;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.TableState;
import io.versor.format.type.Column;
import io.versor.format.type.Identity;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.Collection;
import java.util.Optional;

/** Numbers of identity columns as one transaction has drawn them. Used by one thread. */
final class IdentityNumbers {
  private final Core core;
  private final LiveBranch branch;
  private final BranchState base;
  private IdentityCounters counters;

  /**
   * @param base the branch as it was when the transaction began
   */
  IdentityNumbers(Core core, LiveBranch branch, BranchState base) {
    this.core = core;
    this.branch = branch;
    this.base = base;
    this.counters = base.identities();
  }

  /** Where the columns have come to, for {@link #rollbackTo}. */
  IdentityCounters mark() {
    return counters;
  }

  /** Forgets what was drawn since; numbers that others could have drawn are not drawn again. */
  void rollbackTo(IdentityCounters mark) {
    counters = mark;
  }

  /** Draws numbers: {@link Transaction#drawNumbers}. */
  Record.NumbersDrawn draw(TableSchema schema, Column column, int count) throws StoreException {
    Identity identity = column.identity().orElseThrow();
    long first = first(schema, column, identity, count);
    long last = first + (count - 1) * identity.increment();
    Record.NumbersDrawn drawn =
        new Record.NumbersDrawn(column.id(), first, last, identity.increment());
    counters = counters.drawn(drawn);
    return drawn;
  }

  private long first(TableSchema schema, Column column, Identity identity, int count)
      throws StoreException {
    IdentityCounters.Counter own = counters.of(column.id(), identity);
    TableState known = base.tables().get(schema.id());
    boolean made = known == null || known.schema().findColumn(column.id()).isEmpty();
    if (made || own.restarts() != base.identities().of(column.id(), identity).restarts()) {
      return NumberPool.first(schema.name(), column, own.next(), count); // nobody else can draw
    }
    IdentityCounters.Counter newest = branch.refresh().identities().of(column.id(), identity);
    return core.numbers.draw(branch.branchId(), schema.name(), column, newest, count);
  }

  /** Lets a column go on with a number, whatever it has given out. */
  Record.NumbersRestarted restart(long tableId, long columnId, long next) throws StoreException {
    counters = counters.restarted(columnId, next);
    return new Record.NumbersRestarted(tableId, columnId, next);
  }

  /**
   * After others drew the same first: the next try meets other numbers.
   *
   * @param schemas of the transaction
   * @param theirs what others wrote
   */
  void leaveRoom(
      Collection<TableSchema> schemas, long columnId, BranchState head, WriteSet theirs) {
    for (TableSchema schema : schemas) {
      Optional<Column> column = schema.findColumn(columnId);
      Optional<Identity> identity = column.flatMap(Column::identity);
      if (identity.isPresent()) {
        core.numbers.leaveRoom(
            branch.branchId(),
            column.get(),
            head.identities().of(columnId, identity.get()),
            theirs.drawn(columnId));
      }
    }
  }
}
