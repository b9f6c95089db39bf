package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.StoreScript.Step;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.io.FaultStore.PowerLoss;
import io.versor.format.io.MemoryStore;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Accidents in the life of a store, whatever its steps are. What is found after one is what was
 * acknowledged, and of the step under way all or nothing; it is clean, and goes on without repair.
 */
final class CrashTrial {
  private final String name;
  private final List<Step> steps;
  private final List<Map<String, String>> reference;

  /** One of how many stores that are found is read to its last byte; that takes longest. */
  private final int checks;

  CrashTrial(String name, List<Step> steps, int checks) throws StoreException {
    this.checks = checks;
    this.name = name;
    this.steps = steps;
    this.reference = StoreScript.reference(new MemoryStore(), steps);
  }

  /** What is seen after each number of steps to which nothing happens. */
  List<Map<String, String>> reference() {
    return reference;
  }

  /** Operations on storage that a life without accidents takes. */
  Map<Operation, Long> operations() throws StoreException {
    FaultStore objects = new FaultStore();
    live(objects);
    return objects.counts();
  }

  /**
   * Lets power go after some operations, and looks at what may be left of the store. Answers
   * whether life was long enough for that.
   */
  boolean crash(long operations, int survivors, Random random) throws Exception {
    FaultStore objects = new FaultStore();
    objects.crashAfter(operations);
    int done = live(objects);
    for (int i = 0; i < survivors; i++) {
      checkSurvivor(objects, done, random, name + ", operation " + operations + ", survivor " + i);
    }
    return objects.crashed();
  }

  /** Answers how many steps were acknowledged; -1 when the store was not even made. */
  private int live(FaultStore objects) throws StoreException {
    int done = -1;
    TestStore opened = null;
    try {
      opened = new TestStore(objects);
      done = 0;
      for (Step step : steps) {
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
  static void closeDead(TestStore opened) {
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (PowerLoss | IllegalStateException | StoreException dead) {
      return;
    }
  }

  private void checkSurvivor(FaultStore dead, int done, Random random, String where)
      throws Exception {
    FaultStore survivor = dead.survivor(random);
    Map<String, String> seen = see(survivor, random, where);
    int state = match(seen, Math.max(0, done), where);
    if (random.nextInt(8) == 0) {
      backUp(survivor, seen, random, where);
    }
    // The step under way is repeated, if it did not happen, and the rest of life follows; power may
    // go once more meanwhile.
    survivor.crashAfter(random.nextInt(40));
    int next = goOn(survivor, state);
    FaultStore last = survivor.crashed() ? survivor.survivor(random) : survivor;
    seen = see(last, random, where + ", second life");
    int end = match(seen, next, where + ", second life");
    if (end < steps.size()) {
      assertEquals(steps.size(), goOn(last, end), where);
      assertEquals(reference.get(steps.size()), see(last, random, where), where);
    }
  }

  private Map<String, String> see(FaultStore objects, Random random, String where) {
    try (TestStore opened = new TestStore(objects)) {
      if (random.nextInt(checks) == 0) {
        assertEquals(List.of(), opened.store().check(), where);
      }
      return StoreScript.describe(opened);
    } catch (StoreException | RuntimeException e) {
      throw new AssertionError(where + ": " + e, e);
    }
  }

  private int match(Map<String, String> seen, int done, String where) {
    if (seen.equals(reference.get(done))) {
      return done;
    }
    String step = done < steps.size() ? steps.get(done).name() : "nothing more";
    int after = Math.min(done + 1, steps.size());
    assertEquals(reference.get(after), seen, where + ", during step " + step);
    return after;
  }

  /** A backup whose disk loses power, perhaps, is none or a whole one; the store is as it was. */
  private void backUp(FaultStore objects, Map<String, String> seen, Random random, String where)
      throws Exception {
    FaultStore target = new FaultStore();
    target.crashAfter(random.nextInt(60));
    try (TestStore opened = new TestStore(objects)) {
      try {
        opened.store().backup(target, Optional.empty());
        assertFalse(target.crashed(), where);
      } catch (PowerLoss expected) {
        assertTrue(target.crashed(), where);
      }
      assertEquals(seen, StoreScript.describe(opened), where);
    }
    FaultStore backup = target.crashed() ? target.survivor(random) : target;
    if (backup.stamp("root") != 0) {
      assertEquals(seen, see(backup, random, where + ", its backup"), where);
    } else {
      assertTrue(target.crashed(), where);
    }
  }

  /** Answers how many steps are acknowledged then. */
  private int goOn(FaultStore objects, int from) throws StoreException {
    int done = from;
    TestStore opened = null;
    try {
      opened = new TestStore(objects);
      for (Step step : steps.subList(from, steps.size())) {
        step.deed().on(opened);
        done++;
      }
      opened.close();
    } catch (PowerLoss again) {
      closeDead(opened);
    } catch (StoreException e) {
      throw new AssertionError(name + ", step " + steps.get(done).name() + ": " + e, e);
    }
    return done;
  }

  /**
   * Lives on storage that was told to fail: each step whose storage fails is told so, and is as if
   * it had not been, or, if its outcome is unknown, as if it had. Answers how many steps failed.
   */
  int liveWithFaults(TestStore opened, FaultStore objects, String fault) throws Exception {
    int failures = 0;
    for (int done = 0; done < steps.size(); ) {
      Step step = steps.get(done);
      String where = fault + ", step " + step.name();
      try {
        step.deed().on(opened);
        done++;
      } catch (StoreException e) {
        failures++;
        assertTrue(failures < 3, where + " goes on failing: " + e);
        boolean told =
            e.code() == Code.DISK_FULL || e.code() == Code.IO || e.code() == Code.OUTCOME_UNKNOWN;
        assertTrue(told, where + ": " + e);
        Map<String, String> seen = StoreScript.describe(opened);
        boolean happened = e.code() == Code.OUTCOME_UNKNOWN && seen.equals(reference.get(done + 1));
        done += happened ? 1 : 0;
        assertEquals(reference.get(done), seen, where);
        try (TestStore other = new TestStore(objects)) {
          assertEquals(seen, StoreScript.describe(other), where + ", as others see it");
        }
      }
    }
    assertEquals(reference.get(steps.size()), StoreScript.describe(opened), fault);
    // What is acknowledged makes durable all it builds on, errors before it or not.
    objects.heal();
    for (Branch branch : opened.store().branches()) {
      StoreScript.insert(opened, branch.name(), 5_000, 1, "last");
    }
    Map<String, String> end = StoreScript.describe(opened);
    try (TestStore later = new TestStore(objects.survivor(new Random(1)))) {
      assertEquals(end, StoreScript.describe(later), fault);
      assertEquals(List.of(), later.store().check(), fault);
    }
    return failures;
  }
}
