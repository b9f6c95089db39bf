package io.versor.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.check.Damage;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What CHECK STORE says of stores that are whole, and of what is hit where one is not. */
class StoreCheckTest {
  @Test
  void storeThatLivedThroughEverythingIsClean() throws Exception {
    MemoryStore objects = new MemoryStore();
    StoreScript.reference(objects);
    try (TestStore opened = new TestStore(objects)) {
      assertEquals(List.of(), opened.store().check());
      opened.store().checkpoint(Store.MAIN);
      assertEquals(List.of(), opened.store().check());
    }
  }

  private static byte[] load(MemoryStore objects, String name) throws Exception {
    return objects.load(name, Integer.MAX_VALUE).orElseThrow();
  }

  private static String only(MemoryStore objects, String prefix) throws Exception {
    List<String> names = objects.list(prefix);
    assertEquals(1, names.size(), names::toString);
    return names.get(0);
  }

  private static void insert(TestStore opened, long key) throws Exception {
    StoreScript.insert(opened, Store.MAIN, key, 1, "text " + key);
  }

  /** A frame of which the last byte is another one. */
  private static void damageFrame(MemoryStore objects, byte[] text) throws Exception {
    String name = only(objects, "log/");
    byte[] bytes = load(objects, name);
    int at = new String(bytes, ISO_8859_1).lastIndexOf(new String(text, ISO_8859_1));
    try (Segment segment = objects.openSegment(name, OpenMode.WRITE)) {
      segment.write(at, new byte[] {'X'}, 0, 1);
    }
  }

  @Test
  void damagedFrameHitsTheVersionsFromThereOn() throws Exception {
    MemoryStore objects = new MemoryStore();
    String first;
    String second;
    try (TestStore opened = new TestStore(objects)) {
      opened.createTable();
      insert(opened, 1);
      first = opened.store().commitVersion(Store.MAIN, CommitRequest.of("one", "ada")).id().hex();
      insert(opened, 2);
      second = opened.store().commitVersion(Store.MAIN, CommitRequest.of("two", "ada")).id().hex();
      insert(opened, 3);
      damageFrame(objects, "text 2".getBytes(ISO_8859_1));
      List<Damage> found = opened.store().check();
      assertEquals(1, found.size(), found::toString);
      Damage damage = found.get(0);
      assertEquals(Damage.Severity.LOST, damage.severity());
      assertEquals("memory/" + only(objects, "log/"), damage.file());
      assertTrue(damage.offset().isPresent());
      assertTrue(damage.problem().contains("checksum"), damage::problem);
      assertTrue(
          damage.versions().contains("commit " + second + " of branch main"),
          damage.versions()::toString);
      assertTrue(
          damage.versions().contains("branch main as it is now"), damage.versions()::toString);
      assertFalse(damage.versions().toString().contains(first), damage.versions()::toString);
    }
  }

