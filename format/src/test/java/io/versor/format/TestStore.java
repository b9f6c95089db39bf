package io.versor.format;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.arrow.memory.RootAllocator;

/** A store, in memory unless told otherwise, with one table: a key and two texts. */
final class TestStore implements AutoCloseable {
  static final String TABLE = "t";

  /** The beginning of texts that fill chunks; left out where rows are shown. */
  static final String LONG = "x".repeat(2_000);

  private static final TensorType KEY = TensorType.scalar(Dtype.INT64);
  private static final TensorType TEXT = TensorType.text();

  private final ObjectStore objects;
  private final StoreOptions options;
  private final RootAllocator allocator = new RootAllocator();
  private Store store;

  TestStore() throws StoreException {
    this(new MemoryStore());
  }

  TestStore(ObjectStore objects) throws StoreException {
    this(objects, StoreOptions.defaults());
  }

  TestStore(ObjectStore objects, StoreOptions options) throws StoreException {
    this.objects = objects;
    this.options = options;
    store = Store.open(objects, options);
  }

  Store store() {
    return store;
  }

  void reopen() throws StoreException {
    store.close();
    store = Store.open(objects, options);
  }

  void createTable() throws StoreException {
    try (Transaction transaction = store.begin(Store.MAIN)) {
      transaction.createTable(
          TableSchema.of(
              TABLE,
              List.of(
                  Column.of("key", KEY).notNull(), Column.of("a", TEXT), Column.of("b", TEXT))));
      transaction.commit();
    }
  }

  /** The table, which may have been renamed if there is no other. */
  static TableSnapshot table(Snapshot snapshot) {
    return snapshot.findTable(TABLE).orElseGet(() -> snapshot.tables().get(0));
  }

  static TableSchema schema(Snapshot snapshot) {
    return table(snapshot).schema();
  }

  /** A column of keys, and one of texts for each text of a row. */
  private static List<HeapColumn> columns(List<Long> keys, List<String[]> rows)
      throws StoreException {
    ColumnBuilder key = new ColumnBuilder(KEY);
    List<ColumnBuilder> texts = new ArrayList<>();
    for (int i = 0; i < rows.get(0).length; i++) {
      texts.add(new ColumnBuilder(TEXT));
    }
    for (int i = 0; i < keys.size(); i++) {
      key.appendLong(keys.get(i));
      for (int k = 0; k < texts.size(); k++) {
        append(texts.get(k), rows.get(i)[k]);
      }
    }
    List<HeapColumn> columns = new ArrayList<>(List.of(key.column()));
    texts.forEach(text -> columns.add(text.column()));
    return columns;
  }

  private static void append(ColumnBuilder builder, String text) throws StoreException {
    if (text == null) {
      builder.appendNull();
    } else {
      builder.appendText(text);
    }
  }

  /** Answers the id of the first row. */
  long insert(String branch, List<Long> keys, List<String[]> rows) throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      long table = schema(transaction.snapshot()).id();
      long first = transaction.append(table, columns(keys, rows));
      transaction.commit();
      return first;
    }
  }

  void insertAndRollBack(String branch, long key, String[] row) throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      long table = schema(transaction.snapshot()).id();
      transaction.append(table, columns(List.of(key), List.<String[]>of(row)));
      transaction.snapshot();
    }
  }

  /**
   * @param cell 0 for the first column behind the key
   */
  void update(String branch, int cell, long[] rowIds, List<String> values) throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TEXT);
    for (String value : values) {
      append(builder, value);
    }
    try (Transaction transaction = store.begin(branch)) {
      TableSchema schema = schema(transaction.snapshot());
      transaction.update(
          schema.id(), schema.columns().get(1 + cell).id(), rowIds, builder.column());
      transaction.commit();
    }
  }

  /** A change of the table itself. */
  @FunctionalInterface
  interface Alteration {
    void make(Transaction transaction, TableSchema schema) throws StoreException;
  }

  void alter(String branch, Alteration alteration) throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      alteration.make(transaction, schema(transaction.snapshot()));
      transaction.commit();
    }
  }

  /**
   * Adds a column of texts.
   *
   * @param fill for the rows there are, or null
   */
  void addColumn(String branch, String name, String fill) throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TEXT);
    append(builder, fill);
    Optional<HeapColumn> sample = fill == null ? Optional.empty() : Optional.of(builder.column());
    alter(
        branch,
        (transaction, schema) -> transaction.addColumn(schema.id(), Column.of(name, TEXT), sample));
  }

  void delete(String branch, long[] rowIds) throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      transaction.delete(schema(transaction.snapshot()).id(), rowIds);
      transaction.commit();
    }
  }

  /** Every row as text, read through all columns. */
  List<String> lines(Snapshot snapshot) throws StoreException {
    TableSnapshot table = table(snapshot);
    List<Long> ids = table.schema().columns().stream().map(Column::id).toList();
    List<String> lines = new ArrayList<>();
    try (TableScan scan = table.openScan(ScanRequest.of(ids), allocator)) {
      while (scan.next()) {
        for (int i = 0; i < scan.selected(); i++) {
          int row = scan.selection() == null ? i : scan.selection()[i];
          List<String> texts = new ArrayList<>();
          for (int column = 1; column < ids.size(); column++) {
            texts.add(text(scan.column(column), row));
          }
          lines.add(scan.column(0).longAt(row) + "=" + String.join(",", texts));
        }
      }
    }
    return lines;
  }

  private static String text(Vector column, int row) {
    return column.isNull(row) ? "NULL" : shown(column.textAt(row));
  }

  static String shown(String text) {
    return text.startsWith(LONG) ? "long" + text.substring(LONG.length()) : text;
  }

  boolean memoryIsFree() {
    return allocator.getAllocatedMemory() == 0;
  }

  static long[] ids(long first, long count) {
    return LongStream.range(first, first + count).toArray();
  }

  @Override
  public void close() throws StoreException {
    store.close();
    allocator.close();
  }
}
