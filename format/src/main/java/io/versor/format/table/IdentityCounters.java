package io.versor.format.table;

import io.versor.format.record.Record;
import io.versor.format.type.Column;
import io.versor.format.type.Identity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Where the identity columns of a branch have come to. Like ids, numbers are never set back by a
 * reset: only {@code RESTART} does. Columns that were dropped stay, since an older version may
 * bring them back. Immutable.
 *
 * @param byColumn by column id; a column that has given out nothing is not in it
 */
public record IdentityCounters(Map<Long, Counter> byColumn) {
  static final IdentityCounters NONE = new IdentityCounters(Map.of());

  /**
   * One column.
   *
   * @param next the number that comes; empty = none is left of 64 bits
   * @param restarts how often it was restarted: what was given out before counts no more
   */
  public record Counter(OptionalLong next, long restarts) {
    /** The same restart, where the one that is further on has come to. */
    public Counter orLater(Counter other, long increment) {
      return new Counter(later(next, other.next, increment), restarts);
    }
  }

  /** The counter of a column, where it begins if it has given out nothing. */
  public Counter of(long columnId, Identity identity) {
    Counter known = byColumn.get(columnId);
    return known != null ? known : new Counter(OptionalLong.of(identity.start()), 0);
  }

  /** After numbers were given out. Writers may come in another order than they drew. */
  public IdentityCounters drawn(Record.NumbersDrawn drawn) {
    Counter known = byColumn.get(drawn.columnId());
    OptionalLong next = Identity.after(drawn.last(), drawn.increment());
    if (known == null) {
      return with(drawn.columnId(), new Counter(next, 0));
    }
    return with(drawn.columnId(), known.orLater(new Counter(next, 0), drawn.increment()));
  }

  /** Of two places that a column has come to, the one behind. */
  private static OptionalLong later(OptionalLong one, OptionalLong other, long increment) {
    if (one.isEmpty() || other.isEmpty()) {
      return OptionalLong.empty();
    }
    return Identity.isLater(other.getAsLong(), one.getAsLong(), increment) ? other : one;
  }

  /** After a column was told to go on with a number. */
  public IdentityCounters restarted(long columnId, long next) {
    Counter known = byColumn.get(columnId);
    long restarts = known == null ? 0 : known.restarts();
    return with(columnId, new Counter(OptionalLong.of(next), restarts + 1));
  }

  /**
   * What these have to be told so that they give out nothing that others have.
   *
   * @param theirs where the columns have come to elsewhere
   * @param tables theirs
   */
  public List<Record> catchUp(IdentityCounters theirs, Collection<TableState> tables) {
    List<Record> records = new ArrayList<>();
    for (TableState table : tables) {
      for (Column column : table.schema().columns()) {
        Counter there = theirs.byColumn.get(column.id());
        if (column.identity().isPresent() && there != null) {
          long increment = column.identity().get().increment();
          OptionalLong here = of(column.id(), column.identity().get()).next();
          if (here.isPresent() && !later(here, there.next(), increment).equals(here)) {
            long last = before(there.next(), here.getAsLong(), increment);
            // a restart may have put them a part of a step further on
            long first =
                Identity.isLater(here.getAsLong(), last, increment) ? last : here.getAsLong();
            records.add(new Record.NumbersDrawn(column.id(), first, last, increment));
          }
        }
      }
    }
    return records;
  }

  /** The number before {@code next}; {@code first} where 64 bits do not reach back to it. */
  private static long before(OptionalLong next, long first, long increment) {
    if (next.isEmpty()) {
      return increment > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    return Identity.after(next.getAsLong(), -increment).orElse(first);
  }

  private IdentityCounters with(long columnId, Counter counter) {
    Map<Long, Counter> more = new LinkedHashMap<>(byColumn);
    more.put(columnId, counter);
    return new IdentityCounters(more);
  }
}
