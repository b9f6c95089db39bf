package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.check.Damage;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.ObjectWriter;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.ref.CommitId;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A store is repaired that programs have open which write: one of this process, and one with a
 * store of its own, as another process has. Nothing that is committed meanwhile or afterwards gets
 * lost.
 */
class RepairBesideTest {
  /** Calls of the storage between two moments that are tried. */
  private static final int STEP = 7;

  private static ObjectStore shared(MemoryStore objects) {
    return new MeddledStore(objects, Integer.MAX_VALUE).objects();
  }

  private static Map<String, byte[]> files() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      opened.createTable();
      StoreScript.insert(opened, "main", 0, 5, "x");
      StoreScript.commit(opened, "main", "first");
      opened.store().checkpoint("main");
      StoreScript.insert(opened, "main", 10, 5, "x");
      StoreScript.commit(opened, "main", "second");
      opened.store().checkpoint("main");
      StoreScript.insert(opened, "main", 20, 5, "x");
      StoreScript.commit(opened, "main", "third");
    }
    return new TreeMap<>(StoreFiles.of(objects));
  }

  /** Other bytes in the middle of a file that programs have open. */
  private static void damage(MemoryStore objects, String name, byte[] content)
      throws StoreException {
    byte[] bytes = content.clone();
    int used = StoreFiles.used(bytes);
    for (int i = 0; i < 8; i++) {
      bytes[used / 2 + i] ^= 0x55;
    }
    if (name.startsWith("log/")) {
      try (Segment segment = objects.openSegment(name, OpenMode.WRITE)) {
        segment.write(0, bytes, 0, bytes.length);
        segment.sync();
      }
    } else if (name.startsWith("pack/")) {
      objects.delete(name);
      try (ObjectWriter out = objects.create(name)) {
        out.write(bytes, 0, bytes.length);
        out.finish();
      }
    }
  }

  @Test
  void whatIsWrittenBesideARepairStays() throws Exception {
    Map<String, byte[]> files = files();
    int tried = 0;
    for (String name : files.keySet()) {
      if (name.startsWith("log/") || name.startsWith("pack/")) {
        boolean reached = true;
        for (int at = 0; reached; at += STEP) {
          reached = repairedBeside(files, name, at);
          tried++;
        }
      }
    }
    assertTrue(tried > 20, tried + " moments");
  }

  /** Answers whether the repair went to the storage so often. */
  private static boolean repairedBeside(Map<String, byte[]> files, String name, int at)
      throws Exception {
    MemoryStore objects = StoreFiles.plant(files, new MemoryStore());
    String where = name + ", call " + at;
    try (TestStore other = new TestStore(shared(objects))) {
      assertEquals(15, other.lines(other.store().head("main")).size());
      damage(objects, name, files.get(name));
      CommitId[] made = {null};
      MeddledStore beside = new MeddledStore(objects, Integer.MAX_VALUE);
      beside.before(
          at,
          () -> {
            try {
              made[0] = branch(other);
            } catch (StoreException e) {
              // what it needs is damaged, or is being repaired
            }
          });
      boolean reached;
      try (Store repaired = Store.open(beside.objects(), StoreOptions.defaults())) {
        insist(repaired::repair);
        insist(repaired::repair);
        reached = beside.stop();
        requireOnly(name, repaired.check(), where);
        insist(() -> insert(other, 1_000));
        insist(() -> StoreScript.commit(other, "main", "after the repair"));
        List<String> lines = other.lines(other.store().head("main"));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("1000=")), where);
        insist(() -> repaired.checkpoint("main"));
        requireOnly(name, repaired.check(), where);
        try (TestStore fresh = new TestStore(shared(objects))) {
          assertEquals(lines, fresh.lines(fresh.store().head("main")), where);
          if (made[0] != null) {
            assertEquals("beside", fresh.store().commit(made[0]).message().orElseThrow(), where);
            assertEquals(2, fresh.lines(fresh.store().at(made[0])).size(), where);
          }
        }
      }
      return reached;
    }
  }

  /** What is lost stays told; nothing else is. */
  private static void requireOnly(String file, List<Damage> damages, String where) {
    for (Damage damage : damages) {
      assertTrue(damage.toString().contains(file), where + ": " + damage);
    }
  }

  /** A branch that is younger than the locks of the repair, with a commit and a checkpoint. */
  private static CommitId branch(TestStore other) throws StoreException {
    other.store().createBranch("beside", BranchStart.empty());
    try (Transaction transaction = other.store().begin("beside")) {
      transaction.createTable(
          TableSchema.of("u", List.of(Column.of("key", TensorType.scalar(Dtype.INT64)))));
      transaction.append(
          transaction.snapshot().tables().get(0).schema().id(),
          List.of(
              TestStore.columns(List.of(1L, 2L), List.of(new String[0], new String[0])).get(0)));
      transaction.commit();
    }
    StoreScript.commit(other, "beside", "beside");
    other.store().checkpoint("beside");
    return other.store().branch("beside").head().orElseThrow();
  }

  private static void insert(TestStore other, long key) throws StoreException {
    StoreScript.insert(other, "main", key, 1, "w");
  }

  private static void insist(StoreScript.Work work) throws StoreException {
    StoreScript.insist(5, work);
  }
}
