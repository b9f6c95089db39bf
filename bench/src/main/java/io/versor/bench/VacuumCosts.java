package io.versor.bench;

import io.versor.format.CommitRequest;
import io.versor.format.Store;
import io.versor.format.StoreOptions;
import io.versor.format.Transaction;
import io.versor.format.VacuumedObject;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What VACUUM costs where there is nothing to delete: it reads the trees all the same. A table of
 * one column is filled with chunks of 65,536 equal numbers.
 *
 * <p>Arguments: a directory to work in, the greatest number of chunks (1,000,000 by default), and
 * how often each is measured.
 */
public final class VacuumCosts {
  private static final CommitRequest COMMIT = CommitRequest.of("m", "bench");
  private static final int ROWS_OF_A_CHUNK = 65_536;
  private static final int CHUNKS_OF_A_COMMIT = 1_000;
  private static final int CHUNKS_OF_AN_APPEND = 50;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private VacuumCosts() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data").resolve("vacuum");
    long most = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000_000;
    int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    Figures.delete(directory);
    long table = create(directory);
    long chunks = 0;
    for (long goal = 10_000; goal <= most; goal *= 10) {
      long start = System.nanoTime();
      fill(directory, table, goal - chunks);
      chunks = goal;
      System.out.printf("filled to %,d chunks in %.1f s%n", chunks, seconds(start));
      measure(directory, chunks, runs);
    }
    Figures.delete(directory);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static Store open(Path directory) throws StoreException {
    return Store.open(DirectoryStore.open(directory, OpenMode.CREATE), StoreOptions.defaults());
  }

  private static long create(Path directory) throws StoreException {
    try (Store store = open(directory);
        Transaction transaction = store.begin(Store.MAIN)) {
      Column column = Column.of("x", TensorType.scalar(Dtype.INT8));
      long table = transaction.createTable(TableSchema.of("t", List.of(column)));
      transaction.commitVersion(COMMIT);
      return table;
    }
  }

  private static void fill(Path directory, long table, long chunks) throws StoreException {
    int rows = ROWS_OF_A_CHUNK * CHUNKS_OF_AN_APPEND;
    ColumnBuilder builder = new ColumnBuilder(TensorType.scalar(Dtype.INT8), rows);
    for (int i = 0; i < rows; i++) {
      builder.appendLong(7);
    }
    try (Store store = open(directory)) {
      for (long done = 0; done < chunks; done += CHUNKS_OF_A_COMMIT) {
        try (Transaction transaction = store.begin(Store.MAIN)) {
          for (int i = 0; i < CHUNKS_OF_A_COMMIT; i += CHUNKS_OF_AN_APPEND) {
            transaction.append(table, List.of(builder.column()));
          }
          transaction.commitVersion(COMMIT);
        }
      }
      store.checkpoint(Store.MAIN);
      store.vacuum(Duration.ZERO, false);
    }
  }

  /** In a store that was just opened, and once more in the same one. */
  private static void measure(Path directory, long chunks, int runs) throws StoreException {
    long[] time = new long[2 * runs];
    long[] processor = new long[2 * runs];
    for (int run = 0; run < runs; run++) {
      try (Store store = open(directory)) {
        for (int i = 2 * run; i < 2 * run + 2; i++) {
          long start = System.nanoTime();
          long worked = THREADS.getCurrentThreadCpuTime();
          vacuum(store);
          processor[i] = THREADS.getCurrentThreadCpuTime() - worked;
          time[i] = System.nanoTime() - start;
        }
      }
    }
    System.out.printf("first in this process: processor %.1f ms%n", processor[0] / 1e6);
    Figures.print(String.format("VACUUM of %,d chunks", chunks), time);
    Figures.print("of that the processor, for its thread", processor);
  }

  private static void vacuum(Store store) throws StoreException {
    List<VacuumedObject> found = store.vacuum(Duration.ofDays(1), false);
    if (found.stream().anyMatch(VacuumedObject::deleted)) {
      throw new IllegalStateException("something was deleted: " + found);
    }
  }
}
