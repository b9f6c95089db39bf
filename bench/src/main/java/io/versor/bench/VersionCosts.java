package io.versor.bench;

import io.versor.format.BranchStart;
import io.versor.format.CommitRequest;
import io.versor.format.Diff;
import io.versor.format.MergeRequest;
import io.versor.format.MergeResult;
import io.versor.format.ScanRequest;
import io.versor.format.Snapshot;
import io.versor.format.Store;
import io.versor.format.StoreOptions;
import io.versor.format.TableScan;
import io.versor.format.TableSnapshot;
import io.versor.format.Transaction;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.Memory;
import io.versor.format.io.OpenMode;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;

/**
 * What versions cost: diffs and merges against the number of changes and the size of the table, the
 * log, blame and history through JDBC, reads on a branch of a branch of a branch.
 *
 * <p>Arguments: a directory to work in, and which measurements (all by default).
 */
public final class VersionCosts {
  private static final CommitRequest COMMIT = CommitRequest.of("m", "bench");
  private static final TensorType INT32 = TensorType.scalar(Dtype.INT32);
  private static final TensorType INT64 = TensorType.scalar(Dtype.INT64);
  private static final TensorType FLOAT64 = TensorType.scalar(Dtype.FLOAT64);
  private static final int BATCH = 100_000;
  private static final int RUNS = 21;

  private final Path directory;
  private long nextId;
  private final Random random = new Random(1);

  private VersionCosts(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data");
    List<String> wanted =
        arguments.length > 1
            ? Arrays.asList(arguments).subList(1, arguments.length)
            : List.of("changes", "added", "rows", "log", "blame", "depth");
    VersionCosts costs = new VersionCosts(directory);
    for (String name : wanted) {
      Figures.delete(directory);
      Files.createDirectories(directory);
      switch (name) {
        case "changes" -> costs.changes();
        case "added" -> costs.added();
        case "rows" -> costs.rows();
        case "log" -> costs.log();
        case "blame" -> costs.blame();
        case "depth" -> costs.depth();
        default -> throw new IllegalArgumentException("no measurement is called " + name);
      }
    }
    Figures.delete(directory);
  }

  // --- diff and merge

  /** 10 to 10,000 changed rows of a million. */
  private void changes() throws Exception {
    try (Store store = open("changes")) {
      load(store, 1_000_000);
      for (int changes : new int[] {10, 100, 1_000, 10_000}) {
        diffAndMerge(store, 1_000_000, changes);
      }
    }
  }

  /** 100 changed rows of 10,000 to ten million. */
  private void rows() throws Exception {
    for (int rows : new int[] {10_000, 100_000, 1_000_000, 10_000_000}) {
      try (Store store = open("rows" + rows)) {
        load(store, rows);
        diffAndMerge(store, rows, 100);
      }
      Figures.delete(directory.resolve("rows" + rows));
    }
  }

  /** 1 to 100 new rows beside a million, each from a transaction of its own. */
  private void added() throws Exception {
    try (Store store = open("added")) {
      load(store, 1_000_000);
      for (int added : new int[] {1, 10, 100}) {
        String theirs = "theirs" + added;
        branch(store, theirs);
        for (int i = 0; i < added; i++) {
          try (Transaction transaction = store.begin(theirs)) {
            append(transaction, transaction.snapshot().findTable("t").orElseThrow(), 1);
            transaction.commit();
          }
        }
        store.commitVersion(theirs, COMMIT);
        diffAndMerge(store, 1_000_000, theirs, String.format("%,d added to %,d", added, 1_000_000));
      }
    }
  }

  private static void branch(Store store, String name) throws StoreException {
    store.createBranch(name, BranchStart.ofCommit(store.branch(Store.MAIN).head().orElseThrow()));
  }

  private void diffAndMerge(Store store, int rows, int changes) throws Exception {
    String theirs = "theirs" + changes;
    branch(store, theirs);
    update(store, theirs, rows, changes);
    diffAndMerge(store, rows, theirs, String.format("%,d changed of %,d", changes, rows));
  }

