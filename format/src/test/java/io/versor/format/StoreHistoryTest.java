package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.history.HistoryCheck;
import io.versor.format.history.Transacted;
import io.versor.format.history.Transacted.Operation;
import io.versor.format.history.Transacted.Outcome;
import io.versor.format.io.ChildJvm;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Threads and processes read, write, commit, merge and clear up at once, on one branch and on two;
 * what each saw is snapshot isolation. Who is told to try again has met somebody on a row.
 */
class StoreHistoryTest {
  private static final int THREADS = 3;
  private static final int PROCESSES = 2;

  @TempDir private Path directory;

  @Test
  void whatEverybodySawIsSnapshotIsolation() throws Exception {
    System.out.println(histories(1, 40));
  }

  @Test
  @Tag("long")
  void whatEverybodySawIsSnapshotIsolationForLong() throws Exception {
    System.out.println(histories(6, 150));
  }

  /** What was checked. */
  private static final class Tally {
    private int histories;
    private int committed;
    private int refused;
    private int rows;

    @Override
    public String toString() {
      return histories
          + " histories of snapshot isolation: "
          + committed
          + " transactions committed, "
          + refused
          + " told to try again, "
          + rows
          + " rows";
    }
  }

  private Tally histories(int count, int each) throws Exception {
    Tally tally = new Tally();
    for (int i = 0; i < count; i++) {
      history(directory.resolve("s" + i), i, each, tally);
    }
    assertTrue(tally.committed > tally.histories, tally::toString);
    return tally;
  }

  /** One client of each kind in each place; each branch has a history of its own. */
  private static void history(Path place, int number, int each, Tally tally) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS + PROCESSES);
    Map<String, Queue<String>> lines = new TreeMap<>();
    List<String> branches = List.of(Store.MAIN, "dev");
    branches.forEach(branch -> lines.put(branch, new ConcurrentLinkedQueue<>()));
    try (TestStore opened = new TestStore(DirectoryStore.open(place, OpenMode.CREATE))) {
      HistoryWorker.prepare(opened);
      opened
          .store()
          .createBranch(
              "dev", BranchStart.ofCommit(opened.store().branch(Store.MAIN).head().orElseThrow()));
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < THREADS + PROCESSES; i++) {
        int client = number * 20 + i + 1;
        String branch = branches.get(i == 0 ? 1 : i % 4 == 3 ? 1 : 0);
        Queue<String> told = lines.get(branch);
        boolean process = i >= THREADS;
        clients.add(
            threads.submit(
                () -> {
                  if (process) {
                    try (ChildJvm child =
                        ChildJvm.start(HistoryWorker.class, place, client, branch, each)) {
                      told.addAll(child.readAll().lines().toList());
                    }
                  } else {
                    new HistoryWorker(opened, client, told::add).run(branch, each);
                  }
                  return null;
                }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
      Set<Long> rows = new HashSet<>();
      for (String branch : branches) {
        check(opened, branch, lines.get(branch), rows, tally);
      }
      assertEquals(List.of(), opened.store().check());
    } finally {
      threads.shutdownNow();
    }
  }

  private static void check(
      TestStore opened, String branch, Queue<String> lines, Set<Long> rows, Tally tally)
      throws Exception {
    List<Transacted> history = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("txn ")) {
        history.add(Transacted.ofLine(line));
      } else if (line.startsWith("row ")) {
        assertTrue(rows.add(Long.parseLong(line.substring(4))), "row id given twice: " + line);
        tally.rows++;
      } else {
        assertTrue(line.startsWith("refused "), line);
        refused.add(line);
      }
    }
    Map<Integer, List<Integer>> lists = HistoryWorker.lists(opened, opened.store().head(branch));
    assertEquals(
        List.of(), HistoryCheck.of(history, lists, key -> key >= HistoryWorker.BORN), branch);
    for (String line : refused) {
      checkRefused(line, history);
    }
    tally.histories++;
    tally.refused += refused.size();
    tally.committed +=
        (int) history.stream().filter(one -> one.outcome() == Outcome.COMMITTED).count();
  }

  /** Somebody committed a change of one of the same rows in the time of the one refused. */
  private static void checkRefused(String line, List<Transacted> history) {
    long begun = Long.parseLong(line.split(" ")[1]);
    Transacted one =
        history.stream().filter(each -> each.begun() == begun).findFirst().orElseThrow();
    Set<Integer> touched = changed(one);
    boolean met =
        history.stream()
            .anyMatch(
                other ->
                    other != one
                        && other.outcome() == Outcome.COMMITTED
                        && other.begun() < one.ended()
                        && other.ended() > one.begun()
                        && changed(other).stream().anyMatch(touched::contains));
    assertTrue(met, () -> line + ", but nobody else changed the rows of " + one);
  }

  /** Rows that it changed; new ones are nobody else's. */
  private static Set<Integer> changed(Transacted one) {
    Set<Integer> keys = new HashSet<>();
    for (Operation operation : one.operations()) {
      if (operation.append() && operation.key() < HistoryWorker.BORN) {
        keys.add(operation.key());
      }
    }
    return keys;
  }
}
