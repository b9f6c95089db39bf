package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.ObjectWriter;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of a large table: what a new one costs, and what damage does. */
class KeyIndexTest {
  private static final int ROWS = 200_000;

  /** Keys as good as random, and none twice. */
  private static long key(long number) {
    return number * 0x9E3779B97F4A7C15L;
  }

  private static void insert(TestStore opened, int from, int count) throws StoreException {
    List<Long> keys = new ArrayList<>();
    List<String[]> rows = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      keys.add(key(i));
      rows.add(new String[] {null, null});
    }
    opened.insert("main", keys, rows);
  }

  private static TestStore filled(ObjectStore objects) throws StoreException {
    TestStore opened = new TestStore(objects);
    opened.createTable();
    opened.addKeys();
    insert(opened, 0, ROWS);
    opened.store().checkpoint("main");
    return opened;
  }

  /** Checks a key as a statement would that adds it. */
  private static void check(TestStore opened, long key) throws StoreException {
    TableSnapshot table = TestStore.table(opened.store().head("main"));
    ColumnBuilder keys = new ColumnBuilder(TensorType.scalar(Dtype.INT64));
    keys.appendLong(key);
    ColumnBuilder nulls = new ColumnBuilder(TensorType.text());
    nulls.appendNull();
    try (RootAllocator allocator = new RootAllocator()) {
      new KeyCheck(table, allocator).added(List.of(keys.column(), nulls.column(), nulls.column()));
    }
  }

  private static void refuse(TestStore opened, long key) {
    StoreException e = assertThrows(StoreException.class, () -> check(opened, key));
    assertEquals(Code.NOT_UNIQUE, e.code());
  }

  @Test
  void aNewKeyReadsAPageAndACheckpointWritesWhatIsNew(@TempDir Path directory) throws Exception {
    filled(DirectoryStore.open(directory, OpenMode.CREATE)).close();
    FaultStore objects = new FaultStore();
    try (TestStore cold = new TestStore(DirectoryStore.open(directory, OpenMode.CREATE))) {
      check(cold, key(-1)); // what is read once: the checkpoint, nodes
      long before = cold.store().checkedBytes();
      for (int i = 2; i < 12; i++) {
        check(cold, key(-i));
      }
      long read = cold.store().checkedBytes() - before;
      assertTrue(read <= 10 * 16 * 4_096, read + " bytes read for ten keys of " + ROWS);
      refuse(cold, key(7));
    }
    try (TestStore opened = filled(objects)) {
      for (int i = 0; i < 20; i++) {
        insert(opened, ROWS + 10 * i, 10);
        objects.resetCounts();
        opened.store().checkpoint("main");
        long written = objects.bytes(Operation.WRITE) + objects.bytes(Operation.WRITE_OBJECT);
        assertTrue(written < 64 << 10, written + " bytes for ten keys more");
        refuse(opened, key(ROWS + 10 * i));
        check(opened, key(ROWS + 10 * i + 10));
      }
    }
  }

  /** Look-ups are right before a checkpoint, after it, and when the store is opened anew. */
  @Test
  void everyKeyIsFoundWhereverItLies() throws Exception {
    MemoryStore objects = new MemoryStore();
    Random random = new Random(3);
    try (TestStore opened = filled(objects)) {
      insert(opened, ROWS, 3_000);
      for (int i = 0; i < 2; i++) {
        TableSnapshot table = TestStore.table(opened.store().head("main"));
        Set<Long> there = new HashSet<>();
        List<Long> keys = new ArrayList<>();
        for (int k = 0; k < 500; k++) {
          there.add(key(random.nextInt(ROWS + 3_000)));
          keys.add(key(ROWS + 3_000 + random.nextInt(1_000_000)));
        }
        keys.addAll(there);
        assertEquals(there.size(), TestStore.find(table, keys).length);
        opened.store().checkpoint("main");
        opened.reopen();
      }
    }
  }

  /** More keys than a run takes: several runs, whether they are read by a check or a checkpoint. */
  @Test
  @Tag("long")
  void manyKeysAreSeveralRuns() throws Exception {
    int rows = 3_400_000;
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      opened.createTable();
      insertMany(opened, 0, rows / 2);
      opened.addKeys(); // nothing is known of any row
      for (int i = 0; i < 3; i++) {
        refuse(opened, key(1));
        refuse(opened, key(rows / 2 - 1));
        check(opened, key(rows));
        if (i == 0) {
          insertMany(opened, rows / 2, rows / 2);
        }
        for (int k = 0; k < rows; k += 1_001) {
          refuse(opened, key(k));
        }
        opened.store().checkpoint("main");
        opened.reopen();
      }
    }
  }

  private static void insertMany(TestStore opened, int from, int count) throws StoreException {
    for (int done = 0; done < count; done += 50_000) {
      insert(opened, from + done, Math.min(50_000, count - done));
    }
  }

  /** A damaged run is told of when it is touched, and never says that a key is new. */
  /** A look-up touches each run, so few runs cost few bytes. */
  @Test
  void optimizeLeavesOneRunOfWhatIsThere(@TempDir Path directory) throws Exception {
    int[] portions = {30_000, 12_000, 5_000, 2_000};
    int rows = 0;
    long tableId;
    try (TestStore opened = new TestStore(DirectoryStore.open(directory, OpenMode.WRITE))) {
      opened.createTable();
      opened.addKeys();
      for (int portion : portions) {
        insert(opened, rows, portion);
        rows += portion;
        opened.store().checkpoint("main");
      }
      tableId = TestStore.table(opened.store().head("main")).schema().id();
    }
    long before = bytesToRefuse(directory, rows);
    try (TestStore opened = new TestStore(DirectoryStore.open(directory, OpenMode.WRITE))) {
      opened.store().optimize("main", tableId);
      for (int i = 0; i < rows; i += 997) {
        refuse(opened, key(i));
      }
      check(opened, key(rows));
    }
    long after = bytesToRefuse(directory, rows);
    assertTrue(after < before, before + " bytes, and then " + after);
  }

  /** Bytes that the first look for a key reads that is not there. */
  private static long bytesToRefuse(Path directory, int rows) throws Exception {
    try (TestStore opened = new TestStore(DirectoryStore.open(directory, OpenMode.READ))) {
      long before = opened.store().checkedBytes();
      check(opened, key(rows));
      return opened.store().checkedBytes() - before;
    }
  }

  @Test
  void damageNeverGivesAWrongAnswer() throws Exception {
    MemoryStore objects = new MemoryStore();
    filled(objects).close();
    byte[] magic = "VSKR".getBytes(StandardCharsets.US_ASCII);
    int damaged = 0;
    for (String name : objects.list("pack/")) {
      byte[] bytes = objects.load(name, Integer.MAX_VALUE).orElseThrow();
      for (int at = 0; at + 16 < bytes.length; at += 64) {
        boolean run = true;
        for (int i = 0; i < magic.length; i++) {
          run &= bytes[at + i] == magic[i];
        }
        if (!run) {
          continue;
        }
        for (int offset : new int[] {5, 9, 16, 1_000, 12 * ROWS / 2, 12 * ROWS}) {
          byte[] other = bytes.clone();
          other[at + offset] ^= 4;
          damaged += answersOrTells(copy(objects, name, other)) ? 1 : 0;
        }
      }
    }
    assertTrue(damaged >= 4, damaged + " flips were noticed");
  }

  private static ObjectStore copy(MemoryStore from, String changed, byte[] bytes)
      throws StoreException {
    MemoryStore copy = new MemoryStore();
    for (String name : from.list("")) {
      byte[] content =
          name.equals(changed) ? bytes : from.load(name, Integer.MAX_VALUE).orElseThrow();
      if (name.startsWith("log/")) {
        try (Segment segment = copy.openSegment(name, OpenMode.CREATE)) {
          segment.write(0, content, 0, content.length);
        }
      } else if (name.equals("root")) {
        copy.swap("root", Optional.empty(), content);
      } else {
        try (ObjectWriter writer = copy.create(name)) {
          writer.write(content, 0, content.length);
          writer.finish();
        }
      }
    }
    return copy;
  }

  /** Whether damage was told of. */
  private static boolean answersOrTells(ObjectStore objects) throws StoreException {
    boolean told = false;
    try (TestStore opened = new TestStore(objects)) {
      for (int i = 0; i < 200; i++) {
        long number = i % 2 == 0 ? i * 997L : -i;
        try {
          check(opened, key(number));
          assertTrue(number < 0, "key of row " + number + " is there");
        } catch (StoreException e) {
          assertTrue(e.code() == Code.CORRUPT || e.code() == Code.NOT_UNIQUE, e::getMessage);
          assertTrue(e.code() == Code.CORRUPT || number >= 0, e::getMessage);
          told |= e.code() == Code.CORRUPT;
        }
      }
    }
    return told;
  }
}
