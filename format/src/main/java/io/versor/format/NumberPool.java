package io.versor.format;

import io.versor.format.table.IdentityCounters.Counter;
import io.versor.format.type.Column;
import io.versor.format.type.Identity;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Numbers that the transactions of this process have drawn, committed or not: no two of them get
 * the same. What other processes draw is noticed when a transaction is appended. Thread-safe.
 */
final class NumberPool {
  private record Key(long branchId, long columnId) {}

  private final Map<Key, Counter> counters = new HashMap<>();

  /**
   * Numbers for one transaction, as many as asked for; the first of them.
   *
   * @param committed where the column has come to on the branch
   */
  synchronized long draw(long branchId, String table, Column column, Counter committed, int count)
      throws StoreException {
    Key key = new Key(branchId, column.id());
    Counter known = counters.get(key);
    if (known != null && known.restarts() > committed.restarts()) {
      return first(table, column, committed.next(), count); // to be refused: it was restarted
    }
    Counter from =
        known == null || known.restarts() < committed.restarts()
            ? committed
            : committed.orLater(known, column.identity().orElseThrow().increment());
    long first = first(table, column, from.next(), count);
    long increment = column.identity().orElseThrow().increment();
    OptionalLong next = Identity.after(first + (count - 1) * increment, increment);
    counters.put(key, new Counter(next, committed.restarts()));
    return first;
  }

  /**
   * Leaves numbers to another process, which was faster: twice as many as it drew meanwhile, so
   * that the next try meets others.
   *
   * @param now where the column has come to on the branch
   * @param drawn how many the other has drawn since the transaction began
   */
  synchronized void leaveRoom(long branchId, Column column, Counter now, long drawn) {
    long increment = column.identity().orElseThrow().increment();
    long least = Identity.least(column.type());
    long most = Identity.most(column.type());
    if (now.next().isEmpty()) {
      return;
    }
    BigInteger next =
        BigInteger.valueOf(now.next().getAsLong())
            .add(BigInteger.valueOf(drawn).shiftLeft(1).multiply(BigInteger.valueOf(increment)));
    if (next.compareTo(BigInteger.valueOf(least)) < 0
        || next.compareTo(BigInteger.valueOf(most)) > 0) {
      return; // too few are left to leave any
    }
    Counter left = new Counter(OptionalLong.of(next.longValue()), now.restarts());
    counters.merge(
        new Key(branchId, column.id()),
        left,
        (known, ours) ->
            known.restarts() == ours.restarts() ? known.orLater(ours, increment) : known);
  }

  /**
   * The first of so many numbers from {@code next} on.
   *
   * @throws StoreException {@code NUMBERS_EXHAUSTED} when the type has not so many left
   */
  static long first(String table, Column column, OptionalLong next, int count)
      throws StoreException {
    long increment = column.identity().orElseThrow().increment();
    long least = Identity.least(column.type());
    long most = Identity.most(column.type());
    boolean fits = false;
    if (next.isPresent() && next.getAsLong() >= least && next.getAsLong() <= most) {
      long room = increment > 0 ? most - next.getAsLong() : next.getAsLong() - least;
      fits = steps(room, increment) >= count - 1;
    }
    if (!fits) {
      throw new StoreException(
          Code.NUMBERS_EXHAUSTED,
          "identity column "
              + column.name()
              + " of table "
              + table
              + " has given out its numbers up to "
              + (increment > 0 ? most : least)
              + ", the "
              + (increment > 0 ? "largest" : "least")
              + " of its type; "
              + count
              + (count == 1 ? " more is" : " more are")
              + " asked for. ALTER TABLE … RESTART WITH goes back, a column of a larger type has"
              + " more");
    }
    return next.getAsLong();
  }

  /** How often a step fits; {@code room} is unsigned. */
  private static long steps(long room, long increment) {
    long steps = Long.divideUnsigned(room, Math.abs(increment));
    return steps < 0 ? Long.MAX_VALUE : steps;
  }
}
