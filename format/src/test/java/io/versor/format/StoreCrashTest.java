package io.versor.format;

import static java.util.Optional.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.StoreScript.Step;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.PowerLoss;
import io.versor.format.io.MemoryStore;
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
    for (int seed = 0; seed < 10; seed++) {
      matrix(5, seed);
    }
  }

  private static void matrix(int survivors, int seed) throws Exception {
    List<Map<String, String>> reference = StoreScript.reference(new MemoryStore());
    Random random = new Random(seed);
    for (int operations = 0; ; operations++) {
      FaultStore objects = new FaultStore();
      objects.crashAfter(operations);
      int done = live(objects);
      for (int i = 0; i < survivors; i++) {
        String where = "seed " + seed + ", operation " + operations + ", survivor " + i;
        checkSurvivor(objects, done, reference, random, where);
      }
      if (!objects.crashed()) {
        assertTrue(operations > 60, operations + " operations");
        return;
      }
    }
  }

  /** Answers how many steps were acknowledged; -1 when the store was not even made. */
  private static int live(FaultStore objects) throws StoreException {
    int done = -1;
    TestStore opened = null;
    try {
      opened = new TestStore(objects);
      done = 0;
      for (Step step : StoreScript.STEPS) {
        step.deed().on(opened);
        done++;
      }
      opened.close();
    } catch (PowerLoss expected) {
      closeDead(opened);
    }
    return done;
  }

  /** Gives memory back; files cannot be closed any more. */
  private static void closeDead(TestStore opened) {
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (PowerLoss | IllegalStateException | StoreException dead) {
      return;
    }
  }

  private static void checkSurvivor(
      FaultStore dead, int done, List<Map<String, String>> reference, Random random, String where)
      throws Exception {
    FaultStore survivor = dead.survivor(random);
    Map<String, String> seen = see(survivor, where);
    int state = match(seen, Math.max(0, done), reference, where);
    // The step under way is repeated, if it did not happen, and the rest of life follows; power may
    // go once more meanwhile.
    survivor.crashAfter(random.nextInt(40));
    int next = goOn(survivor, state);
    FaultStore last = survivor.crashed() ? survivor.survivor(random) : survivor;
    seen = see(last, where + ", second life");
    int end = match(seen, next, reference, where + ", second life");
    if (end < StoreScript.STEPS.size()) {
      assertEquals(StoreScript.STEPS.size(), goOn(last, end), where);
      assertEquals(reference.get(StoreScript.STEPS.size()), see(last, where), where);
    }
  }

  private static Map<String, String> see(FaultStore objects, String where) {
    try (TestStore opened = new TestStore(objects)) {
      return StoreScript.describe(opened);
    } catch (StoreException | RuntimeException e) {
      throw new AssertionError(where + ": " + e, e);
    }
  }

  private static int match(
      Map<String, String> seen, int done, List<Map<String, String>> reference, String where) {
    if (seen.equals(reference.get(done))) {
      return done;
    }
    String step =
        done < StoreScript.STEPS.size() ? StoreScript.STEPS.get(done).name() : "nothing more";
    int after = Math.min(done + 1, StoreScript.STEPS.size());
    assertEquals(reference.get(after), seen, where + ", during step " + step);
    return after;
  }

  /** Answers how many steps are acknowledged then. */
  private static int goOn(FaultStore objects, int from) throws StoreException {
    int done = from;
    TestStore opened = null;
    try {
      opened = new TestStore(objects);
      for (Step step : StoreScript.STEPS.subList(from, StoreScript.STEPS.size())) {
        step.deed().on(opened);
        done++;
      }
      opened.close();
    } catch (PowerLoss again) {
      closeDead(opened);
    } catch (StoreException e) {
      throw new AssertionError("step " + StoreScript.STEPS.get(done).name() + ": " + e, e);
    }
    return done;
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
      closeDead(opened);
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
