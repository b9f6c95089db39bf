package io.versor.bench;

import io.versor.format.Store;
import io.versor.format.StoreOptions;
import io.versor.format.TableSnapshot;
import io.versor.format.Transaction;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What CHECK STORE costs: of a store with many rows, and of one with many chunks and versions, each
 * as it grows. Time should grow as bytes on disk do. Each check is a process of its own with a heap
 * of 256 MB.
 *
 * <p>Arguments: a directory to work in, millions of rows (10), tables of a thousand columns with a
 * chunk each (100), versions (20).
 */
public final class CheckCosts {
  private static final int BATCH = 100_000;
  private static final int COLUMNS = 1_000;
  private static final int STEPS = 4;
  private static final int HEAP_MEGABYTES = 256;
  private static final String CHECK = "check";

  private final Path directory;

  private CheckCosts(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 1 && arguments[0].equals(CHECK)) {
      check(Path.of(arguments[1]));
      return;
    }
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data").resolve("check");
    int millions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    int tables = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
    int versions = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 20;
    Figures.delete(directory);
    CheckCosts costs = new CheckCosts(directory);
    System.out.println("| store | megabytes | seconds | of the processor | collecting garbage |");
    System.out.println("| --- | ---: | ---: | ---: | ---: |");
    costs.rows(millions);
    costs.versions(tables, versions);
    Figures.delete(directory);
  }

  private Store open(String name) throws StoreException {
    return Store.open(
        DirectoryStore.open(directory.resolve(name), OpenMode.CREATE), StoreOptions.defaults());
  }

  // --- rows

  private void rows(int millions) throws Exception {
    try (Store store = open("rows")) {
      long table;
      try (Transaction transaction = store.begin(Store.MAIN)) {
        table =
            transaction.createTable(
                TableSchema.of(
                    "t",
                    List.of(
                        Column.of("id", TensorType.scalar(Dtype.INT64)),
                        Column.of("x", TensorType.scalar(Dtype.FLOAT64)),
                        Column.of("name", TensorType.text()))));
        transaction.commit();
      }
      Random random = new Random(1);
      long rows = millions * 1_000_000L;
      for (long from = 0; from < rows; from += BATCH) {
        try (Transaction transaction = store.begin(Store.MAIN)) {
          transaction.append(table, batch(from, random));
          transaction.commit();
        }
        if ((from + BATCH) % (rows / STEPS) == 0) {
          measure("rows", (from + BATCH) + " rows");
        }
      }
    }
  }

  private static List<HeapColumn> batch(long from, Random random) throws StoreException {
    ColumnBuilder id = new ColumnBuilder(TensorType.scalar(Dtype.INT64));
    ColumnBuilder x = new ColumnBuilder(TensorType.scalar(Dtype.FLOAT64));
    ColumnBuilder name = new ColumnBuilder(TensorType.text());
    for (int i = 0; i < BATCH; i++) {
      id.appendLong(from + i);
      x.appendDouble(random.nextDouble());
      name.appendText("name " + random.nextInt(1_000_000));
    }
    return List.of(id.column(), x.column(), name.column());
  }

  // --- chunks and versions

  private void versions(int tables, int versions) throws Exception {
    try (Store store = open("versions")) {
      for (int t = 0; t < tables; t++) {
        wide(store, t);
      }
      store.checkpoint(Store.MAIN);
      String chunks = tables * COLUMNS + " chunks";
      measure("versions", chunks + ", 1 checkpoint");
      for (int version = 1; version <= versions; version++) {
        change(store, version);
        store.checkpoint(Store.MAIN);
        if (version % Math.max(1, versions / STEPS) == 0) {
          measure("versions", chunks + ", " + (version + 1) + " checkpoints");
        }
      }
    }
  }

  private static void wide(Store store, int number) throws StoreException {
    List<Column> columns = new ArrayList<>();
    List<HeapColumn> cells = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      columns.add(Column.of("c" + i, TensorType.scalar(Dtype.INT64)));
      cells.add(numbers(number, i, 7 * i, number - i));
    }
    try (Transaction transaction = store.begin(Store.MAIN)) {
      long table = transaction.createTable(TableSchema.of("t" + number, columns));
      transaction.append(table, cells);
      transaction.commit();
    }
  }

  private static HeapColumn numbers(long... numbers) throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.scalar(Dtype.INT64));
    for (long number : numbers) {
      builder.appendLong(number);
    }
    return builder.column();
  }

  /** One cell of each table. */
  private static void change(Store store, int version) throws StoreException {
    try (Transaction transaction = store.begin(Store.MAIN)) {
      for (TableSnapshot table : transaction.snapshot().tables()) {
        long column = table.schema().columns().get(version % COLUMNS).id();
        long[] row = {table.rowIdAt(0).orElseThrow()};
        transaction.update(table.schema().id(), column, row, numbers(version));
      }
      transaction.commit();
    }
  }

  // --- measuring

  /** In a process of its own, whose heap is for nothing else. */
  private void measure(String name, String what) throws IOException, InterruptedException {
    Path store = directory.resolve(name);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CheckCosts.class.getName(),
                CHECK,
                store.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(what + ": the check ended with " + process.exitValue());
    }
    System.out.printf("| %s | %.0f | %s |%n", what, megabytes(store), answer.strip());
  }

  /** Prints seconds, those of the processor, and the share of them that went into the heap. */
  private static void check(Path directory) throws StoreException {
    try (Store store =
        Store.open(DirectoryStore.open(directory, OpenMode.WRITE), StoreOptions.defaults())) {
      long start = System.nanoTime();
      if (!store.check().isEmpty()) {
        throw new IllegalStateException("the store is damaged");
      }
      long nanos = System.nanoTime() - start;
      long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long collecting =
          ManagementFactory.getGarbageCollectorMXBeans().stream()
              .mapToLong(GarbageCollectorMXBean::getCollectionTime)
              .sum();
      System.out.printf("%.2f | %.2f | %.2f%n", nanos / 1e9, processor / 1e9, collecting / 1e3);
    }
  }

  private static double megabytes(Path store) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes / 1e6;
  }
}
