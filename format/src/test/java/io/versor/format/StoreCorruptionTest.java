package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.versor.format.check.Damage;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.pack.FreedPacks;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes of a store are changed, cut off or taken away. What is read then is what was written, or an
 * error that names the file; never anything else, and never an error of another kind.
 */
class StoreCorruptionTest {
  private static final Set<Code> TOLD =
      Set.of(Code.CORRUPT, Code.VERSION_TOO_NEW, Code.NOT_A_STORE);

  /** Every file of a store that has lived through all steps. */
  private static final Map<String, byte[]> FILES = new TreeMap<>();

  private static Map<String, String> whole = Map.of();

  /** For each branch, all it ever showed. */
  private static final Map<String, Set<String>> EVER = new HashMap<>();

  @BeforeAll
  static void live() throws Exception {
    MemoryStore objects = new MemoryStore();
    List<Map<String, String>> states = StoreScript.reference(objects);
    whole = states.get(states.size() - 1);
    for (Map<String, String> state : states) {
      state.forEach((name, text) -> EVER.computeIfAbsent(name, n -> new HashSet<>()).add(text));
    }
    FILES.putAll(StoreFiles.of(objects));
    FILES.remove(FreedPacks.NAME); // nothing depends on it: damaged, it is as if it were not there
    assertTrue(FILES.size() >= 5, FILES.keySet()::toString);
  }

  private static ObjectStore plant(Map<String, byte[]> files) throws StoreException {
    return StoreFiles.plant(files, new MemoryStore());
  }

  private static ObjectStore with(String name, byte[] bytes) throws StoreException {
    Map<String, byte[]> files = new TreeMap<>(FILES);
    files.put(name, bytes);
    return plant(files);
  }

  /** What is seen, or empty after an error that says what is wrong. */
  private static Optional<Map<String, String>> see(ObjectStore objects, String damage) {
    try (TestStore opened = new TestStore(objects, StoreOptions.defaults().withCreate(false))) {
      return Optional.of(StoreScript.describe(opened));
    } catch (StoreException e) {
      assertTrue(TOLD.contains(e.code()), damage + ": " + e.code() + " " + e.getMessage());
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      return fail(damage + ": " + e, e);
    }
  }

  /**
   * Reads the store as users do and has it checked: what they would meet is found, and what is
   * found names a file of the store.
   *
   * @return whether anything is wrong
   */
  private static boolean isFound(
      Map<String, byte[]> files, Optional<Map<String, String>> seen, String damage)
      throws StoreException {
    List<Damage> found;
    try (Store store = Store.open(plant(files), StoreOptions.defaults().withCreate(false))) {
      found = store.check();
    } catch (StoreException e) {
      assertTrue(TOLD.contains(e.code()), damage + ": " + e.code() + " " + e.getMessage());
      assertTrue(e.getMessage().contains("root"), damage + ": " + e.getMessage());
      return true;
    } catch (RuntimeException | Error e) {
      return fail(damage + ": " + e, e);
    }
    assertTrue(seen.isPresent() || !found.isEmpty(), damage + " is not found");
    for (Damage each : found) {
      assertTrue(each.file().startsWith("memory/"), damage + ": " + each);
      assertFalse(each.problem().isEmpty(), damage + ": " + each);
    }
    return !found.isEmpty();
  }

  private static Map<String, byte[]> files(String name, byte[] bytes) {
    Map<String, byte[]> files = new TreeMap<>(FILES);
    files.put(name, bytes);
    return files;
  }

  /** One bit of every byte of a small store. */
  @Test
  @Tag("long")
  void everyByteFlippedIsFoundOrHarmless() throws Exception {
    Map<String, byte[]> small = small();
    Map<String, String> whole = see(plant(small), "no damage").orElseThrow();
    for (Map.Entry<String, byte[]> file : small.entrySet()) {
      int used = StoreFiles.used(file.getValue());
      for (int at = 0; at < used; at++) {
        byte[] bytes = file.getValue().clone();
        bytes[at] ^= (byte) (1 << at % 8);
        String damage = "flip in " + file.getKey() + " at " + at;
        Map<String, byte[]> files = new TreeMap<>(small);
        files.put(file.getKey(), bytes);
        Optional<Map<String, String>> seen = see(plant(files), damage);
        if (seen.isPresent()) {
          assertEquals(whole, seen.get(), damage);
        }
        isFound(files, seen, damage);
      }
    }
  }

