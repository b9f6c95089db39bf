package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.PowerLoss;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.type.StoreException;
import java.util.Map;
import java.util.Random;

/** Copies the reference store while power goes. */
final class CopyTrial {
  private static final StoreOptions EXISTING = StoreOptions.defaults().withCreate(false);

  private CopyTrial() {}

  /** Makes a backup or a clone. */
  @FunctionalInterface
  interface Copy {
    void make(Store store, ObjectStore target) throws StoreException;
  }

  /** Power goes after each single operation on the copy: there is no store, or a whole one. */
  static void powerLossLeavesNothingOrAll(Copy copy, Random random) throws Exception {
    MemoryStore objects = new MemoryStore();
    StoreScript.reference(objects);
    try (TestStore opened = new TestStore(objects, EXISTING)) {
      Map<String, String> whole = StoreScript.describe(opened);
      boolean crashed = true;
      for (int operations = 0; crashed; operations++) {
        FaultStore target = new FaultStore();
        target.crashAfter(operations);
        boolean done = false;
        try {
          copy.make(opened.store(), target);
          done = true;
        } catch (PowerLoss expected) {
          // what is left is looked at
        }
        look(target.survivor(random), whole, done, "operation " + operations);
        crashed = target.crashed();
        assertTrue(crashed || done && operations > 10, operations + " operations");
      }
    }
  }

  private static void look(ObjectStore left, Map<String, String> whole, boolean done, String where)
      throws Exception {
    try (left) {
      boolean isStore = left.stamp("root") != 0;
      assertTrue(isStore || !done, where);
      if (isStore) {
        try (TestStore found = new TestStore(left, EXISTING)) {
          assertEquals(whole, StoreScript.describe(found), where);
        }
      }
    }
  }
}
