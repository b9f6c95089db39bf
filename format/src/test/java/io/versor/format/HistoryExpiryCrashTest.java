package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.StoreScript.Step;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** History expires whole or not at all, whatever happens to power, storage or the caller. */
class HistoryExpiryCrashTest {
  private static final List<Step> LIFE = life();

  private static List<Step> life() {
    List<Step> steps = new ArrayList<>();
    step(steps, "create table", TestStore::createTable);
    for (int i = 1; i < 5; i++) {
      int key = i * 1_000;
      step(steps, "insert", s -> StoreScript.insert(s, "main", key, 2, "i"));
      step(steps, "commit", s -> StoreScript.commit(s, "main", "c" + key));
    }
    step(steps, "packs", s -> StoreScript.insert(s, "main", 8_000, 280, "p".repeat(4_000)));
    step(steps, "commit", s -> StoreScript.commit(s, "main", "packs"));
    step(steps, "checkpoint", s -> s.store().checkpoint("main"));
    step(
        steps,
        "branch",
        s ->
            s.store()
                .createBranch(
                    "side", BranchStart.ofCommit(s.store().resolveCommit("main~2", "main").id())));
    step(steps, "insert", s -> StoreScript.insert(s, "side", 9_000, 2, "s"));
    step(steps, "commit", s -> StoreScript.commit(s, "side", "side"));
    step(steps, "merge", s -> StoreScript.merge(s, "side", "main"));
    step(steps, "reset", s -> s.store().resetBranch("main", "HEAD~1", ResetMode.HARD, "ann"));
    step(steps, "insert", s -> StoreScript.insert(s, "main", 10_000, 2, "m"));
    step(steps, "commit", s -> StoreScript.commit(s, "main", "main"));
    step(steps, "squash", s -> expire(s, new ExpiryRequest.Between("main~4", "main~1")));
    step(steps, "vacuum", s -> s.store().vacuum(Duration.ZERO, false));
    step(steps, "expire", s -> expire(s, new ExpiryRequest.Before("main~1")));
    step(steps, "merge", s -> StoreScript.merge(s, "side", "main"));
    step(steps, "checkpoint", s -> s.store().checkpoint("main"));
    step(steps, "expire all", s -> expire(s, new ExpiryRequest.OlderThan(Duration.ZERO)));
    step(steps, "vacuum", s -> s.store().vacuum(Duration.ZERO, false));
    step(steps, "insert", s -> StoreScript.insert(s, "main", 11_000, 2, "m"));
    return steps;
  }

  private static void step(List<Step> steps, String name, StoreScript.Deed deed) {
    steps.add(new Step(steps.size() + " " + name, deed));
  }

  private static void expire(TestStore opened, ExpiryRequest.Selection selection)
      throws StoreException {
    StoreScript.expire(opened, selection, Optional.empty());
  }

  @Test
  void powerLossAfterEachOperation() throws Exception {
    CrashTrial trial = new CrashTrial("expiry", LIFE, 4);
    long from = trial.operations().values().stream().mapToLong(n -> n).sum() * 2 / 3;
    Random random = new Random(3);
    int points = 0;
    for (long operations = from; trial.crash(operations, 1, random); operations++) {
      points++;
    }
    assertTrue(points > 20, points + " points");
  }

  @Test
  void errorsOfStorageAreTold() throws Exception {
    CrashTrial trial = new CrashTrial("expiry", LIFE, 4);
    Map<Operation, Long> operations = trial.operations();
    int failures = 0;
    for (Operation operation : new TreeSet<>(operations.keySet())) {
      for (long back = 1; back <= Math.min(5, operations.get(operation)); back++) {
        for (Code code : List.of(Code.IO, Code.OUTCOME_UNKNOWN)) {
          FaultStore objects = new FaultStore();
          String fault = operation + " " + back + " from the end " + code;
          try (TestStore opened = new TestStore(objects)) {
            objects.failWith(operation, operations.get(operation) - back, 1, code);
            failures += trial.liveWithFaults(opened, objects, fault);
          }
        }
      }
    }
    assertTrue(failures > 10, failures + " failures");
  }

  /** Stopped at each question that it asks. */
  @Test
  void whoIsStoppedHasChangedNothing() throws Exception {
    try (TestStore opened = new TestStore(new MemoryStore())) {
      for (Step step : LIFE.subList(0, LIFE.size() - 8)) {
        step.deed().on(opened);
      }
      Map<String, String> before = StoreScript.describe(opened);
      int asked = 0;
      while (isStopped(opened, asked)) {
        assertEquals(before, StoreScript.describe(opened), asked + " questions");
        asked++;
      }
      assertTrue(asked > 20, asked + " questions");
      assertTrue(!before.equals(StoreScript.describe(opened)), "and then it happens");
    }
  }

  private static boolean isStopped(TestStore opened, int after) throws StoreException {
    int[] asked = {0};
    StopSignal.Check check =
        () -> {
          if (++asked[0] > after) {
            throw new StoreException(Code.CANCELLED, "stopped");
          }
        };
    try {
      StopSignal.during(
          check,
          () -> {
            expire(opened, new ExpiryRequest.Before("main"));
            return opened;
          });
      return false;
    } catch (StoreException e) {
      assertEquals(Code.CANCELLED, e.code());
      return true;
    }
  }
}
