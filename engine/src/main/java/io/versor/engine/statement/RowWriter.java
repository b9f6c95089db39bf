package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.copy.HeapColumns;
import io.versor.engine.plan.RowConditions;
import io.versor.engine.plan.Run;
import io.versor.engine.work.Reservation;
import io.versor.engine.write.CellWriter;
import io.versor.format.KeyCheck;
import io.versor.format.TableSnapshot;
import io.versor.format.Transaction;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Appends rows to a table, handing them to the transaction in portions. */
final class RowWriter {
  /** Bytes held before they are handed on: some chunks' worth. */
  private static final long PORTION_BYTES = 16L << 20;

  private static final int PORTION_ROWS = 65_536;

  private final Transaction transaction;
  private final TableSchema schema;
  private final List<CellWriter> writers = new ArrayList<>();
  private final KeyCheck keys;
  private final Optional<RowConditions> conditions;
  private final Optional<ConflictWriter> conflicts;
  private final Run run;
  private final Reservation memory;
  private final Appended appended;
  private final BitSet ignored = new BitSet();
  private @Nullable RowIdList written;
  private int held;
  private int rows;
  private long inserted;

  /** Is told of rows that were handed to the transaction. */
  @FunctionalInterface
  interface Appended {
    void rows(long firstRowId, List<HeapColumn> columns) throws StoreException;
  }

  RowWriter(Transaction transaction, TableSnapshot table, SessionState session, Run run)
      throws StoreException, StatementException {
    this(
        transaction,
        table,
        session,
        run,
        new KeyCheck(table, run.allocator()),
        Optional.empty(),
        (first, columns) -> {});
  }

  /**
   * @param table as it is before the statement
   * @param keys of the whole statement
   * @param conflicts what is done with rows whose keys are there
   */
  RowWriter(
      Transaction transaction,
      TableSnapshot table,
      SessionState session,
      Run run,
      KeyCheck keys,
      Optional<ConflictWriter> conflicts,
      Appended appended)
      throws StoreException, StatementException {
    this.transaction = transaction;
    this.schema = table.schema();
    this.keys = keys;
    this.conflicts = conflicts;
    this.conditions = session.conditions(schema, run.versions());
    this.run = run;
    this.memory = session.keptToTheEnd(run);
    this.appended = appended;
    for (Column column : schema.columns()) {
      writers.add(new CellWriter(schema.name(), column));
    }
  }

  /** Makes room for so many rows at once, or for a portion if they are more. */
  void expect(long count) {
    int most = (int) Math.min(count, PORTION_ROWS);
    for (CellWriter writer : writers) {
      writer.expect(most, PORTION_BYTES + (PORTION_BYTES >> 3)); // it is seen late that one is full
    }
  }

  /** One value for each column, in their order; {@link Numbering#NEXT} is one. */
  void add(List<@Nullable Object> values) throws StoreException, StatementException {
    rows++;
    for (int i = 0; i < writers.size(); i++) {
      Object value = values.get(i);
      if (value == Numbering.NEXT) {
        writers.get(i).appendGap();
      } else {
        writers.get(i).append(value, rows);
      }
    }
    held++;
    boolean full = held >= PORTION_ROWS;
    if (!full && (held & 15) == 0) {
      long bytes = 0;
      for (CellWriter writer : writers) {
        bytes += writer.bytes();
      }
      full = bytes >= PORTION_BYTES;
    }
    if (full && !(conflicts.isPresent() && conflicts.get().movesKeys())) {
      flush();
    }
  }

  /**
   * Rows that are in columns already: all of the table's, in their order. Identity columns have
   * NULL where they get a number. Rows that a constraint forbids are left out.
   *
   * @return what is wrong with these, by row
   */
  SortedMap<Integer, StoreException> addFitting(List<HeapColumn> given)
      throws StoreException, StatementException {
    flush();
    List<HeapColumn> columns = Numbering.filled(given, schema, transaction);
    SortedMap<Integer, StoreException> refused = new TreeMap<>();
    List<HeapColumn> fitting = columns;
    if (conditions.isPresent()) {
      refused.putAll(conditions.get().violations(columns, run));
      fitting = HeapColumns.without(columns, refused.keySet());
    }
    SortedMap<Integer, StoreException> twice = keys.addFitting(fitting);
    holdKeys();
    if (!twice.isEmpty()) {
      int[] places = HeapColumns.others(columns.get(0).rows(), refused.keySet());
      fitting = HeapColumns.without(fitting, twice.keySet());
      twice.forEach((row, why) -> refused.put(places[row], why));
    }
    int count = fitting.get(0).rows();
    if (count > 0) {
      appended.rows(transaction.append(schema.id(), fitting), fitting);
      inserted += count;
    }
    return refused;
  }

  private void flush() throws StoreException, StatementException {
    if (held == 0) {
      return;
    }
    List<HeapColumn> columns = new ArrayList<>();
    for (CellWriter writer : writers) {
      columns.add(writer.take());
    }
    append(columns);
    held = 0;
  }

  private void append(List<HeapColumn> given) throws StoreException, StatementException {
    List<HeapColumn> columns = Numbering.filled(given, schema, transaction);
    if (conditions.isPresent()) {
      conditions.get().check(columns, run);
    }
    Decided decided = new Decided();
    List<HeapColumn> fresh =
        conflicts.isPresent() ? conflicts.get().write(columns, decided) : columns;
    keys.added(fresh);
    holdKeys();
    int count = fresh.get(0).rows();
    long first = count == 0 ? 0 : transaction.append(schema.id(), fresh);
    if (count > 0) {
      appended.rows(first, fresh);
      inserted += count;
    }
    if (written != null) {
      decided.tell(written, columns.get(0).rows(), first);
    }
  }

  private void holdKeys() throws StoreException {
    memory.hold("the keys of new rows of " + schema.name(), 0, keys.bytes());
  }

  /** What became of the rows of a portion, but for those that are appended. */
  private final class Decided implements ConflictWriter.Settled {
    private final int before = rows - held;
    private final Map<Integer, Long> updated = new HashMap<>();

    @Override
    public void ignored(int place) {
      ignored.set(before + place);
    }

    @Override
    public void updated(int place, long rowId) {
      updated.put(place, rowId);
    }

    void tell(RowIdList ids, int count, long first) {
      long next = first;
      for (int place = 0; place < count; place++) {
        Long there = updated.get(place);
        if (there != null) {
          ids.add(there);
        } else if (!ignored.get(before + place)) {
          ids.add(next++);
        }
      }
    }
  }

  /** Gathers the ids of the rows that are appended and updated, in the order they are added. */
  void tellRows(RowIdList ids) {
    written = ids;
  }

  /** Hands on what is left. Returns the rows appended and updated in all. */
  long finish() throws StoreException, StatementException {
    flush();
    return inserted + (conflicts.isPresent() ? conflicts.get().updatedRows() : 0);
  }

  /** Places of the rows that led to nothing among those that were added, after the end. */
  BitSet ignored() {
    return ignored;
  }
}