  /** Two commits, one of them in a checkpoint, and a row that is in none. */
  private static Map<String, byte[]> small() throws Exception {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      small(opened, step -> {});
    }
    return StoreFiles.of(objects);
  }

  private static void small(TestStore opened, StoreScript.Deed after) throws StoreException {
    after.on(opened);
    opened.createTable();
    after.on(opened);
    StoreScript.insert(opened, Store.MAIN, 1, 2, "x");
    after.on(opened);
    StoreScript.commit(opened, Store.MAIN, "one");
    after.on(opened);
    opened.store().checkpoint(Store.MAIN);
    StoreScript.insert(opened, Store.MAIN, 3, 1, "y");
    after.on(opened);
    StoreScript.commit(opened, Store.MAIN, "two");
    after.on(opened);
    StoreScript.insert(opened, Store.MAIN, 4, 1, "z");
    after.on(opened);
  }

  @Test
  void flippedBytesAreFoundByACheck() throws Exception {
    Random random = new Random(8);
    int found = 0;
    int flips = 0;
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      int used = StoreFiles.used(file.getValue());
      for (int i = 0; i < 25; i++) {
        int at = i < 8 ? Math.min(used - 1, i) : random.nextInt(used);
        found += flip(file, at, 1 << random.nextInt(8)) ? 1 : 0;
        flips++;
      }
    }
    assertTrue(found > flips * 9 / 10, found + " of " + flips + " flips found");
  }

  private static boolean flip(Map.Entry<String, byte[]> file, int at, int bits) throws Exception {
    byte[] bytes = file.getValue().clone();
    bytes[at] ^= (byte) bits;
    String damage = "flip of " + bits + " in " + file.getKey() + " at " + at;
    Map<String, byte[]> files = files(file.getKey(), bytes);
    Optional<Map<String, String>> seen = see(plant(files), damage);
    if (seen.isPresent()) {
      assertEquals(whole, seen.get(), damage);
    }
    return isFound(files, seen, damage);
  }

  @Test
  @Tag("long")
  void everyLengthIsFoundOrShowsAnEarlierState() throws Exception {
    Map<String, byte[]> small = small();
    Set<Map<String, String>> ever = new HashSet<>();
    try (TestStore opened = new TestStore()) {
      small(opened, now -> ever.add(StoreScript.describe(now)));
    }
    for (Map.Entry<String, byte[]> file : small.entrySet()) {
      int used = StoreFiles.used(file.getValue());
      for (int length = 0; length < used; length++) {
        String damage = file.getKey() + " cut to " + length;
        Map<String, byte[]> files = new TreeMap<>(small);
        files.put(file.getKey(), Arrays.copyOf(file.getValue(), length));
        Optional<Map<String, String>> seen = see(plant(files), damage);
        if (seen.isPresent()) {
          assertTrue(ever.contains(seen.get()), damage + seen.get());
        }
        isFound(files, seen, damage);
      }
    }
  }

  @Test
  void cutFilesAreFoundByACheck() throws Exception {
    Random random = new Random(9);
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      int used = StoreFiles.used(file.getValue());
      for (int i = 0; i < 15; i++) {
        int length = i == 0 ? 0 : i < 5 ? used - i : random.nextInt(used);
        boolean found = cut(file, length);
        boolean isLog = file.getKey().startsWith("log/");
        assertTrue(found || isLog, file.getKey() + " cut to " + length);
      }
    }
  }

  private static boolean cut(Map.Entry<String, byte[]> file, int length) throws Exception {
    String damage = file.getKey() + " cut to " + length;
    Map<String, byte[]> files = files(file.getKey(), Arrays.copyOf(file.getValue(), length));
    Optional<Map<String, String>> seen = see(plant(files), damage);
    if (seen.isPresent()) {
      assertEquals(whole.keySet(), seen.get().keySet(), damage);
      seen.get().forEach((name, text) -> assertTrue(EVER.get(name).contains(text), damage + text));
    }
    return isFound(files, seen, damage);
  }

  @Test
  void missingFilesAreFoundByACheck() throws Exception {
    for (String name : FILES.keySet()) {
      Map<String, byte[]> files = new TreeMap<>(FILES);
      files.remove(name);
      Optional<Map<String, String>> seen = see(plant(files), name + " missing");
      boolean found = isFound(files, seen, name + " missing");
      assertTrue(found || seen.isPresent(), name + " missing");
    }
  }

  private static void checkFlips(int perFile, int seed) throws Exception {
    Random random = new Random(seed);
    int noticed = 0;
    int flips = 0;
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      int used = StoreFiles.used(file.getValue());
      for (int i = 0; i < perFile; i++) {
        // Heads and ends of files are where their structure is.
        int at =
            switch (i % 3) {
              case 0 -> Math.min(used - 1, i);
              case 1 -> Math.max(0, used - 1 - i);
              default -> random.nextInt(used);
            };
        byte[] bytes = file.getValue().clone();
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        String damage = "flip in " + file.getKey() + " at " + at;
        Optional<Map<String, String>> seen = see(with(file.getKey(), bytes), damage);
        if (seen.isPresent()) {
          assertEquals(whole, seen.get(), damage);
        } else {
          noticed++;
        }
        flips++;
      }
    }
    assertTrue(noticed > flips / 3, noticed + " of " + flips + " flips noticed");
  }

  @Test
  void flippedBitsAreNoticedOrHarmless() throws Exception {
    checkFlips(60, 1);
  }

  @Test
  @Tag("long")
  void manyFlippedBitsAreNoticedOrHarmless() throws Exception {
    for (int seed = 2; seed < 4; seed++) {
      checkFlips(200, seed);
    }
  }

  /** A log that is cut shows an earlier state of its branch, or is in contradiction to the root. */
  @Test
  void cutFilesAreNoticedOrShowAnEarlierState() throws Exception {
    Random random = new Random(4);
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      int used = StoreFiles.used(file.getValue());
      for (int i = 0; i < 40; i++) {
        int length = i == 0 ? 0 : i < 10 ? used - i : random.nextInt(used);
        String damage = file.getKey() + " cut to " + length;
        Optional<Map<String, String>> seen =
            see(with(file.getKey(), Arrays.copyOf(file.getValue(), length)), damage);
        if (seen.isPresent()) {
          assertEquals(whole.keySet(), seen.get().keySet(), damage);
          seen.get()
              .forEach((name, text) -> assertTrue(EVER.get(name).contains(text), damage + text));
        }
      }
    }
  }

  @Test
  void missingFilesAreNoticedOrNotNeeded() throws Exception {
    int noticed = 0;
    for (String name : FILES.keySet()) {
      Map<String, byte[]> files = new TreeMap<>(FILES);
      files.remove(name);
      Optional<Map<String, String>> seen = see(plant(files), name + " missing");
      if (seen.isPresent()) {
        assertEquals(whole, seen.get(), name + " missing");
      } else {
        noticed++;
      }
    }
    assertTrue(noticed >= 3, noticed + " noticed");
  }

  /** Files of two copies of a store that went different ways, mixed. */
  @Test
  void filesOfAnotherStoreAreRefused() throws Exception {
    MemoryStore other = new MemoryStore();
    StoreScript.reference(other);
    for (String name : FILES.keySet()) {
      Optional<byte[]> theirs = other.load(name, Integer.MAX_VALUE);
      if (theirs.isPresent()) { // packs have other names
        String damage = name + " of another store";
        assertTrue(see(with(name, theirs.get()), damage).isEmpty(), damage);
      }
    }
  }

  /** In a directory, with files mapped: a fault there would end this process. */
  @Test
  void damageInADirectoryIsAnErrorAndNotTheEnd(@TempDir Path directory) throws Exception {
    Random random = new Random(6);
    int round = 0;
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      for (int i = 0; i < 6; i++) {
        Path place = directory.resolve("s" + round++);
        write(place);
        byte[] bytes = file.getValue().clone();
        int at = random.nextInt(StoreFiles.used(bytes));
        boolean cut = i % 2 == 0;
        if (!cut) {
          bytes[at] ^= 0x40;
        }
        Files.write(place.resolve(file.getKey()), cut ? Arrays.copyOf(bytes, at) : bytes);
        String damage = file.getKey() + (cut ? " cut to " : " flipped at ") + at;
        Optional<Map<String, String>> seen =
            see(DirectoryStore.open(place, OpenMode.WRITE), damage);
        if (seen.isPresent() && !cut) {
          assertEquals(whole, seen.get(), damage);
        }
      }
    }
  }

  /** Packs lose their ends while a store reads them. */
  @Test
  void filesCutUnderAnOpenStoreAreNoticed(@TempDir Path directory) throws Exception {
    write(directory);
    try (TestStore opened =
        new TestStore(
            DirectoryStore.open(directory, OpenMode.WRITE),
            StoreOptions.defaults().withMemory(MemoryBudget.of(1)))) {
      assertEquals(whole, StoreScript.describe(opened));
      try (Stream<Path> files = Files.walk(directory.resolve("pack"))) {
        for (Path pack : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          try (java.nio.channels.FileChannel channel =
              java.nio.channels.FileChannel.open(pack, java.nio.file.StandardOpenOption.WRITE)) {
            channel.truncate(100);
          }
        }
      }
      try {
        assertEquals(whole, StoreScript.describe(opened));
      } catch (StoreException e) {
        assertEquals(Code.CORRUPT, e.code(), e::getMessage);
      }
    }
  }

  private static void write(Path place) throws IOException {
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      Path path = place.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }
}
