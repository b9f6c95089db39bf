package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.ChildJvm;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that share a store do everything at once, and are killed one after the other at moments
 * nobody chose, while the others go on. All they were told of is there, transactions are there as a
 * whole, and the store is clean.
 */
class StoreKillTest {
  private static final long KEYS_OF_A_CHILD = 10_000_000;
  private static final int ROWS_OF_A_TRANSACTION = 3;
  private static final int IN_FLIGHT = 3;
  private static final int KILLS_OF_A_STORE = 60;

  /** No step takes longer: VACUUM may take away what an older one still reads. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  @TempDir private Path directory;

  private static TestStore open(Path place) throws StoreException {
    return new TestStore(DirectoryStore.open(place, OpenMode.CREATE));
  }

  /** Works until it is killed; prints what it begins and what it was told is done. */
  static final class Worker {
    private final TestStore opened;
    private final Store store;
    private final long firstKey;
    private final Random random;

    private Worker(TestStore opened, int child) {
      this.opened = opened;
      this.store = opened.store();
      this.firstKey = child * KEYS_OF_A_CHILD;
      this.random = new Random(child);
    }

    public static void main(String[] arguments) throws Exception {
      try (TestStore opened = open(Path.of(arguments[0]))) {
        Worker worker = new Worker(opened, Integer.parseInt(arguments[1]));
        for (int n = 0; ; n++) {
          worker.step(n);
        }
      }
    }

    private void step(int n) throws StoreException {
      switch (random.nextInt(12)) {
        case 0, 1 -> told("commit", n, () -> commit());
        case 2 -> told("checkpoint", n, () -> checkpoint());
        case 3 -> told("optimize", n, () -> optimize());
        case 4 -> told("vacuum", n, () -> vacuum());
        case 5, 6 -> told("merge", n, () -> mergeRows(n));
        case 7 -> told("expire", n, () -> expire());
        default -> told("insert", n, () -> insert(Store.MAIN, n));
      }
    }

    private interface Deed {
      String run() throws StoreException;
    }

    /** Others may be faster, or in the way: then it has not happened. */
    private static void told(String kind, int n, Deed deed) throws StoreException {
      System.out.println("begin " + kind + " " + n);
      String outcome;
      try {
        outcome = deed.run();
      } catch (StoreException e) {
        if (e.code() != Code.REF_MOVED
            && e.code() != Code.WRONG_STATE
            && e.code() != Code.NOTHING_TO_COMMIT
            && !hasExpired(e)) {
          throw e;
        }
        outcome = "refused";
      }
      System.out.println("end " + outcome);
    }

    private String insert(String branch, int n) throws StoreException {
      String text = "x".repeat(random.nextInt(4) == 0 ? 400_000 : 10);
      StoreScript.insert(opened, branch, firstKey + n * 10L, ROWS_OF_A_TRANSACTION, text);
      return "rows " + n;
    }

    private String commit() throws StoreException {
      return "commit "
          + store.commitVersion(Store.MAIN, CommitRequest.of("by " + firstKey, "ann")).id().hex();
    }

    private String checkpoint() throws StoreException {
      store.checkpoint(Store.MAIN);
      return "checkpoint";
    }

    private String optimize() throws StoreException {
      store.optimize(Store.MAIN, TestStore.schema(store.head(Store.MAIN)).id());
      return "optimize";
    }

    private String vacuum() throws StoreException {
      store.vacuum(GRACE, false);
      return "vacuum";
    }

    private String expire() throws StoreException {
      var old = new ExpiryRequest.OlderThan(Duration.ofSeconds(1));
      store.expireHistory(
          new ExpiryRequest(old, Optional.empty(), 5, Store.MAIN, "ann", "expire", false));
      return "expire";
    }

    /** Rows come by way of a branch of their own. */
    private String mergeRows(int n) throws StoreException {
      String side = "s" + firstKey + "-" + n;
      store.createBranch(side, BranchStart.ofCommit(store.branch(Store.MAIN).head().orElseThrow()));
      try {
        insert(side, n);
        StoreScript.commit(opened, side, "side");
        if (store.hasChanges(Store.MAIN)) {
          commit();
        }
        StoreScript.merge(opened, side, Store.MAIN);
      } finally {
        store.dropBranch(side, DropMode.FORCE);
      }
      return "rows " + n;
    }
  }

  private static boolean hasExpired(StoreException e) {
    return e.code() == Code.NO_SUCH_REF && e.getMessage().contains("has expired");
  }

  /** Whether a commit is on the way back from the head, or was once and has expired. */
  private static boolean isKept(Store store, String commit, CommitId head) throws StoreException {
    try {
      return store.isAncestor(CommitId.parse(commit), head);
    } catch (StoreException e) {
      if (!hasExpired(e)) {
        throw e;
      }
      return true;
    }
  }

