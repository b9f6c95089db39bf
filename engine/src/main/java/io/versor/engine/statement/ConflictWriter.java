package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.copy.HeapColumns;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.format.KeyCheck;
import io.versor.format.KeyConflicts;
import io.versor.format.Transaction;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * ON CONFLICT at work, for one statement: of the rows that are proposed, it updates the ones that
 * are there, or leaves them alone.
 */
final class ConflictWriter {
  /** The SQLState of a row that is proposed twice. */
  static final String TWICE = "21000";

  private final ConflictPlan plan;
  private final Target target;
  private final KeyCheck keys;
  private final KeyConflicts conflicts;
  private final SessionState session;
  private final Transaction transaction;
  private final Run run;

  /** Rows of the table that the statement has updated. */
  private final Set<Long> updated = new HashSet<>();

  /**
   * @param keys of the whole statement
   */
  ConflictWriter(
      ConflictPlan plan,
      Target target,
      KeyCheck keys,
      SessionState session,
      Transaction transaction,
      Run run) {
    this.plan = plan;
    this.target = target;
    this.keys = keys;
    this.conflicts = new KeyConflicts(target.snapshot(), plan.keys(), run.allocator());
    this.session = session;
    this.transaction = transaction;
    this.run = run;
  }

  /**
   * Whether it has to have all rows at once: keys may go from one row to another, and then all
   * changes have to be known before one can be judged.
   */
  boolean movesKeys() {
    return plan.update().isPresent() && keys.concerns(new HashSet<>(plan.update().get().targets()));
  }

  /** Rows of the table that were updated so far. */
  long updatedRows() {
    return updated.size();
  }

  /** Is told of rows that are not appended, by their places. */
  interface Settled {
    void ignored(int place);

    void updated(int place, long rowId);
  }

  /**
   * Decides about rows, and updates those of the table that are in their way.
   *
   * @return those that are to be appended
   */
  List<HeapColumn> write(List<HeapColumn> columns, Settled settled)
      throws StoreException, StatementException {
    KeyConflicts.Rows rows = conflicts.rows(columns);
    int count = columns.get(0).rows();
    Map<Integer, @Nullable Object[]> news =
        plan.update().isPresent() ? news(plan.update().get(), columns, rows, count) : Map.of();
    ConflictPlan.@Nullable Update update = plan.update().orElse(null);
    TableSchema schema = target.schema();
    ChangedRows changed = new ChangedRows(schema, update == null ? List.of() : update.targets());
    Set<Integer> places = new HashSet<>();
    for (int row = 0; row < count; row++) {
      if (rows.isWritten(row)) {
        if (update != null) {
          throw twice();
        }
        places.add(row);
        settled.ignored(row);
        continue;
      }
      OptionalLong holder = rows.holder(row);
      if (holder.isEmpty() || updated.contains(holder.getAsLong())) {
        rows.write(row); // also where the key went away with an update
        continue;
      }
      places.add(row);
      @Nullable Object[] values = news.get(row);
      if (update == null || values == null) {
        settled.ignored(row);
        continue;
      }
      updated.add(holder.getAsLong());
      settled.updated(row, holder.getAsLong());
      add(changed, holder.getAsLong(), update, values, row);
      if (movesKeys()) {
        writeKey(holder.getAsLong(), update, values);
      } else {
        rows.write(row);
      }
    }
    apply(changed);
    return HeapColumns.without(columns, places);
  }

  /** Tells the key that a row has from now on. */
  private void writeKey(long rowId, ConflictPlan.Update update, @Nullable Object[] values)
      throws StoreException, StatementException {
    ChangedRows alone = new ChangedRows(target.schema(), update.targets());
    add(alone, rowId, update, values, 0);
    conflicts.rowsToWrite(alone.columns()).write(0);
  }

  private void add(
      ChangedRows changed,
      long rowId,
      ConflictPlan.Update update,
      @Nullable Object[] values,
      int row)
      throws StoreException, StatementException {
    changed.add(
        rowId,
        i -> {
          Literals.Value known = update.set().direct().get(i);
          return known == null ? values[update.placeOf(i)] : known.of(run.parameters());
        },
        column -> values[update.placeOfRead(column)],
        row,
        transaction);
  }

  private void apply(ChangedRows changed) throws StoreException, StatementException {
    changed.checkConditions(session, run);
    if (movesKeys()) {
      changed.replaceKeys(keys);
      changed.addKeys(keys);
    }
    changed.apply(transaction);
  }

  /** What the query gives for the rows that are in the way of others, by the places of those. */
  private Map<Integer, @Nullable Object[]> news(
      ConflictPlan.Update update, List<HeapColumn> columns, KeyConflicts.Rows rows, int count)
      throws StoreException, StatementException {
    int[] places = new int[count];
    long[] holders = new long[count];
    int found = 0;
    for (int row = 0; row < count; row++) {
      OptionalLong holder = rows.holder(row);
      if (holder.isPresent() && !updated.contains(holder.getAsLong())) {
        places[found] = row;
        holders[found++] = holder.getAsLong();
      }
    }
    Map<Integer, @Nullable Object[]> news = new HashMap<>();
    if (found == 0) {
      return news;
    }
    holders = Arrays.copyOf(holders, found);
    update.present().choose(target.snapshot(), holders);
    update.excluded().give(columns, Arrays.copyOf(places, found), holders);
    int width = update.query().columns().size();
    try (RowCursor cursor = update.query().executable().open(run)) {
      while (cursor.next()) {
        @Nullable Object[] values = new Object[width];
        for (int i = 0; i < width; i++) {
          values[i] = cursor.objectAt(i);
        }
        if (!(values[ConflictPlan.PLACE] instanceof Number place)) {
          throw new IllegalStateException("a row without a place: " + values[ConflictPlan.PLACE]);
        }
        news.put(place.intValue(), values);
      }
    } finally {
      update.excluded().give(List.of(), new int[0], new long[0]);
    }
    return news;
  }

  private StatementException twice() {
    return new StatementException(
        TWICE,
        "ON CONFLICT DO UPDATE of "
            + target.schema().name()
            + " cannot affect a row a second time: two rows of the statement have the same key");
  }
}
