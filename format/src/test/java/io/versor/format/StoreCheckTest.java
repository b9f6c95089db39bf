package io.versor.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.check.Damage;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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

  @Test
  void newStoreIsClean() throws Exception {
    try (TestStore opened = new TestStore()) {
      assertEquals(List.of(), opened.store().check());
      opened.createTable();
      assertEquals(List.of(), opened.store().check());
    }
  }
}
