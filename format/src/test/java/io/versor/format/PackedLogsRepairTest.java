package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.check.Damage;
import io.versor.format.check.Damage.Severity;
import io.versor.format.io.MemoryStore;
import io.versor.format.pack.Packs;
import io.versor.format.ref.BranchEntry;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A store with logs in packs is damaged and repaired. */
class PackedLogsRepairTest {
  private static RepairTrial trial = new RepairTrial(Map.of());
  private static Map<String, String> seen = Map.of();
  private static String pack = "";

  /** Where the logs begin and end in the pack. */
  private static final Map<Long, int[]> PLACES = new TreeMap<>();

  @BeforeAll
  static void live() throws Exception {
    MemoryStore objects = new MemoryStore();
    RepairTrial.Seen all = new RepairTrial.Seen();
    try (TestStore opened = new TestStore(objects)) {
      GoneBranches.begin(opened);
      GoneBranches.comeAndGo(opened, 0, VacuumRepack.MOST_SMALL + 1);
      all.look(opened.store());
      GoneBranches.vacuum(opened);
      seen = GoneBranches.describe(opened.store());
      Packs packs = opened.store().core().packs;
      for (BranchEntry branch : GoneBranches.packed(opened)) {
        var object = packs.object(branch.packed().orElseThrow());
        int from = (int) object.offset();
        PLACES.put(branch.id(), new int[] {from, from + object.length()});
      }
    }
    trial = all.of(objects);
    List<String> names =
        trial.files().keySet().stream().filter(name -> name.startsWith("pack/")).toList();
    assertEquals(1, names.size(), names::toString);
    pack = names.get(0);
    assertEquals(VacuumRepack.MOST_SMALL + 1, PLACES.size());
  }

  private static Map<String, byte[]> flipped(int at) {
    byte[] bytes = trial.files().get(pack).clone();
    bytes[at] ^= 4;
    return trial.with(pack, bytes);
  }

  private static Map<String, byte[]> zeroed(int from, int to) {
    byte[] bytes = trial.files().get(pack).clone();
    Arrays.fill(bytes, from, to, (byte) 0);
    return trial.with(pack, bytes);
  }

  private void hit(int flips, int cuts, int seed) throws Exception {
    Random random = new Random(seed);
    byte[] bytes = trial.files().get(pack);
    for (int i = 0; i < flips; i++) {
      int at = random.nextInt(bytes.length);
      List<Damage> told = trial.repair(flipped(at), "flip at " + at);
      assertTrue(!told.isEmpty() || isUnread(at), "flip at " + at + ": without a word");
    }
    for (int i = 0; i < cuts; i++) {
      int length = random.nextInt(bytes.length);
      trial.repair(trial.with(pack, Arrays.copyOf(bytes, length)), "pack cut to " + length);
    }
  }

  /** Between objects, and in the padding of the last frames. */
  private static boolean isUnread(int at) {
    return PLACES.values().stream().noneMatch(place -> at >= place[0] && at < place[1] - 7);
  }

  @Test
  void damageCostsNoOtherVersions() throws Exception {
    hit(4, 1, 1);
    Map<String, byte[]> without = new TreeMap<>(trial.files());
    without.remove(pack);
    trial.repair(without, "pack missing");
  }

  @Test
  @Tag("long")
  void manyDamagesCostNoOtherVersions() throws Exception {
    hit(60, 10, 2);
  }

  /** Every frame is one of those that were written, or an error says which file it is in. */
  @Test
  void flipsAreErrorsOrDoNoHarm() throws Exception {
    Random random = new Random(4);
    for (int i = 0; i < 15; i++) {
      int at = random.nextInt(trial.files().get(pack).length);
      MemoryStore objects = StoreFiles.plant(flipped(at), new MemoryStore());
      try (Store store = Store.open(objects, RepairTrial.OPTIONS)) {
        assertEquals(seen, GoneBranches.describe(store), "flip at " + at);
      } catch (StoreException e) {
        assertEquals(Code.CORRUPT, e.code(), e.getMessage());
        assertTrue(e.getMessage().contains(pack), e.getMessage());
      }
    }
  }

  /** In a file a frame of zeros may not have arrived yet; here it is damage. */
  @Test
  void zerosAreNoEnd() throws Exception {
    for (int[] place : List.copyOf(PLACES.values()).subList(0, 3)) {
      for (int from : new int[] {place[1] - 40, (place[0] + place[1]) / 2}) {
        MemoryStore objects = StoreFiles.plant(zeroed(from, place[1]), new MemoryStore());
        try (Store store = Store.open(objects, RepairTrial.OPTIONS)) {
          List<Damage> told = store.check();
          assertTrue(
              told.stream().anyMatch(each -> each.file().contains(pack + " object")),
              told::toString);
          StoreException e =
              assertThrows(StoreException.class, () -> GoneBranches.vacuumPlan(store));
          assertTrue(e.getMessage().contains(pack), e.getMessage());
        }
      }
    }
  }

  /** A header follows from the first frame. */
  @Test
  void headersAreMended() throws Exception {
    for (int[] place : List.copyOf(PLACES.values()).subList(2, 4)) {
      for (int at : new int[] {place[0] + 5, place[0] + 62}) {
        List<Damage> told = trial.repair(flipped(at), "header");
        assertTrue(
            told.stream().allMatch(each -> each.severity() != Severity.LOST), told::toString);
        MemoryStore objects = StoreFiles.plant(flipped(at), new MemoryStore());
        Store.repair(objects, RepairTrial.OPTIONS);
        try (TestStore opened = new TestStore(objects, RepairTrial.OPTIONS)) {
          assertEquals(seen, GoneBranches.describe(opened.store()));
          GoneBranches.vacuum(opened);
          assertEquals(seen, GoneBranches.describe(opened.store()));
        }
      }
    }
  }

  /** Logs say themselves whose they are. */
  @Test
  void rootIsMadeAgain() throws Exception {
    Map<String, byte[]> without = new TreeMap<>(trial.files());
    without.remove("root");
    trial.repair(without, "root");
    MemoryStore objects = StoreFiles.plant(without, new MemoryStore());
    Store.repair(objects, RepairTrial.OPTIONS);
    try (TestStore opened = new TestStore(objects, RepairTrial.OPTIONS)) {
      assertEquals(PLACES.size(), GoneBranches.packed(opened).size());
      assertEquals(seen, GoneBranches.describe(opened.store()));
      assertEquals(List.of(), opened.store().check());
      GoneBranches.vacuum(opened);
      GoneBranches.comeAndGo(opened, 50, VacuumRepack.MOST_SMALL + 1);
      GoneBranches.vacuum(opened);
      assertEquals(List.of(), opened.store().check());
    }
  }
}
