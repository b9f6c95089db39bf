package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.versor.format.io.ChildJvm;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.ref.CommitId;
import io.versor.format.type.Column;
import io.versor.format.type.Identity;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several Java processes with one store open: they all get in, and any may be killed. */
class StoreProcessTest {
  /** Rows a writer inserts for each version it commits. */
  private static final int ROWS_PER_COMMIT = 4;

  @TempDir Path directory;

  private static TestStore open(Path directory) throws StoreException {
    return new TestStore(DirectoryStore.open(directory, OpenMode.CREATE));
  }

  /**
   * Inserts rows {@code writer * 1000000 + n} one by one and commits now and then; prints what is
   * acknowledged.
   */
  static final class Writer {
    public static void main(String[] arguments) throws Exception {
      int writer = Integer.parseInt(arguments[1]);
      int rows = Integer.parseInt(arguments[2]);
      try (TestStore opened = open(Path.of(arguments[0]))) {
        for (int n = 0; n < rows; n++) {
          insert(opened, writer, n, n % 7 == 3 ? 40_000 : 10);
          System.out.println("row " + n);
          if (n % ROWS_PER_COMMIT == ROWS_PER_COMMIT - 1) {
            commit(opened, writer + "." + n);
            System.out.println("commit " + n);
          }
          if (n % 25 == 24) {
            opened.store().checkpoint("main");
          }
        }
      }
    }

    static void insert(TestStore opened, int writer, int n, int length) throws StoreException {
      StoreScript.insert(opened, "main", writer * 1_000_000L + n, 1, "x".repeat(length));
    }

    /** Another writer may have committed our rows along with his own. */
    static void commit(TestStore opened, String message) throws StoreException {
      try {
        StoreScript.commit(opened, "main", message);
      } catch (StoreException e) {
        if (e.code() != Code.NOTHING_TO_COMMIT) {
          throw e;
        }
      }
    }
  }

  @Test
  void writersOfOneBranchAllGetIn() throws Exception {
    int each = 60;
    try (TestStore opened = open(directory)) {
      opened.createTable();
      try (ChildJvm one = ChildJvm.start(Writer.class, directory, 1, each);
          ChildJvm two = ChildJvm.start(Writer.class, directory, 2, each)) {
        for (int n = 0; n < each; n++) {
          Writer.insert(opened, 3, n, 10);
          Writer.commit(opened, "3." + n);
        }
        one.readAll();
        two.readAll();
      }
      List<Long> keys = keys(opened, opened.store().head("main"));
      assertEquals(3 * each, keys.size());
      int[] next = new int[4];
      for (long key : keys) {
        assertEquals(next[(int) (key / 1_000_000)]++, key % 1_000_000, "in the order of each");
      }
      Writer.commit(opened, "last");
      checkHistory(opened, keys);
    }
    try (TestStore fresh = open(directory)) {
      assertEquals(3 * each, keys(fresh, fresh.store().head("main")).size());
    }
  }

  /** Draws numbers, in transactions that others get in the way of; prints what is in the store. */
  static final class Numberer {
    public static void main(String[] arguments) throws Exception {
      try (TestStore opened = open(Path.of(arguments[0]))) {
        draw(opened, Integer.parseInt(arguments[1]))
            .forEach(number -> System.out.println("number " + number));
      }
    }

    static List<Long> draw(TestStore opened, int rows) throws StoreException {
      long table = opened.store().head("main").findTable("list").orElseThrow().schema().id();
      List<Long> drawn = new ArrayList<>();
      while (drawn.size() < rows) {
        try {
          drawn.add(opened.appendToList("main", table, 0));
        } catch (StoreException e) {
          if (e.code() != Code.REF_MOVED) {
            throw e;
          }
        }
      }
      return drawn;
    }
  }

  @Test
  void processesNeverDrawTheSameNumber() throws Exception {
    int each = 60;
    try (TestStore opened = open(directory)) {
      opened.createList("main", "list", new Identity(true, 1, 1));
      List<Long> drawn = new ArrayList<>();
      try (ChildJvm one = ChildJvm.start(Numberer.class, directory, each);
          ChildJvm two = ChildJvm.start(Numberer.class, directory, each)) {
        drawn.addAll(Numberer.draw(opened, each));
        for (ChildJvm child : List.of(one, two)) {
          for (String line = child.readLine(); line != null; line = child.readLine()) {
            assertTrue(line.startsWith("number "), line);
            drawn.add(Long.parseLong(line.substring("number ".length())));
          }
        }
      }
      assertEquals(3 * each, new HashSet<>(drawn).size());
      Snapshot now = opened.store().head("main");
      List<Long> stored = opened.drawn(now.findTable("list").orElseThrow());
      assertEquals(3 * each, stored.size());
      assertEquals(new HashSet<>(drawn), new HashSet<>(stored));
    }
  }

  /** Each version holds a prefix of the rows, and more than the one before it. */
  private static void checkHistory(TestStore opened, List<Long> keys) throws StoreException {
    CommitCursor cursor = opened.store().log(opened.store().branch("main").head().orElseThrow());
    int previous = keys.size() + 1;
    for (Optional<Commit> c = cursor.next(); c.isPresent(); c = cursor.next()) {
      List<Long> then = keys(opened, opened.store().at(c.get().id()));
      assertTrue(then.size() < previous, "each commit changed something");
      assertEquals(keys.subList(0, then.size()), then);
      previous = then.size();
    }
  }