  @Test
  void killedProcessesLoseNothingTheyWereToldOf() throws Exception {
    kill(6);
  }

  @Test
  @Tag("long")
  void hundredsOfKilledProcessesLoseNothingTheyWereToldOf() throws Exception {
    kill(500);
  }

  private void kill(int kills) throws Exception {
    Map<String, Integer> interrupted = new ConcurrentSkipListMap<>();
    for (int done = 0; done < kills; done += KILLS_OF_A_STORE) {
      killInOneStore(
          directory.resolve("s" + done),
          done,
          Math.min(kills, done + KILLS_OF_A_STORE),
          interrupted);
    }
    System.out.println(kills + " processes killed while they did " + interrupted);
    assertEquals(kills, interrupted.values().stream().mapToInt(Integer::intValue).sum());
  }

  private static void killInOneStore(Path place, int from, int to, Map<String, Integer> interrupted)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(IN_FLIGHT);
    Map<Integer, Told> all = new ConcurrentSkipListMap<>();
    try (TestStore opened = open(place)) {
      opened.createTable();
      StoreScript.commit(opened, Store.MAIN, "table");
      AtomicInteger next = new AtomicInteger(from);
      List<Future<?>> killers = new ArrayList<>();
      for (int i = 0; i < IN_FLIGHT; i++) {
        killers.add(
            threads.submit(
                () -> {
                  for (int child = next.getAndIncrement();
                      child < to;
                      child = next.getAndIncrement()) {
                    Told told = live(place, child);
                    interrupted.merge(told.interrupted, 1, Integer::sum);
                    check(opened, child, told);
                    all.put(child, told);
                  }
                  return null;
                }));
      }
      for (Future<?> killer : killers) {
        killer.get();
      }
      // Nobody who came later took any of it away.
      CommitId head = opened.store().branch(Store.MAIN).head().orElseThrow();
      for (Map.Entry<Integer, Told> one : all.entrySet()) {
        check(opened, one.getKey(), one.getValue());
        for (String commit : one.getValue().commits) {
          assertTrue(isKept(opened.store(), commit, head), commit);
        }
      }
      assertEquals(List.of(), opened.store().check());
    } finally {
      threads.shutdownNow();
    }
    try (TestStore fresh = open(place)) {
      for (Map.Entry<Integer, Told> one : all.entrySet()) {
        check(fresh, one.getKey(), one.getValue());
      }
    }
  }

  /** What a process was told before it was killed. */
  private static final class Told {
    private final Set<Long> rows = new HashSet<>();
    private final List<String> commits = new ArrayList<>();
    private String interrupted = "nothing";
    private long interruptedStep = -1;
  }

  private static Told live(Path place, int child) throws Exception {
    Random random = new Random(~child);
    Told told = new Told();
    int enough = 1 + random.nextInt(50);
    int lines = 0;
    try (ChildJvm process = ChildJvm.start(Worker.class, place, child)) {
      for (String line = process.readLine(); line != null; line = process.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("begin")) {
          told.interrupted = words[1];
          told.interruptedStep = Long.parseLong(words[2]);
        } else {
          assertEquals("end", words[0], line);
          told.interrupted = "nothing";
          if (words[1].equals("rows")) {
            told.rows.add(Long.parseLong(words[2]));
          } else if (words[1].equals("commit")) {
            told.commits.add(words[2]);
          }
        }
        if (++lines == enough) {
          Thread.sleep(random.nextInt(6), random.nextInt(900_000));
          process.kill();
        }
      }
    }
    assertTrue(lines >= enough, () -> "child " + child + " ended by itself");
    return told;
  }

  private static void check(TestStore opened, int child, Told told) throws StoreException {
    Map<Long, Integer> found = new TreeMap<>();
    for (String line : opened.lines(opened.store().head(Store.MAIN))) {
      long key = Long.parseLong(line.substring(0, line.indexOf('=')));
      if (key / KEYS_OF_A_CHILD == child) {
        found.merge(key % KEYS_OF_A_CHILD / 10, 1, Integer::sum);
      }
    }
    for (Map.Entry<Long, Integer> transaction : found.entrySet()) {
      assertEquals(ROWS_OF_A_TRANSACTION, transaction.getValue(), "rows of a transaction");
      boolean known =
          told.rows.contains(transaction.getKey()) || transaction.getKey() == told.interruptedStep;
      assertTrue(known, "child " + child + ": nobody told of " + transaction);
    }
    assertTrue(
        found.keySet().containsAll(told.rows),
        "child " + child + " was told of " + told.rows + ", found " + found);
  }
}
