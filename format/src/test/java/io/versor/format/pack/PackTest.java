package io.versor.format.pack;

import static io.versor.format.io.StoreErrors.expect;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.io.Memory;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Pieces;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects go into a pack and come out of it, by address. */
class PackTest {
  private static final UUID STORE = new UUID(0x0192a4c5d6e7f809L, 0x8a1b2c3d4e5f6071L);

  private final MemoryStore store = new MemoryStore();

  static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void objectsComeBackByTheirOrdinals() throws Exception {
    int[] lengths = {0, 1, 63, 64, 65, 4096, 65_471, 65_472, 65_473, 200_000, 0, 7};
    PackId id;
    try (PackWriter writer = PackWriter.create(store, STORE)) {
      for (int i = 0; i < lengths.length; i++) {
        ObjectKind kind = ObjectKind.values()[i % ObjectKind.values().length];
        assertEquals(i, writer.add(kind, bytes(i, lengths[i])));
      }
      assertEquals(lengths.length, writer.objects());
      assertTrue(store.list("").isEmpty(), "unseen before it is finished");
      writer.finish();
      id = writer.id();
    }
    try (PackReader reader = PackReader.open(store, STORE, id)) {
      assertEquals(lengths.length, reader.objects());
      for (int i = lengths.length - 1; i >= 0; i--) {
        PackObject object = reader.object(i);
        assertEquals(lengths[i], object.length());
        assertEquals(ObjectKind.values()[i % ObjectKind.values().length], object.kind());
        assertEquals(new Address(id, i), object.where());
        assertEquals(0, object.address() % 64, "aligned for vectors");
        assertArrayEquals(bytes(i, lengths[i]), object.load());
      }
      expect(Code.CORRUPT, () -> reader.object(lengths.length));
      expect(Code.CORRUPT, () -> reader.object(-1));
    }
  }

  @Test
  void objectsMayComeFromMemoryAndFromTheMiddleOfAnArray() throws Exception {
    byte[] array = bytes(1, 300_000);
    PackId source = write(array);
    PackId id;
    try (PackReader from = PackReader.open(store, STORE, source);
        PackWriter writer = PackWriter.create(store, STORE)) {
      PackObject object = from.object(0);
      object.verifyAll();
      writer.add(ObjectKind.CHUNK, array, 1000, 5000);
      writer.add(ObjectKind.CHUNK, object.address(), object.length());
      Reference.reachabilityFence(object);
      writer.finish();
      id = writer.id();
    }
    try (PackReader reader = PackReader.open(store, STORE, id)) {
      assertArrayEquals(java.util.Arrays.copyOfRange(array, 1000, 6000), reader.object(0).load());
      assertArrayEquals(array, reader.object(1).load());
    }
  }

  @Test
  void packWithoutObjectsIsAPack() throws Exception {
    PackId id = write();
    try (PackReader reader = PackReader.open(store, STORE, id)) {
      assertEquals(0, reader.objects());
      expect(Code.CORRUPT, () -> reader.object(0));
    }
  }

  @Test
  void rangesOutsideAnObjectAreRefused() throws Exception {
    PackId id = write(bytes(1, 100), bytes(2, 100));
    try (PackReader reader = PackReader.open(store, STORE, id)) {
      PackObject object = reader.object(0);
      object.check(0, 100);
      object.check(100, 0);
      expect(Code.CORRUPT, () -> object.check(0, 101));
      expect(Code.CORRUPT, () -> object.check(-1, 1));
      expect(Code.CORRUPT, () -> object.check(1, -1));
      expect(Code.CORRUPT, () -> object.check(Long.MAX_VALUE, 1));
      expect(Code.CORRUPT, () -> object.check(1, Long.MAX_VALUE));
    }
  }

  @Test
  void objectOfAnotherKindThanExpectedIsDamage() throws Exception {
    PackId id = write(bytes(1, 10));
    try (Packs packs = new Packs(store, STORE, 3)) {
      Address address = new Address(id, 0);
      assertEquals(ObjectKind.CHUNK, packs.object(address, ObjectKind.CHUNK).kind());
      expect(Code.CORRUPT, () -> packs.object(address, ObjectKind.NODE));
    }
  }

  @Test
  void fullPackTakesNoMore() throws Exception {
    FaultStore counting = new FaultStore();
    try (PackWriter writer = PackWriter.create(counting, STORE)) {
      byte[] tiny = new byte[0];
      for (int i = 0; i < PackWriter.MAX_OBJECTS; i++) {
        assertFalse(writer.isFull());
        writer.add(ObjectKind.NODE, tiny);
      }
      assertTrue(writer.isFull());
      expect(Code.LIMIT, () -> writer.add(ObjectKind.NODE, tiny));
      writer.finish();
      try (PackReader reader = PackReader.open(counting, STORE, writer.id())) {
        assertEquals(PackWriter.MAX_OBJECTS, reader.objects());
      }
    }
    assertEquals(1, counting.counts().get(Operation.FINISH));
  }

