package io.versor.bench;

import io.versor.format.CommitRequest;
import io.versor.format.ScanRequest;
import io.versor.format.Store;
import io.versor.format.StoreOptions;
import io.versor.format.TableScan;
import io.versor.format.TableSnapshot;
import io.versor.format.Transaction;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.Memory;
import io.versor.format.io.OpenMode;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;

/**
 * What the store alone costs, without SQL: writes beside bare appends, bytes on disk, scans. Each
 * measurement alternates with what it is compared to; prints medians and quartiles.
 *
 * <p>Arguments: a directory to work in, and which measurements (all by default).
 */
public final class StoreCosts {
  private static final CommitRequest COMMIT = CommitRequest.of("m", "bench");

  private final Path directory;

  private StoreCosts(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data");
    List<String> wanted =
        arguments.length > 1
            ? Arrays.asList(arguments).subList(1, arguments.length)
            : List.of("append", "history", "picture", "embedding", "scan");
    StoreCosts costs = new StoreCosts(directory);
    for (String name : wanted) {
      Figures.delete(directory);
      Files.createDirectories(directory);
      switch (name) {
        case "append" -> costs.append();
        case "history" -> costs.history();
        case "picture" -> costs.picture();
        case "embedding" -> costs.embedding();
        case "scan" -> costs.scan();
        default -> throw new IllegalArgumentException("no measurement is called " + name);
      }
    }
    Figures.delete(directory);
  }

  // --- measurements