  private void diffAndMerge(Store store, int rows, String theirs, String of) throws Exception {
    long[] diff = new long[RUNS];
    long[] merge = new long[RUNS];
    long[] bytes = new long[RUNS];
    for (int i = -5; i < RUNS; i++) {
      String ours = "ours-" + theirs + "-" + (i + 5);
      branch(store, ours);
      update(store, ours, rows, 100); // a merge of both sides, not of one
      long start = System.nanoTime();
      long found = countDiff(store, theirs);
      long afterDiff = System.nanoTime();
      long written = written();
      MergeResult result =
          store.merge(
              new MergeRequest(
                  theirs, ours, MergeRequest.Strategy.THEIRS, Optional.empty(), "bench", false));
      long end = System.nanoTime();
      if (found == 0 || result.rowsUpdated() + result.rowsAdded() == 0) {
        throw new IllegalStateException(found + " rows differ, " + result);
      }
      if (i >= 0) {
        diff[i] = afterDiff - start;
        merge[i] = end - afterDiff;
        bytes[i] = written() - written;
      }
      store.dropBranch(ours, io.versor.format.DropMode.FORCE);
    }
    Figures.print("diff, " + of, diff);
    Figures.print("merge, " + of, merge);
    System.out.printf("| written by that merge | %,d bytes (median) |%n", Figures.median(bytes));
  }

  private static long countDiff(Store store, String theirs) throws StoreException {
    Snapshot from = store.resolve(Store.MAIN, Store.MAIN);
    Snapshot to = store.resolve(theirs, Store.MAIN);
    long rows = 0;
    long table = to.findTable("t").orElseThrow().schema().id();
    Diff.DiffCursor cursor = store.diff(from, to).openRows(table, Diff.RowFilter.ALL);
    while (cursor.next().isPresent()) {
      rows++;
    }
    return rows;
  }

