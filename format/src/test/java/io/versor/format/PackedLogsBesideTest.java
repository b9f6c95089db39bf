package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.MemoryStore;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.RootJson;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What others do in the midst of a VACUUM that puts logs into packs, or what VACUUM does to them.
 */
class PackedLogsBesideTest {
  private static final int MANY = VacuumRepack.MOST_SMALL + 2;

  /** Calls of the storage between two moments that are tried. */
  private static final int STEP = 5;

  private static Map<String, byte[]> files;

  @BeforeAll
  static void live() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      GoneBranches.begin(opened);
      GoneBranches.comeAndGo(opened, 0, MANY);
    }
    files = new TreeMap<>(StoreFiles.of(objects));
  }

  private static MemoryStore planted() throws StoreException {
    return StoreFiles.plant(files, new MemoryStore());
  }

  /** Who may not lock copies all of a moment, or says that it could not. */
  @Test
  void readOnlyBackupsAreWholeOrRefused() throws Exception {
    Map<String, String> before;
    try (TestStore opened = new TestStore(planted())) {
      before = GoneBranches.describe(opened.store());
    }
    int refused = 0;
    boolean reached = true;
    for (int at = 0; reached; at += STEP) {
      MeddledStore meddled = new MeddledStore(planted(), 0);
      MemoryStore target = new MemoryStore();
      StoreOptions readOnly = StoreOptions.defaults().withReadOnly(true);
      boolean whole = true;
      try (TestStore other = new TestStore(meddled.plain());
          Store opened = Store.open(meddled.objects(), readOnly)) {
        meddled.before(at, () -> GoneBranches.vacuum(other));
        try {
          assertEquals(List.of(), opened.backup(target, Optional.empty()).damages(), "call " + at);
        } catch (StoreException e) {
          assertEquals(Code.WRONG_STATE, e.code(), "call " + at + ": " + e);
          whole = false;
          refused++;
        }
        reached = meddled.stop();
      }
      if (whole) {
        try (TestStore copy = new TestStore(target)) {
          assertEquals(before, GoneBranches.describe(copy.store()), "call " + at);
        }
      }
    }
    assertTrue(refused > 5, refused + " refused");
  }

  /** Tags have taken more of the root than leaves room for places of logs. */
  @Test
  void aRootThatIsNearlyFullKeepsItsFiles() throws StoreException {
    MemoryStore objects = planted();
    try (TestStore opened = new TestStore(objects)) {
      Store store = opened.store();
      CommitId head = store.branch(Store.MAIN).head().orElseThrow();
      for (int i = 0; i < 200; i++) {
        store.createTag("t" + i, head, Optional.of("x".repeat(4_000)), "ann");
      }
      assertTrue(RootJson.encode(store.core().roots.current()).length < RootJson.MAX_BYTES);
      GoneBranches.vacuum(opened);
      assertEquals(List.of(), GoneBranches.packed(opened));
      assertEquals(MANY + 1, GoneBranches.files(objects, "log/"));
      for (int i = 0; i < 100; i++) {
        store.dropTag("t" + i);
      }
      GoneBranches.vacuum(opened);
      assertEquals(MANY, GoneBranches.packed(opened).size());
      assertEquals(List.of(), store.check());
    }
  }

  /** A checkpoint of somebody else led past frames that were not read here. */
  @Test
  void framesThatACheckpointPassesAreOnTheDisk() throws StoreException {
    MemoryStore objects = planted();
    try (TestStore opened = new TestStore(objects);
        TestStore writer = new TestStore(objects)) {
      GoneBranches.comeAndGo(writer, 100, 1);
      long collected = opened.store().core().roots.current().collected();
      VacuumRepackTest.go(opened, 0, 24);
      GoneBranches.vacuum(opened);
      GoneBranches.vacuum(opened);
      assertTrue(opened.store().core().roots.current().collected() > collected);
      GoneBranches.start(writer, "later");
      assertEquals(List.of(), writer.store().check());
    }
  }
}
