package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.io.MemoryStore;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random lives of stores on storage that loses power, runs full, fails, and loses answers. */
class StoreWorkloadTest {
  private static final int STEPS = 36;
  private static final Code[] CODES = {Code.DISK_FULL, Code.IO, Code.OUTCOME_UNKNOWN};

  @Test
  void powerLossInRandomLivesLosesNothingAcknowledged() throws Exception {
    System.out.println(crashes(0, 6, 10) + " points of power loss in random lives");
  }

  @Test
  void errorsInRandomLivesAreTold() throws Exception {
    System.out.println(faults(100, 6, 8) + " failures of storage in random lives");
  }

  @Test
  @Tag("long")
  void powerLossInManyRandomLives() throws Exception {
    System.out.println(crashes(1_000, 30, 25) + " points of power loss in random lives");
  }

  @Test
  @Tag("long")
  void errorsInManyRandomLives() throws Exception {
    System.out.println(faults(2_000, 30, 15) + " failures of storage in random lives");
  }

  /** The same life without accidents shows the same: so what differs below is an accident's. */
  @Test
  void lifeFollowsFromItsNumber() throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      CrashTrial trial = new CrashTrial("life " + seed, RandomLife.steps(seed, STEPS), 1);
      assertEquals(
          trial.reference(),
          StoreScript.reference(new MemoryStore(), RandomLife.steps(seed, STEPS)));
    }
  }

  private static int crashes(int firstSeed, int lives, int each) throws Exception {
    int points = 0;
    for (int seed = firstSeed; seed < firstSeed + lives; seed++) {
      CrashTrial trial = new CrashTrial("life " + seed, RandomLife.steps(seed, STEPS), 1);
      Random random = new Random(seed);
      long operations = trial.operations().values().stream().mapToLong(n -> n).sum();
      for (int i = 0; i < each; i++) {
        assertTrue(trial.crash(random.nextLong(operations), 1, random), "power went");
        points++;
      }
    }
    return points;
  }

  private static int faults(int firstSeed, int lives, int each) throws Exception {
    int failures = 0;
    for (int seed = firstSeed; seed < firstSeed + lives; seed++) {
      CrashTrial trial = new CrashTrial("life " + seed, RandomLife.steps(seed, STEPS), 1);
      Random random = new Random(seed);
      Map<Operation, Long> operations = trial.operations();
      List<Operation> kinds = List.copyOf(new TreeSet<>(operations.keySet()));
      for (int i = 0; i < each; i++) {
        Operation operation = kinds.get(random.nextInt(kinds.size()));
        long skip = random.nextLong(operations.get(operation));
        Code code = CODES[random.nextInt(CODES.length)];
        FaultStore objects = new FaultStore();
        String fault = "life " + seed + ", " + operation + " " + skip + " " + code;
        try (TestStore opened = new TestStore(objects)) {
          objects.failWith(operation, skip, 1 + random.nextInt(2), code);
          failures += trial.liveWithFaults(opened, objects, fault);
        }
      }
    }
    assertTrue(failures > lives, failures + " failures");
    return failures;
  }
}
