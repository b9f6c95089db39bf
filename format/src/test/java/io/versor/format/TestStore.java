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

  private static TableSchema schema(Snapshot snapshot) {
    return snapshot.findTable(TABLE).orElseThrow().schema();
  }

  private static List<HeapColumn> columns(List<Long> keys, List<String[]> rows)
      throws StoreException {
    ColumnBuilder key = new ColumnBuilder(KEY);
    ColumnBuilder a = new ColumnBuilder(TEXT);
    ColumnBuilder b = new ColumnBuilder(TEXT);
    for (int i = 0; i < keys.size(); i++) {
      key.appendLong(keys.get(i));
      append(a, rows.get(i)[0]);
      append(b, rows.get(i)[1]);
    }
    return List.of(key.column(), a.column(), b.column());
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
   * @param cell 0 for column a, 1 for column b
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

  void delete(String branch, long[] rowIds) throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      transaction.delete(schema(transaction.snapshot()).id(), rowIds);
      transaction.commit();
    }
  }

  /** Every row as text, read through all columns. */
  List<String> lines(Snapshot snapshot) throws StoreException {
    TableSnapshot table = snapshot.findTable(TABLE).orElseThrow();
    List<Long> ids = table.schema().columns().stream().map(Column::id).toList();
    List<String> lines = new ArrayList<>();
    try (TableScan scan = table.openScan(ScanRequest.of(ids), allocator)) {
      while (scan.next()) {
        for (int i = 0; i < scan.selected(); i++) {
          int row = scan.selection() == null ? i : scan.selection()[i];
          lines.add(
              scan.column(0).longAt(row)
                  + "="
                  + text(scan.column(1), row)
                  + ","
                  + text(scan.column(2), row));
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
