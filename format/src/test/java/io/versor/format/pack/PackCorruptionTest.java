package io.versor.format.pack;

import static io.versor.format.io.StoreErrors.expect;
import static io.versor.format.pack.PackTest.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.ObjectWriter;
import io.versor.format.io.OpenMode;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changed or missing bytes of a pack are noticed before they are used. */
class PackCorruptionTest {
  private static final UUID STORE = new UUID(0x0192a4c5d6e7f809L, 0x8a1b2c3d4e5f6071L);
  private static final PackId ID = new PackId(0x0192a4c5d6e7f809L, 1);
  private static final int PAGE = 4_096;
  private static final int OLD_PAGE = 65_536;

  private byte[] small = new byte[0];
  private final List<byte[]> objects = List.of(bytes(1, 100), bytes(2, 0), bytes(3, 200));

  @BeforeEach
  void writeSmallPack() throws Exception {
    small = pack(objects);
  }

  private static byte[] pack(List<byte[]> objects) throws Exception {
    MemoryStore store = new MemoryStore();
    try (PackWriter writer = PackWriter.create(store, STORE, ID)) {
      for (byte[] object : objects) {
        writer.add(ObjectKind.CHUNK, object);
      }
      writer.finish();
    }
    return store.load(PackNames.of(ID), Integer.MAX_VALUE).orElseThrow();
  }

  private static ObjectStore plant(byte[] bytes) throws StoreException {
    MemoryStore store = new MemoryStore();
    try (ObjectWriter writer = store.create(PackNames.of(ID))) {
      writer.write(bytes, 0, bytes.length);
      writer.finish();
    }
    return store;
  }

  private static PackReader open(byte[] bytes) throws StoreException {
    return PackReader.open(plant(bytes), STORE, ID);
  }

  @Test
  void everyFlippedByteIsNoticed() throws Exception {
    for (int mask : new int[] {0x01, 0x80, 0xff}) {
      for (int at = 0; at < small.length; at++) {
        byte[] damaged = small.clone();
        damaged[at] ^= (byte) mask;
        int place = at;
        expect(
            Code.CORRUPT,
            () -> {
              try (PackReader reader = open(damaged)) {
                for (int i = 0; i < reader.objects(); i++) {
                  assertArrayEquals(objects.get(i), reader.object(i).load(), "flip at " + place);
                }
              }
            });
      }
    }
  }

  @Test
  void everyCutIsNoticedWhenOpening() {
    for (int length = 0; length < small.length; length++) {
      byte[] cut = Arrays.copyOf(small, length);
      expect(Code.CORRUPT, () -> open(cut));
    }
  }

  @Test
  void bytesAddedAtTheEndAreNoticed() {
    for (int more : new int[] {1, 8, 24, 100}) {
      byte[] longer = Arrays.copyOf(small, small.length + more);
      expect(Code.CORRUPT, () -> open(longer));
    }
  }

  @Test
  void onlyThePagesThatAreTouchedAreChecked() throws Exception {
    byte[] large = bytes(5, 10 * PAGE);
    byte[] file = pack(List.of(large));
    file[64 + 5 * PAGE] ^= 1;
    try (PackReader reader = open(file)) {
      PackObject object = reader.object(0);
      object.check(0, 4 * PAGE);
      object.check(6 * PAGE, 4 * PAGE);
      for (int i = 0; i < 2; i++) { // and again: a failed check is not remembered as passed
        StoreException e = expect(Code.CORRUPT, () -> object.check(5 * PAGE, 1));
        assertTrue(e.getMessage().contains("20480 to 24576"), e.getMessage());
        expect(Code.CORRUPT, object::verifyAll);
        expect(Code.CORRUPT, object::load);
      }
      object.check(0, 1);
    }
  }

