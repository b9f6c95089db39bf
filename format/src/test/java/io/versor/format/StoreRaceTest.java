package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.ChildJvm;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers that want the same thing at once: each change goes in exactly once, or is refused. */
class StoreRaceTest {
  private static final int THREADS = 4;

  private interface Deed {
    void run(int thread) throws Exception;
  }

  private static void inParallel(int threads, Deed deed) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(
            pool.submit(
                () -> {
                  deed.run(thread);
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** Adds one to the number in a cell, again and again until nobody was faster. */
  private static void increment(TestStore opened) throws StoreException {
    while (true) {
      try (Transaction transaction = opened.store().begin("main")) {
        String line = opened.lines(transaction.snapshot()).get(0);
        int number = Integer.parseInt(line.substring(line.indexOf('=') + 1, line.indexOf(',')));
        TableSnapshot table = transaction.snapshot().findTable(TestStore.TABLE).orElseThrow();
        var value =
            new io.versor.format.chunk.ColumnBuilder(table.schema().columns().get(1).type());
        value.appendText(Integer.toString(number + 1));
        transaction.update(
            table.schema().id(),
            table.schema().columns().get(1).id(),
            new long[] {table.rowIdAt(0).getAsLong()},
            value.column());
        transaction.commit();
        return;
      } catch (StoreException e) {
        if (e.code() != Code.REF_MOVED) {
          throw e;
        }
      }
    }
  }

  private static void startNumber(TestStore opened) throws StoreException {
    opened.createTable();
    opened.insert("main", List.of(1L), List.<String[]>of(new String[] {"0", null}));
  }

  private static String number(TestStore opened) throws StoreException {
    return opened.lines(opened.store().head("main")).get(0);
  }

  @Test
  void noIncrementIsLostBetweenThreads() throws Exception {
    try (TestStore opened = new TestStore(new MemoryStore())) {
      startNumber(opened);
      inParallel(
          THREADS,
          thread -> {
            for (int i = 0; i < 50; i++) {
              increment(opened);
            }
          });
      assertEquals("1=" + THREADS * 50 + ",NULL", number(opened));
    }
  }

  /** Increments in another process. */
  static final class Incrementing {
    public static void main(String[] arguments) throws Exception {
      try (TestStore opened =
          new TestStore(DirectoryStore.open(Path.of(arguments[0]), OpenMode.WRITE))) {
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
          increment(opened);
        }
      }
      System.out.println("done");
    }
  }

  @Test
  void noIncrementIsLostBetweenProcesses(@TempDir Path directory) throws Exception {
    try (TestStore opened = new TestStore(DirectoryStore.open(directory, OpenMode.CREATE))) {
      startNumber(opened);
      try (ChildJvm one = ChildJvm.start(Incrementing.class, directory, 40);
          ChildJvm two = ChildJvm.start(Incrementing.class, directory, 40)) {
        for (int i = 0; i < 40; i++) {
          increment(opened);
        }
        assertTrue(one.readAll().endsWith("done\n"));
        assertTrue(two.readAll().endsWith("done\n"));
      }
      assertEquals("1=120,NULL", number(opened));
    }
  }

  /** Everybody inserts, commits, branches, merges and reads, all at once, in one store. */
  @Test
  void everythingAtOnceLosesNothing(@TempDir Path directory) throws Exception {
    int rounds = 15;
    try (TestStore opened = new TestStore(DirectoryStore.open(directory, OpenMode.CREATE))) {
      opened.createTable();
      StoreScript.commit(opened, "main", "table");
      AtomicInteger merges = new AtomicInteger();
      inParallel(
          THREADS,
          thread -> {
            for (int i = 0; i < rounds; i++) {
              round(opened, thread, i, merges);
            }
          });
      assertEquals(THREADS * rounds, merges.get());
      List<String> lines = opened.lines(opened.store().head("main"));
      assertEquals(THREADS * rounds, lines.size());
      assertEquals(THREADS * rounds, lines.stream().distinct().count());
      try (TestStore fresh = new TestStore(DirectoryStore.open(directory, OpenMode.READ))) {
        assertEquals(lines, fresh.lines(fresh.store().head("main")));
        assertEquals(StoreScript.describe(opened), StoreScript.describe(fresh));
      }
    }
  }

  private static void round(TestStore opened, int thread, int i, AtomicInteger merges)
      throws StoreException {
    String branch = "b" + thread + "-" + i;
    Store store = opened.store();
    store.createBranch(branch, BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
    StoreScript.insert(opened, branch, thread * 1000L + i, 1, "x");
    StoreScript.commit(opened, branch, branch);
    int before = opened.lines(store.head("main")).size();
    MergeResult merged =
        store.merge(
            new MergeRequest(
                branch, "main", MergeRequest.Strategy.FAIL, Optional.empty(), "ann", false));
    assertEquals(MergeResult.Kind.MERGED, merged.kind());
    assertEquals(1, merged.rowsAdded());
    merges.incrementAndGet();
    assertTrue(opened.lines(store.head("main")).size() > before);
    if (i % 5 == 4) {
      store.checkpoint("main");
      store.dropBranch(branch, DropMode.REFUSE_UNMERGED);
    }
  }

  @Test
  void twoThatCreateAStoreAtOnceGetTheSame(@TempDir Path directory) throws Exception {
    for (int i = 0; i < 20; i++) {
      Path place = directory.resolve("s" + i);
      inParallel(
          THREADS,
          thread -> {
            try (TestStore opened = new TestStore(DirectoryStore.open(place, OpenMode.CREATE))) {
              opened.store().createBranch("b" + thread, BranchStart.withChanges(Store.MAIN));
            }
          });
      try (TestStore opened = new TestStore(DirectoryStore.open(place, OpenMode.READ))) {
        assertEquals(THREADS + 1, opened.store().branches().size());
      }
    }
  }
}