  private static List<Long> keys(TestStore opened, Snapshot snapshot) throws StoreException {
    List<Long> keys = new ArrayList<>();
    for (String line : opened.lines(snapshot)) {
      keys.add(Long.parseLong(line.substring(0, line.indexOf('='))));
    }
    assertEquals(keys.size(), new HashSet<>(keys).size(), "no row twice");
    return keys;
  }

  @Test
  void openingRemovesWhatKilledWritersLeft() throws Exception {
    open(directory).close();
    Path old = Files.writeString(directory.resolve("tmp/old"), "left behind");
    Path fresh = Files.writeString(directory.resolve("tmp/fresh"), "being written");
    Instant yesterday = Instant.now().minus(Duration.ofHours(25));
    Files.setLastModifiedTime(old, FileTime.from(yesterday));
    new TestStore(
            DirectoryStore.open(directory, OpenMode.READ),
            StoreOptions.defaults().withReadOnly(true))
        .close();
    assertTrue(Files.exists(old), "whoever reads removes nothing");
    open(directory).close();
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(fresh));
  }

  @Test
  void manyBranchesNeedFewFiles() throws Exception {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "only Linux lists them");
    int branches = 400;
    try (TestStore opened = open(directory)) {
      opened.createTable();
      long before = count(descriptors);
      for (int i = 0; i < branches; i++) {
        opened.store().createBranch("branch-" + i, BranchStart.withChanges("main"));
        StoreScript.insert(opened, "branch-" + i, i, 1, "x".repeat(i % 50 == 0 ? 100_000 : 1));
      }
      assertEquals(branches + 1, StoreScript.describe(opened).size());
      long after = count(descriptors);
      assertTrue(after < before + 300, "from " + before + " to " + after);
      List<CommitId> ids = new ArrayList<>();
      for (int i = 0; i < branches; i += 5) {
        StoreScript.commit(opened, "branch-" + i, "on " + i);
        ids.add(opened.store().branch("branch-" + i).head().orElseThrow());
      }
      for (CommitId id : ids) {
        assertEquals(id, opened.store().commit(id).id());
      }
      for (int i = 0; i < branches; i += 50) {
        StoreScript.insert(opened, "branch-" + i, 1000, 1, "y");
        assertEquals(2, opened.lines(opened.store().head("branch-" + i)).size());
      }
    }
  }

  private static long count(Path descriptors) throws IOException {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.count();
    }
  }

  /** Memory that a scan still has is told of, but the files and locks are given back. */
  @Test
  void storeClosedUnderAScanGivesItsLocksBack() throws Exception {
    TestStore opened = open(directory);
    opened.createTable();
    StoreScript.insert(opened, "main", 1, 300, "y".repeat(5_000));
    TableSnapshot table = opened.store().head("main").findTable(TestStore.TABLE).orElseThrow();
    List<Long> columns = table.schema().columns().stream().map(Column::id).toList();
    TableScan abandoned = table.openScan(ScanRequest.of(columns), new RootAllocator());
    assertTrue(abandoned.next());
    abandoned.column(1);
    try {
      opened.store().close();
    } catch (IllegalStateException leaked) {
      assertTrue(leaked.getMessage().contains("leak"), leaked::getMessage);
    }
    assertEquals(null, System.getProperties().get("io.versor.locks.1"));
  }

  @Test
  void killedWriterLosesNothingItWasToldOf() throws Exception {
    killWriters(5);
  }

  @Test
  @Tag("long")
  void fiftyKilledWritersLoseNothingTheyWereToldOf() throws Exception {
    killWriters(50);
  }

  private void killWriters(int kills) throws Exception {
    Random random = new Random(kills);
    try (TestStore opened = open(directory)) {
      opened.createTable();
      int rowsBefore = 0;
      for (int writer = 1; writer <= kills; writer++) {
        int rows = 0;
        int commits = 0;
        try (ChildJvm child = ChildJvm.start(Writer.class, directory, writer, 1_000_000)) {
          int enough = 1 + random.nextInt(40);
          boolean killed = false;
          for (String line = child.readLine(); line != null; line = child.readLine()) {
            if (line.startsWith("row ")) {
              rows++;
            } else if (line.startsWith("commit ")) {
              commits++;
            } else {
              throw new AssertionError(line);
            }
            if (rows + commits >= enough && !killed) {
              Thread.sleep(0, random.nextInt(900_000));
              child.kill();
              killed = true;
            }
          }
        }
        rowsBefore = check(opened, writer, rowsBefore, rows, commits);
      }
      checkHistory(opened, keys(opened, opened.store().head("main")));
    }
  }

  private static int check(TestStore opened, int writer, int before, int rows, int commits)
      throws StoreException {
    List<Long> keys = keys(opened, opened.store().head("main"));
    int found = keys.size() - before;
    assertTrue(found >= rows && found <= rows + 1, "told of " + rows + ", found " + found);
    for (int n = 0; n < found; n++) {
      assertEquals(writer * 1_000_000L + n, keys.get(before + n));
    }
    int committed = 0;
    Optional<CommitId> head = opened.store().branch("main").head();
    if (head.isPresent()) {
      CommitCursor cursor = opened.store().log(head.get());
      for (Optional<Commit> c = cursor.next(); c.isPresent(); c = cursor.next()) {
        committed += c.get().message().orElse("").startsWith(writer + ".") ? 1 : 0;
      }
    }
    assertTrue(
        committed >= commits && committed <= commits + 1,
        "told of " + commits + " commits, found " + committed);
    return keys.size();
  }
}
