package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.plan.RowConditions;
import io.versor.engine.plan.Run;
import io.versor.engine.write.CellWriter;
import io.versor.format.KeyCheck;
import io.versor.format.Transaction;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rows of a table that a statement changes in the same columns, and what they become. */
final class ChangedRows {
  private final TableSchema schema;
  private final List<Integer> targets;
  private final List<Integer> read;
  private final List<CellWriter> writers = new ArrayList<>();
  private final List<CellWriter> readers = new ArrayList<>();
  private final RowIdList rowIds = new RowIdList();

  /**
   * @param targets the columns it writes, by position in the table
   */
  ChangedRows(TableSchema schema, List<Integer> targets) {
    this.schema = schema;
    this.targets = targets;
    this.read = List.copyOf(read(schema, targets));
    targets.forEach(at -> writers.add(new CellWriter(schema.name(), schema.columns().get(at))));
    read.forEach(at -> readers.add(new CellWriter(schema.name(), schema.columns().get(at))));
  }

  /** Columns that keys and conditions need beside those that are written. */
  static Set<Integer> read(TableSchema schema, List<Integer> targets) {
    Set<Integer> read = new TreeSet<>(RowConditions.columns(schema, targets));
    boolean keys =
        TableKeys.of(schema).values().stream()
            .anyMatch(key -> key.stream().anyMatch(targets::contains));
    if (keys) {
      // Of a row with another key all keys are looked at anew.
      TableKeys.of(schema).values().forEach(read::addAll);
    }
    targets.forEach(read::remove);
    return read;
  }

  /** Where values are. */
  @FunctionalInterface
  interface Values {
    @Nullable Object get(int at) throws StoreException;
  }

  /**
   * Takes a row.
   *
   * @param written what each of the targets becomes, in their order
   * @param present what the row has in a column, by its position in the table
   * @param source its number, for messages
   */
  void add(long rowId, Values written, Values present, long source, Transaction transaction)
      throws StoreException, StatementException {
    rowIds.add(rowId);
    for (int i = 0; i < writers.size(); i++) {
      CellWriter writer = writers.get(i);
      writer.append(Numbering.value(written.get(i), writer.column(), schema, transaction), source);
    }
    for (int i = 0; i < readers.size(); i++) {
      readers.get(i).append(present.get(read.get(i)), source);
    }
  }

  /** What it keeps on the heap, about. */
  long bytes() {
    long bytes = (long) Long.BYTES * rowIds.size();
    for (CellWriter writer : writers) {
      bytes += writer.bytes();
    }
    for (CellWriter reader : readers) {
      bytes += reader.bytes();
    }
    return bytes;
  }

  void checkConditions(SessionState session, Run run) throws StoreException, StatementException {
    if (!RowConditions.columns(schema, targets).isEmpty()) {
      Optional<RowConditions> conditions = session.conditions(schema, run.versions());
      if (conditions.isPresent()) {
        conditions.get().check(columns(), run);
      }
    }
  }

  void replaceKeys(KeyCheck keys) {
    for (long rowId : rowIds.toArray()) {
      keys.replaces(rowId);
    }
  }

  void addKeys(KeyCheck keys) throws StoreException {
    keys.added(columns());
  }

  /** As many columns as the table has; those that were not asked for are empty. */
  List<HeapColumn> columns() {
    List<HeapColumn> columns = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      int written = targets.indexOf(column);
      int kept = read.indexOf(column);
      columns.add(
          written >= 0
              ? writers.get(written).peek()
              : kept >= 0
                  ? readers.get(kept).peek()
                  : new ColumnBuilder(schema.columns().get(column).type(), 0).column());
    }
    return columns;
  }

  /** Hands the rows to the transaction. Returns how many they are. */
  long apply(Transaction transaction) throws StoreException {
    long[] ids = rowIds.toArray();
    Map<Long, HeapColumn> values = new LinkedHashMap<>();
    for (int i = 0; i < writers.size() && ids.length > 0; i++) {
      values.put(schema.columns().get(targets.get(i)).id(), writers.get(i).take());
    }
    transaction.update(schema.id(), ids, values);
    return ids.length;
  }
}