  /** As packs were written before pages became smaller. */
  @Test
  void aPackWithPagesOf64KiBIsReadAndChecked() throws Exception {
    byte[] large = bytes(5, 10 * OLD_PAGE);
    byte[] file = withOldPages(pack(List.of(large)));
    try (PackReader reader = open(file)) {
      assertArrayEquals(large, reader.object(0).load());
    }
    file[64 + 5 * OLD_PAGE] ^= 1;
    try (PackReader reader = open(file)) {
      PackObject object = reader.object(0);
      object.check(0, 4 * OLD_PAGE);
      StoreException e = expect(Code.CORRUPT, () -> object.check(6 * OLD_PAGE - 100, 1));
      assertTrue(e.getMessage().contains("327680 to 393216"), e.getMessage());
    }
  }

  /** The same pack of one object with a footer of larger pages. */
  private static byte[] withOldPages(byte[] pack) {
    int data = (int) ByteBuffer.wrap(pack).order(ByteOrder.LITTLE_ENDIAN).getLong(pack.length - 24);
    int pages = (data + OLD_PAGE - 1) / OLD_PAGE;
    int crcs = data + 32 + 16;
    int trailer = (crcs + 4 * pages + 7 - data & -8) + data;
    ByteBuffer old = ByteBuffer.allocate(trailer + 24).order(ByteOrder.LITTLE_ENDIAN);
    old.put(pack, 0, crcs).putInt(data + 8, OLD_PAGE).putInt(data + 12, pages);
    for (int page = 0; page < pages; page++) {
      int from = page * OLD_PAGE;
      putCrc(old.array(), from, Math.min(OLD_PAGE, data - from), crcs + 4 * page);
    }
    old.put(trailer, pack, pack.length - 24, 24).putInt(trailer + 8, trailer - data);
    seal(old.array());
    return old.array();
  }

  @Test
  void neighboursShareAPageAndItsFate() throws Exception {
    byte[] damaged = small.clone();
    damaged[64 + 128] ^= 1; // behind the first object
    try (PackReader reader = open(damaged)) {
      expect(Code.CORRUPT, () -> reader.object(0).load());
      assertEquals(0, reader.object(1).length());
      assertEquals(0, reader.object(1).load().length, "nothing is read, so nothing is wrong");
    }
  }

  @Test
  void packOfAnotherStoreOrUnderAnotherNameIsRefused() throws Exception {
    ObjectStore store = plant(small);
    StoreException e = expect(Code.CORRUPT, () -> PackReader.open(store, new UUID(1, 2), ID));
    assertTrue(e.getMessage().contains("another store"), e.getMessage());
    PackId other = new PackId(ID.msb(), 2);
    try (ObjectWriter writer = store.create(PackNames.of(other))) {
      writer.write(small, 0, small.length);
      writer.finish();
    }
    expect(Code.CORRUPT, () -> PackReader.open(store, STORE, other));
    expect(Code.CORRUPT, () -> PackReader.open(store, STORE, new PackId(ID.msb(), 3)));
  }

  /** With checksums that are right, so that the values themselves are looked at. */
  @Test
  void footerThatDoesNotFitThePackIsRefused() throws Exception {
    int footer =
        (int) ByteBuffer.wrap(small).order(ByteOrder.LITTLE_ENDIAN).getLong(small.length - 24);
    assertRefused(footer, 0); // magic
    for (int value : new int[] {-1, 2, 4, 1_000_001, Integer.MAX_VALUE}) {
      assertRefused(footer + 4, value); // objects
    }
    for (int value : new int[] {0, 1, 8_192, 65_535, 131_072, -1}) {
      assertRefused(footer + 8, value); // page bytes
    }
    for (int value : new int[] {0, 2, -1, Integer.MAX_VALUE}) {
      assertRefused(footer + 12, value); // pages
    }
    for (int value : new int[] {0, 1, footer - 1, footer + 1, -1}) {
      assertRefused(footer + 16, value); // data bytes
    }
    for (int value : new int[] {1, 10_001, -1}) {
      assertRefused(footer + 24, value); // moved packs
    }
    for (int value : new int[] {0, 63, 65, 1, footer, 1 << 30, -64}) {
      assertRefused(footer + 32, value); // offset of the first object
    }
    for (int value : new int[] {-1, footer, Integer.MAX_VALUE, 129}) {
      assertRefused(footer + 40, value); // its length: past the end, or into the next
    }
  }