  @Test
  void lastObjectMayMakeThePackLargerThanFull(@TempDir Path directory) throws Exception {
    byte[] half = new byte[100 << 20];
    half[half.length - 1] = 7;
    try (ObjectStore disk = DirectoryStore.open(directory, OpenMode.CREATE);
        PackWriter writer = PackWriter.create(disk, STORE)) {
      writer.add(ObjectKind.CHUNK, half);
      assertFalse(writer.isFull());
      writer.add(ObjectKind.CHUNK, half);
      assertTrue(writer.isFull());
      expect(Code.LIMIT, () -> writer.add(ObjectKind.CHUNK, new byte[1]));
      writer.finish();
      try (PackReader reader = PackReader.open(disk, STORE, writer.id())) {
        PackObject object = reader.object(1);
        object.check(half.length - 1, 1);
        assertEquals(7, Memory.getByte(object.address() + half.length - 1));
      }
    }
  }

  @Test
  void objectLargerThanTheLimitIsRefusedBeforeItIsRead() throws Exception {
    try (PackWriter writer = PackWriter.create(store, STORE)) {
      // The address is never touched: the length alone is refused.
      expect(Code.LIMIT, () -> writer.add(ObjectKind.CHUNK, 0L, PackWriter.MAX_OBJECT_BYTES + 1));
      expect(Code.LIMIT, () -> writer.add(ObjectKind.CHUNK, 0L, -1));
    }
    assertTrue(store.list("").isEmpty());
  }

  @Test
  void packIsNamedByItsIdAndTheDayInIt() throws Exception {
    PackId id = PackId.parse("01J8938NKRKAY000000000001A");
    try (PackWriter writer = PackWriter.create(store, STORE, id)) {
      writer.finish();
    }
    assertEquals(List.of("pack/20240921/01J8938NKRKAY000000000001A.pack"), store.list(""));
    try (PackWriter again = PackWriter.create(store, STORE, id)) {
      expect(Code.IO, again::finish);
    }
    // Ids may claim any time; the name stays a name.
    PackId late = PackId.parse("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    try (PackWriter writer = PackWriter.create(store, STORE, late)) {
      writer.finish();
    }
    assertTrue(store.list("pack/99991231/").size() == 1);
    PackReader.open(store, STORE, late).close();
  }

  @Test
  void packIdsHaveOneTextEach() throws Exception {
    PackId id = new PackId(0x0192a4c5d6e7f809L, 0x8a1b2c3d4e5f6071L);
    assertEquals(id, PackId.parse(id.text()));
    assertEquals(26, id.text().length());
    for (String bad :
        List.of(
            "",
            "x",
            id.text().toLowerCase(java.util.Locale.ROOT),
            id.text() + "0",
            "81J8938NKRKAY000000000001A",
            "01J8938NKRKAY00000000000IA",
            "01J8938NKRKAY0000000000é1A")) {
      expect(Code.INVALID_VALUE, () -> PackId.parse(bad));
    }
    assertTrue(new PackId(1, -1).compareTo(new PackId(-1, 1)) < 0, "unsigned");
    assertTrue(new PackId(1, 1).compareTo(new PackId(1, -1)) < 0, "unsigned");
    assertThrows(IllegalArgumentException.class, () -> new Address(id, -1));
  }

  // Packs that are being written.

  @Test
  void objectsAreReadBeforeTheirPackIsFinished(@TempDir Path directory) throws Exception {
    int[] lengths = {0, 7, 65_472, 64, 65_473, 3_000_000, 100, 0, 200_000};
    try (ObjectStore disk = DirectoryStore.open(directory, OpenMode.CREATE)) {
      for (ObjectStore each : List.of(store, new FaultStore(), disk)) {
        List<PackObject> kept = new ArrayList<>();
        PackId id;
        try (Packs packs = new Packs(each, STORE, 3)) {
          try (PackWriter writer = packs.create()) {
            id = writer.id();
            for (int i = 0; i < lengths.length; i++) {
              assertEquals(i, writer.add(ObjectKind.CHUNK, bytes(i, lengths[i])));
              for (int k = 0; k <= i; k++) {
                PackObject object = packs.object(new Address(id, k));
                assertEquals(new Address(id, k), object.where());
                assertEquals(0, object.address() % 64, "aligned for vectors");
                assertArrayEquals(bytes(k, lengths[k]), object.load());
                kept.add(object);
              }
            }
            expect(Code.CORRUPT, () -> packs.object(new Address(id, lengths.length)));
            assertTrue(each.list("").isEmpty(), "unseen by others");
            writer.force();
            writer.finish();
          }
          for (int k = 0; k < lengths.length; k++) {
            assertArrayEquals(bytes(k, lengths[k]), packs.object(new Address(id, k)).load());
          }
        }
        for (PackObject object : kept) {
          int k = object.where().ordinal();
          assertArrayEquals(bytes(k, lengths[k]), object.load(), "read as before");
        }
      }
    }
  }

