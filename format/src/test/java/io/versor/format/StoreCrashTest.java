package io.versor.format;

import static java.util.Optional.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.PowerLoss;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Power goes after each single operation of a life of a store. What is found then is what was
 * acknowledged, and of the call under way all or nothing; and the store goes on without repair.
 */
class StoreCrashTest {
  @Test
  void powerLossAfterEachOperationLosesNothingAcknowledged() throws Exception {
    matrix(2, 7);
  }

  @Test
  @Tag("long")
  void powerLossAfterEachOperationManyTimes() throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      matrix(4, seed);
    }
  }

  private static void matrix(int survivors, int seed) throws Exception {
    CrashTrial trial = new CrashTrial("life", StoreScript.STEPS, 16);
    Random random = new Random(seed);
    for (int operations = 0; ; operations++) {
      if (!trial.crash(operations, survivors, random)) {
        assertTrue(operations > 60, operations + " operations");
        return;
      }
    }
  }

  /** Several threads write, and checkpoints are written behind their backs, when power goes. */
  @Test
  void powerLossWithManyWritersLosesNothingAcknowledged() throws Exception {
    Random random = new Random(9);
    for (int round = 0; round < 12; round++) {
      FaultStore objects = new FaultStore();
      TestStore opened = new TestStore(objects);
      opened.createTable();
      StoreScript.commit(opened, "main", "table");
      opened
          .store()
          .createBranch(
              "other", BranchStart.ofCommit(opened.store().branch("main").head().orElseThrow()));
      objects.crashAfter(random.nextInt(6_000));
      int[] acknowledged = new int[4];
      List<Exception> failures = Collections.synchronizedList(new ArrayList<>());
      List<Thread> writers = new ArrayList<>();
      for (int w = 0; w < acknowledged.length; w++) {
        int writer = w;
        writers.add(new Thread(() -> write(opened, writer, acknowledged, failures)));
      }
      writers.forEach(Thread::start);
      for (Thread writer : writers) {
        writer.join();
      }
      assertEquals(List.of(), failures);
      assertTrue(objects.crashed());
      CrashTrial.closeDead(opened);
      for (int i = 0; i < 3; i++) {
        checkRows(objects.survivor(random), acknowledged, "round " + round);
      }
    }
  }

  /** Two writers to a branch; each inserts one row after the other until power goes. */
  private static void write(
      TestStore opened, int writer, int[] acknowledged, List<Exception> failures) {
    String branch = writer % 2 == 0 ? "main" : "other";
    try {
      for (int n = 0; ; n++) {
        StoreScript.insert(opened, branch, writer * 1_000_000L + n, 1, "x");
        acknowledged[writer] = n + 1;
        if (n % 10 == 9) {
          opened.store().commitVersion(branch, new CommitRequest(empty(), "ann", true, Map.of()));
        }
      }
    } catch (PowerLoss expected) {
      return;
    } catch (StoreException | RuntimeException e) {
      failures.add(e);
    }
  }

  private static void checkRows(FaultStore survivor, int[] acknowledged, String where)
      throws Exception {
    int[] found = new int[acknowledged.length];
    try (TestStore opened = new TestStore(survivor)) {
      for (String branch : List.of("main", "other")) {
        for (String line : opened.lines(opened.store().head(branch))) {
          long key = Long.parseLong(line.substring(0, line.indexOf('=')));
          int writer = (int) (key / 1_000_000);
          assertEquals(found[writer]++, key % 1_000_000, where + ", writer " + writer);
        }
      }
    }
    for (int w = 0; w < found.length; w++) {
      boolean right = found[w] == acknowledged[w] || found[w] == acknowledged[w] + 1;
      assertTrue(right, where + ": told of " + acknowledged[w] + ", found " + found[w]);
    }
  }
}
