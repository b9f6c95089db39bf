package io.versor.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Identity;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.RootAllocator;

/** A store, in memory unless told otherwise, with one table: a key and two texts. */
final class TestStore implements AutoCloseable {
  static final String TABLE = "t";

  /** The beginning of texts that fill chunks; left out where rows are shown. */
  static final String LONG = "x".repeat(2_000);

  private static final int MOST_SHOWN = 3_000;

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

  /** Makes {@code key} the primary key, and {@code (key, a)} unique; answers the properties. */
  Map<String, String> addKeys() throws StoreException {
    Map<String, String> properties = new TreeMap<>();
    try (Transaction transaction = store.begin(Store.MAIN)) {
      TableSchema schema = schema(transaction.snapshot());
      long key = schema.columns().get(0).id();
      properties.put(TableKeys.PRIMARY_KEY, TableKeys.encode(List.of(key)));
      properties.put(
          TableKeys.UNIQUE + 1, TableKeys.encode(List.of(key, schema.columns().get(1).id())));
      transaction.alterTable(schema.id(), schema.comment(), properties);
      transaction.commit();
    }
    return properties;
  }

  /** Row ids of the rows with some keys, by an index that must be there. */
  static long[] find(TableSnapshot table, List<Long> keys) throws StoreException {
    ColumnBuilder numbers = new ColumnBuilder(KEY);
    for (long key : keys) {
      numbers.appendLong(key);
    }
    List<Long> columns = List.of(table.schema().columns().get(0).id());
    return table.findRows(columns, List.of(numbers.column())).orElseThrow();
  }

  /** The same by key and text. */
  static long[] find(TableSnapshot table, long textColumn, long key, String text)
      throws StoreException {
    ColumnBuilder number = new ColumnBuilder(KEY);
    number.appendLong(key);
    ColumnBuilder texts = new ColumnBuilder(TEXT);
    append(texts, text);
    List<Long> columns = List.of(table.schema().columns().get(0).id(), textColumn);
    return table.findRows(columns, List.of(number.column(), texts.column())).orElseThrow();
  }

  /** The table, whatever it is called now: others have no column of this name. */
  static TableSnapshot table(Snapshot snapshot) {
    return snapshot.tables().stream()
        .filter(table -> table.schema().columns().get(0).name().equals("key"))
        .findFirst()
        .orElseThrow();
  }

  static TableSchema schema(Snapshot snapshot) {
    return table(snapshot).schema();
  }

  /** A table of numbers and an identity column; answers its id. */
  long createList(String branch, String name, Identity identity) throws StoreException {
    Column id = Column.of("id", KEY).notNull().withIdentity(Optional.of(identity));
    try (Transaction transaction = store.begin(branch)) {
      long table =
          transaction.createTable(TableSchema.of(name, List.of(Column.of("number", KEY), id)));
      transaction.commit();
      return table;
    }
  }

  /** Answers the number that the row has drawn. */
  long appendToList(String branch, long table, long number) throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      long drawn = appendToList(transaction, table, number);
      transaction.commit();
      return drawn;
    }
  }

  static long appendToList(Transaction transaction, long table, long number) throws StoreException {
    long drawn = transaction.drawNumbers(table, identityColumn(transaction, table), 1);
    ColumnBuilder numbers = new ColumnBuilder(KEY);
    numbers.appendLong(number);
    ColumnBuilder ids = new ColumnBuilder(KEY);
    ids.appendLong(drawn);
    transaction.append(table, List.of(numbers.column(), ids.column()));
    return drawn;
  }

  static long identityColumn(Transaction transaction, long table) throws StoreException {
    return transaction.snapshot().findTable(table).orElseThrow().schema().columns().get(1).id();
  }

  List<Long> list(TableSnapshot table) throws StoreException {
    return list(table, 0);
  }

  /** The numbers that the rows of such a table have drawn. */
  List<Long> drawn(TableSnapshot table) throws StoreException {
    return list(table, 1);
  }

  private List<Long> list(TableSnapshot table, int position) throws StoreException {
    List<Long> numbers = new ArrayList<>();
    long column = table.schema().columns().get(position).id();
    try (TableScan scan = table.openScan(ScanRequest.of(List.of(column)), allocator)) {
      while (scan.next()) {
        Vector values = scan.column(0);
        int[] selection = scan.selection();
        for (int k = 0; k < scan.selected(); k++) {
          numbers.add(values.longAt(selection == null ? k : selection[k]));
        }
      }
    }
    return numbers;
  }

  /** A column of keys, and one of texts for each text of a row. */
  static List<HeapColumn> columns(List<Long> keys, List<String[]> rows) throws StoreException {
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

  /** Texts too long to read are told by their length and checksum, which costs far less. */
  private static String text(Vector column, int row) {
    if (column.isNull(row)) {
      return "NULL";
    }
    byte[] bytes = column.bytesAt(row);
    if (bytes.length > MOST_SHOWN) {
      CRC32C checksum = new CRC32C();
      checksum.update(bytes);
      return bytes.length + " bytes " + checksum.getValue();
    }
    return shown(new String(bytes, UTF_8));
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