  @Test
  void whatIsGivenUpIsNotReadAnyMore() throws Exception {
    try (Packs packs = new Packs(store, STORE, 3)) {
      PackWriter writer = packs.create();
      writer.add(ObjectKind.CHUNK, bytes(1, 100));
      PackObject kept = packs.object(new Address(writer.id(), 0));
      writer.close();
      expect(Code.CORRUPT, () -> packs.object(new Address(writer.id(), 0)));
      assertArrayEquals(bytes(1, 100), kept.load());
    }
  }

  @Test
  void piecesBecomeOneObject() throws Exception {
    byte[] all = bytes(3, 400_000);
    Random random = new Random(4);
    PackId id;
    try (PackWriter writer = PackWriter.create(store, STORE)) {
      for (int round = 0; round < 20; round++) {
        int most = 1 << random.nextInt(18);
        writer.add(
            ObjectKind.CHUNK,
            new Pieces() {
              @Override
              public int length() {
                return all.length;
              }

              @Override
              public void forEach(Taker taker) throws StoreException {
                for (int at = 0; at < all.length; ) {
                  int n = Math.min(all.length - at, random.nextInt(most + 1));
                  taker.take(all, at, n);
                  at += n;
                }
              }
            });
      }
      writer.finish();
      id = writer.id();
    }
    try (PackReader reader = PackReader.open(store, STORE, id)) {
      for (int i = 0; i < reader.objects(); i++) {
        assertArrayEquals(all, reader.object(i).load());
      }
    }
  }

  /** Else what comes next would lie over what the footer says is there. */
  @Test
  void nothingFollowsAWriteThatFailed() throws Exception {
    FaultStore failing = new FaultStore();
    try (PackWriter writer = PackWriter.create(failing, STORE)) {
      writer.add(ObjectKind.CHUNK, bytes(1, 100));
      failing.failWith(Operation.WRITE_OBJECT, 0, 1, Code.DISK_FULL);
      expect(Code.DISK_FULL, () -> writer.add(ObjectKind.CHUNK, bytes(2, 200_000)));
      expect(Code.DISK_FULL, () -> writer.add(ObjectKind.CHUNK, bytes(3, 10)));
      expect(Code.DISK_FULL, writer::finish);
    }
    assertTrue(failing.list("").isEmpty());
  }

  // Many packs.

  @Test
  void fewPacksAreKeptOpenAndObjectsOutliveThem() throws Exception {
    List<PackId> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(write(bytes(i, 1000)));
    }
    ids.sort(null);
    PackObject kept;
    try (Packs packs = new Packs(store, STORE, 3)) {
      assertEquals(ids, packs.list());
      kept = packs.object(new Address(ids.get(0), 0));
      for (int round = 0; round < 3; round++) {
        for (PackId id : ids) {
          assertEquals(1000, packs.object(new Address(id, 0)).load().length);
        }
      }
      PackReader last = packs.borrow(ids.get(19));
      assertSame(last, packs.borrow(ids.get(19)));
      assertNotEquals(packs.borrow(ids.get(0)), last);
      assertTrue(packs.delete(ids.get(19)));
      assertFalse(packs.delete(ids.get(19)));
      expect(Code.CORRUPT, () -> packs.borrow(ids.get(19)));
      assertEquals(ids.subList(0, 19), packs.list());
    }
    assertEquals(1000, kept.load().length, "the mapping outlives the reader");
  }

  @Test
  void strangeFilesAmongThePacksAreNotPacks() throws Exception {
    PackId id = write(bytes(1, 10));
    for (String name :
        List.of(
            "pack/readme.txt",
            "pack/20240921/" + id.text() + ".pack", // not its day
            "pack/" + id.text() + ".pack",
            "pack/20240921/8ZZZZZZZZZZZZZZZZZZZZZZZZZ.pack")) {
      try (io.versor.format.io.ObjectWriter writer = store.create(name)) {
        writer.finish();
      }
    }
    try (Packs packs = new Packs(store, STORE, 3)) {
      assertEquals(List.of(id), packs.list());
    }
    assertThrows(IllegalArgumentException.class, () -> new Packs(store, STORE, 0));
  }

  @Test
  void packThatCouldNotBeFinishedIsNotThere() throws Exception {
    FaultStore failing = new FaultStore();
    for (Operation operation : List.of(Operation.WRITE_OBJECT, Operation.FINISH)) {
      failing.failWith(operation, 0, 1, Code.DISK_FULL);
      try (PackWriter writer = PackWriter.create(failing, STORE)) {
        expect(
            Code.DISK_FULL,
            () -> {
              writer.add(ObjectKind.CHUNK, bytes(1, 100_000));
              writer.finish();
            });
      }
      assertTrue(failing.list("").isEmpty());
    }
  }

  private PackId write(byte[]... objects) throws Exception {
    try (PackWriter writer = PackWriter.create(store, STORE)) {
      for (byte[] object : objects) {
        writer.add(ObjectKind.CHUNK, object);
      }
      writer.finish();
      return writer.id();
    }
  }
}