  private void assertRefused(int at, int value) {
    byte[] changed = small.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    seal(changed);
    StoreException e = expect(Code.CORRUPT, () -> open(changed));
    assertTrue(e.getMessage().contains(ID.text()), e.getMessage());
  }

  @Test
  void trailerThatPointsElsewhereIsRefused() {
    ByteBuffer original = ByteBuffer.wrap(small).order(ByteOrder.LITTLE_ENDIAN);
    int trailer = small.length - 24;
    for (long footerAt : new long[] {-1, 0, 63, trailer, Long.MAX_VALUE, Long.MIN_VALUE}) {
      byte[] changed = small.clone();
      ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putLong(trailer, footerAt);
      sealTrailer(changed);
      expect(Code.CORRUPT, () -> open(changed));
    }
    for (int footerBytes : new int[] {-1, 0, 31, original.getInt(trailer + 8) + 8, 1 << 30}) {
      byte[] changed = small.clone();
      ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(trailer + 8, footerBytes);
      sealTrailer(changed);
      expect(Code.CORRUPT, () -> open(changed));
    }
  }

  @Test
  void whatANewerReleaseWroteIsRefusedByName() {
    byte[] version = small.clone();
    version[4] = 2;
    putCrc(version, 0, 60, 60);
    StoreException e = expect(Code.VERSION_TOO_NEW, () -> open(version));
    assertTrue(e.getMessage().contains("version 2"), e.getMessage());
    int footer =
        (int) ByteBuffer.wrap(small).order(ByteOrder.LITTLE_ENDIAN).getLong(small.length - 24);
    byte[] kind = small.clone();
    kind[footer + 32 + 12] = 99;
    seal(kind);
    e = expect(Code.VERSION_TOO_NEW, () -> open(kind));
    assertTrue(e.getMessage().contains("kind 99"), e.getMessage());
    byte[] reserved = small.clone();
    reserved[footer + 28] = 1;
    seal(reserved);
    expect(Code.VERSION_TOO_NEW, () -> open(reserved));
  }

  private static void seal(byte[] pack) {
    ByteBuffer buffer = ByteBuffer.wrap(pack).order(ByteOrder.LITTLE_ENDIAN);
    int trailer = pack.length - 24;
    putCrc(pack, (int) buffer.getLong(trailer), buffer.getInt(trailer + 8), trailer + 12);
    sealTrailer(pack);
  }

  private static void sealTrailer(byte[] pack) {
    int trailer = pack.length - 24;
    putCrc(pack, trailer, 16, trailer + 16);
  }

  private static void putCrc(byte[] bytes, int from, int length, int at) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, (int) crc.getValue());
  }

  /** A read behind the end of a mapped file would end the whole process. */
  @Test
  void fileCutWhileItIsOpenIsNoticedBeforeItsBytesAreRead(@TempDir Path directory)
      throws Exception {
    byte[] large = bytes(6, 1_000_000);
    try (ObjectStore disk = DirectoryStore.open(directory, OpenMode.CREATE)) {
      try (PackWriter writer = PackWriter.create(disk, STORE, ID)) {
        writer.add(ObjectKind.CHUNK, large);
        writer.finish();
      }
      try (PackReader reader = PackReader.open(disk, STORE, ID)) {
        PackObject object = reader.object(0);
        object.check(0, 10);
        object.check(900_000, 10);
        Path file = directory.resolve(PackNames.of(ID));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(100_000);
        }
        object.check(0, 10);
        object.check(3_000, 10);
        expect(Code.CORRUPT, () -> object.check(20_000, 10)); // its checksum has been cut
        expect(Code.CORRUPT, () -> object.check(900_000, 10)); // though it was checked before
        expect(Code.CORRUPT, () -> object.check(66_000, 40_000));
        expect(Code.CORRUPT, object::load);
        expect(Code.CORRUPT, () -> object.check(99_000, 10)); // its page has been cut
      }
    }
  }
}