  /** A checkpoint behind the damage has what the damaged frame said. */
  @Test
  void checkpointBehindDamageEndsIt() throws Exception {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      opened.createTable();
      insert(opened, 1);
      insert(opened, 2);
      opened.store().checkpoint(Store.MAIN);
      insert(opened, 3);
      damageFrame(objects, "text 1".getBytes(ISO_8859_1));
      List<Damage> found = opened.store().check();
      assertEquals(1, found.size(), found::toString);
      assertFalse(found.get(0).versions().contains("branch main as it is now"), found::toString);
    }
  }

  @Test
  void storeIsCleanAfterVacuum() throws Exception {
    MemoryStore objects = new MemoryStore();
    StoreScript.reference(objects);
    try (TestStore opened = new TestStore(objects)) {
      assertFalse(opened.store().vacuum(Duration.ZERO, false).isEmpty());
      assertEquals(List.of(), opened.store().check());
    }
  }

  /** Packs go while the check is at it, if nothing keeps them from going. */
  @Test
  void garbageThatIsCollectedMeanwhileIsNoDamage(@TempDir Path directory) throws Exception {
    try (TestStore writer = new TestStore(DirectoryStore.open(directory, OpenMode.CREATE));
        TestStore checker = new TestStore(DirectoryStore.open(directory, OpenMode.WRITE))) {
      writer.createTable();
      StoreScript.insert(writer, Store.MAIN, 0, 10, "row");
      StoreScript.commit(writer, Store.MAIN, "one");
      AtomicBoolean done = new AtomicBoolean();
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        Future<Integer> checks =
            thread.submit(
                () -> {
                  int clean = 0;
                  while (!done.get() || clean == 0) {
                    assertEquals(List.of(), checker.store().check());
                    clean++;
                  }
                  return clean;
                });
        for (int round = 0; round < 12; round++) {
          String name = "b" + round;
          writer
              .store()
              .createBranch(
                  name,
                  BranchStart.ofCommit(writer.store().branch(Store.MAIN).head().orElseThrow()));
          StoreScript.insert(writer, name, 1_000, 250, "x".repeat(5_000));
          StoreScript.commit(writer, name, "large");
          writer.store().checkpoint(name);
          writer.store().dropBranch(name, DropMode.FORCE);
          assertFalse(writer.store().vacuum(Duration.ZERO, false).isEmpty());
        }
        done.set(true);
        assertTrue(checks.get() > 0);
      } finally {
        done.set(true);
        thread.shutdown();
      }
    }
  }

  @Test
  void readOnlyStoreIsChecked(@TempDir Path directory) throws Exception {
    try (TestStore opened = new TestStore(DirectoryStore.open(directory, OpenMode.CREATE))) {
      opened.createTable();
      insert(opened, 1);
    }
    try (Store store =
        Store.open(
            DirectoryStore.open(directory, OpenMode.READ),
            StoreOptions.defaults().withReadOnly(true))) {
      assertEquals(List.of(), store.check());
      StoreException refused = assertThrows(StoreException.class, store::repair);
      assertEquals(StoreException.Code.READ_ONLY, refused.code());
    }
  }

  /** Wherever it is stopped, it has changed nothing and holds nothing. */
  @Test
  void checkThatIsStoppedLetsGo() throws Exception {
    MemoryStore objects = new MemoryStore();
    StoreScript.reference(objects);
    try (TestStore opened = new TestStore(objects)) {
      int stopped = 0;
      for (int questions = 1; questions < 200; questions += 20) {
        AtomicInteger left = new AtomicInteger(questions);
        try {
          StopSignal.during(
              () -> {
                if (left.decrementAndGet() < 0) {
                  throw new StoreException(StoreException.Code.CANCELLED, "stopped");
                }
              },
              opened.store()::check);
        } catch (StoreException e) {
          assertEquals(StoreException.Code.CANCELLED, e.code());
          stopped++;
        }
      }
      assertTrue(stopped > 2, stopped + " were stopped");
      assertEquals(List.of(), opened.store().check());
      opened.store().vacuum(Duration.ZERO, true);
    }
  }

  @Test
  void newStoreIsClean() throws Exception {
    try (TestStore opened = new TestStore()) {
      assertEquals(List.of(), opened.store().check());
      opened.createTable();
      assertEquals(List.of(), opened.store().check());
    }
  }

  /** Branches start all along a log: what is before a start is not replayed for each of them. */
  @Test
  void checkOfManyBranchesReadsTheLogTheyStartOnAFewTimes() throws Exception {
    MemoryStore objects = new MemoryStore();
    AtomicLong read = new AtomicLong();
    try (TestStore opened = new TestStore(objects)) {
      opened.createTable();
      for (int i = 0; i < 150; i++) {
        StoreScript.insert(opened, Store.MAIN, i, 1, "x".repeat(5_000));
        StoreScript.commit(opened, Store.MAIN, "c" + i);
        opened.store().createBranch("b" + i, BranchStart.withChanges(Store.MAIN));
      }
    }
    try (TestStore opened = new TestStore(counting(objects, read))) {
      read.set(0);
      assertEquals(List.of(), opened.store().check());
    }
    long log = objects.findLength("log/00000001/0000000000000000.log").orElseThrow();
    assertTrue(read.get() < 20 * log, read + " bytes read of a log of " + log);
  }

  /** The same store, whose reads of logs are counted. */
  private static ObjectStore counting(ObjectStore objects, AtomicLong read) {
    return counting(
        ObjectStore.class,
        objects,
        (method, result) ->
            method.getName().equals("openSegment")
                ? counting(
                    Segment.class,
                    (Segment) result,
                    (inner, bytes) -> {
                      if (inner.getName().equals("read")) {
                        read.addAndGet((Integer) bytes);
                      }
                      return bytes;
                    })
                : result);
  }

  private static <T> T counting(Class<T> type, T object, BiFunction<Method, Object, Object> look) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return look.apply(method, method.invoke(object, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