  /** Bytes this process has handed to the system for writing so far. */
  private static long written() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/io"))) {
      if (line.startsWith("wchar: ")) {
        return Long.parseLong(line.substring("wchar: ".length()));
      }
    }
    throw new IOException("/proc/self/io has no wchar");
  }

  // --- log, blame, history

  /** The first page of the log, and of its newest thousand, after 10,000 commits. */
  private void log() throws Exception {
    try (Connection connection = connect("log");
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id BIGINT, label INT, score DOUBLE)");
      try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO t VALUES (?, 1, 0.5)");
          PreparedStatement commit = connection.prepareStatement("COMMIT VERSION MESSAGE 'm'")) {
        for (int i = 0; i < 10_000; i++) {
          insert.setLong(1, i);
          insert.executeUpdate();
          commit.execute();
        }
      }
      query(connection, "SELECT * FROM versor.log LIMIT 50", 50);
      query(connection, "SELECT commit_id, message FROM versor.log LIMIT 1000", 1_000);
      firstRows(connection, "SELECT * FROM versor.log", 50);
    }
  }

  /** One row of 10,000 that the last 1,000 commits left alone. */
  private void blame() throws Exception {
    try (Connection connection = connect("blame");
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id BIGINT, label INT, score DOUBLE)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO t VALUES (?, 1, 0.5)")) {
        for (int i = 0; i < 10_000; i++) {
          insert.setLong(1, i);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      statement.execute("COMMIT VERSION MESSAGE 'all'");
      statement.execute("UPDATE t SET label = 2 WHERE _index = 5000");
      statement.execute("COMMIT VERSION MESSAGE 'the row'");
      try (PreparedStatement update =
              connection.prepareStatement("UPDATE t SET label = ? WHERE _index = ?");
          PreparedStatement commit = connection.prepareStatement("COMMIT VERSION MESSAGE 'm'")) {
        for (int i = 0; i < 1_000; i++) {
          update.setInt(1, 1_000 + i);
          update.setLong(2, i);
          update.executeUpdate();
          commit.execute();
        }
      }
      query(connection, "SELECT * FROM TABLE(versor.blame('t')) WHERE _index = 5000", 1);
      long id;
      try (ResultSet row = statement.executeQuery("SELECT _rowid FROM t WHERE _index = 5000")) {
        row.next();
        id = row.getLong(1);
      }
      query(connection, "SELECT * FROM TABLE(versor.blame('t')) WHERE _rowid = " + id, 1);
      query(connection, "SELECT * FROM TABLE(versor.history('t')) WHERE _rowid = " + id, 2);
    }
  }

  private static void query(Connection connection, String sql, int expected) throws SQLException {
    long[] times = new long[RUNS];
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = -20; i < RUNS; i++) {
        long start = System.nanoTime();
        int rows = 0;
        try (ResultSet result = query.executeQuery()) {
          while (result.next()) {
            rows++;
          }
        }
        if (rows != expected) {
          throw new IllegalStateException(rows + " rows of " + sql);
        }
        if (i >= 0) {
          times[i] = System.nanoTime() - start;
        }
      }
    }
    Figures.print("`" + sql + "`", times);
  }

  /** A tool that reads a page and goes no further. */
  private static void firstRows(Connection connection, String sql, int rows) throws SQLException {
    long[] times = new long[RUNS];
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = -20; i < RUNS; i++) {
        long start = System.nanoTime();
        try (ResultSet result = query.executeQuery()) {
          for (int row = 0; row < rows; row++) {
            result.next();
          }
          if (i >= 0) {
            times[i] = System.nanoTime() - start;
          }
        }
      }
    }
    Figures.print("first " + rows + " rows of `" + sql + "`", times);
  }

  // --- depth

  /** A branch of a branch, 50 deep, each with a commit of its own, beside main. */
  private void depth() throws Exception {
    try (Store store = open("depth");
        RootAllocator allocator = new RootAllocator()) {
      load(store, 1_000_000);
      String parent = Store.MAIN;
      for (int i = 1; i <= 50; i++) {
        store.createBranch(
            "b" + i, BranchStart.ofCommit(store.branch(parent).head().orElseThrow()));
        parent = "b" + i;
        update(store, parent, 1_000_000, 1);
      }
      long[] main = new long[3 * RUNS];
      long[] deep = new long[3 * RUNS];
      double sum = 0;
      for (int i = -20; i < main.length; i++) {
        long start = System.nanoTime();
        sum += sum(store, Store.MAIN, allocator);
        long between = System.nanoTime();
        sum -= sum(store, parent, allocator);
        long end = System.nanoTime();
        if (i >= 0) {
          main[i] = between - start;
          deep[i] = end - between;
        }
      }
      Figures.print("sum of a column of 1,000,000 rows on main", main);
      Figures.print("the same 50 branches deep", deep);
      Figures.ratio("50 deep : main (" + (sum == 0 ? "same" : "other") + " sums)", deep, main);
    }
  }

  private static double sum(Store store, String branch, RootAllocator allocator)
      throws StoreException {
    TableSnapshot table = store.head(branch).findTable("t").orElseThrow();
    double sum = 0;
    List<Long> column = List.of(table.schema().columns().get(2).id());
    try (TableScan scan = table.openScan(ScanRequest.of(column), allocator)) {
      while (scan.next()) {
        long address = scan.column(0).data();
        for (int i = 0; i < scan.length(); i++) {
          sum += Memory.getDouble(address + 8L * i);
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

  private Connection connect(String name) throws SQLException {
    return DriverManager.getConnection("jdbc:versor:" + directory.resolve(name));
  }

  private void load(Store store, int rows) throws StoreException {
    try (Transaction transaction = store.begin(Store.MAIN)) {
      long table =
          transaction.createTable(
              TableSchema.of(
                  "t",
                  List.of(
                      Column.of("id", INT64),
                      Column.of("label", INT32),
                      Column.of("score", FLOAT64),
                      Column.of("caption", TensorType.text()))));
      TableSnapshot made = transaction.snapshot().findTable(table).orElseThrow();
      for (int done = 0; done < rows; done += BATCH) {
        append(transaction, made, Math.min(BATCH, rows - done));
      }
      transaction.commitVersion(COMMIT);
    }
    store.checkpoint(Store.MAIN);
  }

  private void append(Transaction transaction, TableSnapshot table, int rows)
      throws StoreException {
    ColumnBuilder ids = new ColumnBuilder(INT64, rows);
    ColumnBuilder labels = new ColumnBuilder(INT32, rows);
    ColumnBuilder scores = new ColumnBuilder(FLOAT64, rows);
    ColumnBuilder captions = new ColumnBuilder(TensorType.text(), rows);
    for (int i = 0; i < rows; i++) {
      ids.appendLong(nextId++);
      labels.appendLong(random.nextInt(1_000));
      scores.appendDouble(random.nextDouble());
      captions.appendText("a picture of number " + random.nextInt(1_000_000));
    }
    transaction.append(
        table.schema().id(),
        List.of(ids.column(), labels.column(), scores.column(), captions.column()));
  }

  /** Gives random rows another label, in one commit. */
  private void update(Store store, String branch, int rows, int changes) throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      TableSnapshot table = transaction.snapshot().findTable("t").orElseThrow();
      long[] indexes = random.longs(0, rows).distinct().limit(changes).sorted().toArray();
      long[] rowIds = new long[changes];
      ColumnBuilder labels = new ColumnBuilder(INT32, changes);
      for (int i = 0; i < changes; i++) {
        rowIds[i] = table.rowIdAt(indexes[i]).orElseThrow();
        labels.appendLong(1_000 + random.nextInt(1_000));
      }
      transaction.update(
          table.schema().id(), table.schema().columns().get(1).id(), rowIds, labels.column());
      transaction.commitVersion(COMMIT);
    }
  }
}