  /** One row and one commit beside a bare append of 4 KiB with fdatasync. */
  private void append() throws Exception {
    int runs = 2_000;
    long[] bare = new long[runs];
    long[] insert = new long[runs];
    long[] commit = new long[runs];
    try (Store store = open("append");
        FileChannel file =
            FileChannel.open(
                directory.resolve("bare"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(4096 * runs), 0);
      file.force(true);
      long table = createNumbers(store);
      for (int i = -200; i < runs; i++) {
        long start = System.nanoTime();
        file.write(ByteBuffer.allocate(4096), 4096L * Math.max(0, i));
        file.force(false);
        long afterBare = System.nanoTime();
        insertNumber(store, table, i);
        long afterInsert = System.nanoTime();
        store.commitVersion(Store.MAIN, COMMIT);
        long afterCommit = System.nanoTime();
        if (i >= 0) {
          bare[i] = afterBare - start;
          insert[i] = afterInsert - afterBare;
          commit[i] = afterCommit - afterInsert;
        }
      }
    }
    Figures.print("bare append of 4 KiB + fdatasync", bare);
    Figures.print("insert of one row", insert);
    Figures.print("version commit", commit);
    Figures.ratio("insert : bare", insert, bare);
    Figures.ratio("commit : bare", commit, bare);
  }

  /** A store with 10,000 commits beside a fresh one. */
  private void history() throws Exception {
    int runs = 1_000;
    long[] fresh = new long[runs];
    long[] old = new long[runs];
    try (Store aged = open("aged")) {
      long agedTable = createNumbers(aged);
      for (int i = 0; i < 10_000; i++) {
        insertNumber(aged, agedTable, i);
        aged.commitVersion(Store.MAIN, COMMIT);
      }
      try (Store young = open("young")) {
        long youngTable = createNumbers(young);
        for (int i = -100; i < runs; i++) {
          long start = System.nanoTime();
          insertNumber(young, youngTable, i);
          young.commitVersion(Store.MAIN, COMMIT);
          long between = System.nanoTime();
          insertNumber(aged, agedTable, i);
          aged.commitVersion(Store.MAIN, COMMIT);
          long end = System.nanoTime();
          if (i >= 0) {
            fresh[i] = between - start;
            old[i] = end - between;
          }
        }
      }
      long start = System.nanoTime();
      long rows = aged.resolve("main~9000", Store.MAIN).tables().get(0).rowCount();
      System.out.printf(
          "| first read of main~9000 (%d rows) | %.2f ms |%n",
          rows, (System.nanoTime() - start) / 1e6);
    }
    long start = System.nanoTime();
    try (Store again = open("aged")) {
      again.head(Store.MAIN);
      System.out.printf(
          "| opening the store with 11,100 commits, and its head | %.1f ms |%n",
          (System.nanoTime() - start) / 1e6);
    }
    Figures.print("insert + commit, fresh store", fresh);
    Figures.print("insert + commit, 10,000 commits", old);
    Figures.ratio("10,000 commits : fresh", old, fresh);
  }

  /** Replacing one 20 KB picture of 2,000. */
  private void picture() throws Exception {
    Random random = new Random(1);
    TensorType bytes = TensorType.scalar(Dtype.BYTES);
    try (Store store = open("picture")) {
      long table;
      try (Transaction transaction = store.begin(Store.MAIN)) {
        table = transaction.createTable(TableSchema.of("p", List.of(Column.of("x", bytes))));
        ColumnBuilder builder = new ColumnBuilder(bytes);
        for (int i = 0; i < 2_000; i++) {
          builder.appendBytes(noise(random, 20_000), 0, 20_000);
        }
        transaction.append(table, List.of(builder.column()));
        transaction.commitVersion(COMMIT);
      }
      store.checkpoint(Store.MAIN);
      long before = size(directory.resolve("picture"));
      try (Transaction transaction = store.begin(Store.MAIN)) {
        TableSnapshot snapshot = transaction.snapshot().findTable("p").orElseThrow();
        ColumnBuilder builder = new ColumnBuilder(bytes);
        builder.appendBytes(noise(random, 20_000), 0, 20_000);
        transaction.update(
            table,
            snapshot.schema().columns().get(0).id(),
            new long[] {snapshot.rowIdAt(1_000).orElseThrow()},
            builder.column());
        transaction.commitVersion(COMMIT);
      }
      long after = size(directory.resolve("picture"));
      store.checkpoint(Store.MAIN);
      long checkpointed = size(directory.resolve("picture"));
      System.out.printf(
          "| replacing one picture of 20 KB of 2,000 | %d bytes, %d with a checkpoint |%n",
          after - before, checkpointed - before);
    }
  }

  /** 1,000 commits of one EMBEDDING(128) each beside one commit of the same rows. */
  private void embedding() throws Exception {
    Random random = new Random(2);
    TensorType type = TensorType.embedding(128);
    HeapColumn all = vectors(type, 1_000, random);
    try (Store many = open("many");
        Store once = open("once")) {
      long manyTable = create(many, type);
      for (int i = 0; i < 1_000; i++) {
        ColumnBuilder one = new ColumnBuilder(type);
        one.append(all, i, 1);
        try (Transaction transaction = many.begin(Store.MAIN)) {
          transaction.append(manyTable, List.of(one.column()));
          transaction.commitVersion(COMMIT);
        }
      }
      long onceTable = create(once, type);
      try (Transaction transaction = once.begin(Store.MAIN)) {
        transaction.append(onceTable, List.of(all));
        transaction.commitVersion(COMMIT);
      }
      Path manyDirectory = directory.resolve("many");
      System.out.printf(
          "| 1,000 commits of EMBEDDING(128), payload 512,000 bytes | %d bytes, %d files |%n",
          size(manyDirectory), files(manyDirectory));
      long[] manyTimes = new long[200];
      long[] onceTimes = new long[200];
      for (int i = -50; i < manyTimes.length; i++) {
        long start = System.nanoTime();
        readAll(once, onceTable);
        long between = System.nanoTime();
        readAll(many, manyTable);
        long end = System.nanoTime();
        if (i >= 0) {
          onceTimes[i] = between - start;
          manyTimes[i] = end - between;
        }
      }
      Figures.print("reading the column after one commit", onceTimes);
      Figures.print("reading the column after 1,000 commits", manyTimes);
      Figures.ratio("1,000 commits : one", manyTimes, onceTimes);
    }
  }

  /** Five million rows: a filter on a label and a sum of a double, on vectors. */
  private void scan() throws Exception {
    int rows = 5_000_000;
    Random random = new Random(3);
    TensorType label = TensorType.scalar(Dtype.INT32);
    TensorType number = TensorType.scalar(Dtype.FLOAT64);
    try (Store store = open("scan");
        RootAllocator allocator = new RootAllocator()) {
      long table;
      long start = System.nanoTime();
      try (Transaction transaction = store.begin(Store.MAIN)) {
        table =
            transaction.createTable(
                TableSchema.of("s", List.of(Column.of("label", label), Column.of("d", number))));
        for (int done = 0; done < rows; done += 100_000) {
          ColumnBuilder labels = new ColumnBuilder(label, 100_000);
          ColumnBuilder numbers = new ColumnBuilder(number, 100_000);
          for (int i = 0; i < 100_000; i++) {
            labels.appendLong(random.nextInt(10));
            numbers.appendDouble(random.nextDouble());
          }
          transaction.append(table, List.of(labels.column(), numbers.column()));
        }
        transaction.commitVersion(COMMIT);
      }
      System.out.printf(
          "| loading 5,000,000 rows | %.0f ns a row |%n",
          (System.nanoTime() - start) / (double) rows);
      long[] times = new long[15];
      double sum = 0;
      for (int i = -5; i < times.length; i++) {
        start = System.nanoTime();
        sum = sumWhereLabelIs7(store, allocator);
        if (i >= 0) {
          times[i] = System.nanoTime() - start;
        }
      }
      Figures.print("COUNT, SUM WHERE label = 7 on vectors (sum " + (long) sum + ")", times);
      System.out.printf("| a row of it | %.2f ns |%n", Figures.median(times) / (double) rows);
    }
  }

  private static double sumWhereLabelIs7(Store store, RootAllocator allocator)
      throws StoreException {
    TableSnapshot table = store.head(Store.MAIN).findTable("s").orElseThrow();
    List<Long> columns = table.schema().columns().stream().map(Column::id).toList();
    double sum = 0;
    int[] selection = new int[ScanRequest.DEFAULT_BATCH_ROWS];
    try (TableScan scan = table.openScan(ScanRequest.of(columns), allocator)) {
      while (scan.next()) {
        Vector labels = scan.column(0);
        long address = labels.data();
        int n = 0;
        for (int i = 0; i < scan.length(); i++) {
          selection[n] = i;
          n += Memory.getInt(address + 4L * i) == 7 ? 1 : 0;
        }
        Vector numbers = scan.column(1, selection, n);
        address = numbers.data();
        for (int i = 0; i < n; i++) {
          sum += Memory.getDouble(address + 8L * selection[i]);
        }
      }
    }
    return sum;
  }

  // --- parts

  private Store open(String name) throws StoreException {
    return Store.open(
        DirectoryStore.open(directory.resolve(name), OpenMode.CREATE), StoreOptions.defaults());
  }

  private static long createNumbers(Store store) throws StoreException {
    return create(store, TensorType.scalar(Dtype.INT64));
  }

  private static long create(Store store, TensorType type) throws StoreException {
    try (Transaction transaction = store.begin(Store.MAIN)) {
      long table = transaction.createTable(TableSchema.of("t", List.of(Column.of("x", type))));
      transaction.commit();
      return table;
    }
  }

  private static void insertNumber(Store store, long table, long value) throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.scalar(Dtype.INT64));
    builder.appendLong(value);
    try (Transaction transaction = store.begin(Store.MAIN)) {
      transaction.append(table, List.of(builder.column()));
      transaction.commit();
    }
  }

  private static HeapColumn vectors(TensorType type, int rows, Random random)
      throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(type);
    ByteBuffer vector = ByteBuffer.allocate(512).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows; i++) {
      vector.clear();
      for (int j = 0; j < 128; j++) {
        vector.putFloat(random.nextFloat());
      }
      builder.appendFixed(vector.array(), 0);
    }
    return builder.column();
  }

  private static void readAll(Store store, long tableId) throws StoreException {
    TableSnapshot table = store.head(Store.MAIN).findTable(tableId).orElseThrow();
    List<Long> columns = table.schema().columns().stream().map(Column::id).toList();
    float sum = 0;
    try (RootAllocator allocator = new RootAllocator();
        TableScan scan = table.openScan(ScanRequest.of(columns), allocator)) {
      while (scan.next()) {
        long address = scan.column(0).data();
        for (int i = 0; i < scan.length() * 128; i++) {
          sum += Memory.getFloat(address + 4L * i);
        }
      }
    }
    if (Float.isNaN(sum)) {
      throw new IllegalStateException("no number was ever NaN");
    }
  }

  private static byte[] noise(Random random, int bytes) {
    byte[] noise = new byte[bytes];
    random.nextBytes(noise);
    return noise;
  }

  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static long files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
