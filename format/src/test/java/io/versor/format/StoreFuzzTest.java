package io.versor.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.Vector;
import io.versor.format.io.MemoryStore;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Stores that somebody has forged: bytes are other ones and all checksums are right, so decoders
 * see what they would never write. They say what is wrong; nothing else comes out, soon, and all
 * memory is given back. The golden stores are what is forged.
 */
class StoreFuzzTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final StoreOptions EXISTING = StoreOptions.defaults().withCreate(false);
  private static final long MOST_MEMORY = 256 << 20;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** What is forged. */
  enum Target {
    /** Branches, tags, checkpoints, as JSON. */
    ROOT,
    /** Where objects are in a pack, and their kinds. */
    PACK_FOOTER,
    /** Chunks, nodes, checkpoints, runs of keys and of the commit index. */
    PACK_OBJECT,
    /** Records. */
    FRAME_PAYLOAD,
    /** Numbers, lengths, places of frames and segments. */
    LOG_HEADER
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void forgedStoresAreRefusedOrRead(Target target) throws Exception {
    fuzz(target, 100, 1);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("long")
  @Timeout(600)
  void manyForgedStoresAreRefusedOrRead(Target target) throws Exception {
    fuzz(target, 1_000, 1_000);
  }

  private static void fuzz(Target target, int executions, long firstSeed) throws Exception {
    List<Map<String, byte[]>> corpus = corpus();
    int refused = 0;
    for (long seed = firstSeed; seed < firstSeed + executions; seed++) {
      Random random = new Random(seed);
      Map<String, byte[]> forged = new TreeMap<>(corpus.get(random.nextInt(corpus.size())));
      if (!forge(forged, target, random)) {
        continue;
      }
      long begin = System.nanoTime();
      try {
        refused += read(StoreFiles.plant(forged, new MemoryStore())) ? 0 : 1;
      } catch (Exception | Error e) {
        throw new AssertionError(target + ", seed " + seed + ": " + e, e);
      }
      long took = System.nanoTime() - begin;
      assertTrue(took < MOST_NANOS, target + ", seed " + seed + " took " + took + " ns");
    }
    System.out.println(target + ": " + executions + " forged stores, " + refused + " refused");
    assertTrue(refused > 0, "none was refused");
  }

  private static List<Map<String, byte[]>> corpus() throws Exception {
    List<Map<String, byte[]>> stores = new ArrayList<>();
    try (Stream<Path> all = Files.list(GOLDEN)) {
      for (Path place : all.filter(Files::isDirectory).sorted().toList()) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> inside = Files.walk(place)) {
          for (Path file : inside.filter(Files::isRegularFile).toList()) {
            String name = place.relativize(file).toString().replace('\\', '/');
            if (name.equals("root") || name.startsWith("log/") || name.startsWith("pack/")) {
              files.put(name, Files.readAllBytes(file)); // beside what was expected of the store
            }
          }
        }
        stores.add(files);
      }
    }
    return stores;
  }

  // --- reading

  /** Everything there is; false if some of it was refused. */
  private static boolean read(MemoryStore objects) {
    boolean whole = true;
    try (BufferAllocator allocator = new RootAllocator(MOST_MEMORY)) {
      try (Store store = Store.open(objects, EXISTING)) {
        for (Branch branch : store.branches()) {
          whole &= tried(() -> read(store.head(branch.name()), allocator));
          if (branch.head().isPresent()) {
            whole &=
                tried(
                    () -> {
                      CommitCursor cursor = store.log(branch.head().get());
                      while (cursor.next().isPresent()) {
                        continue;
                      }
                      read(store.at(branch.head().get()), allocator);
                    });
          }
        }
        whole &= tried(() -> store.tags().forEach(tag -> tag.name().length()));
        whole &= store.check().isEmpty();
      } catch (StoreException e) {
        requireNamed(e);
        return false;
      }
    }
    return whole;
  }

  private interface Reading {
    void run() throws StoreException;
  }

  private static boolean tried(Reading reading) {
    try {
      reading.run();
      return true;
    } catch (StoreException e) {
      requireNamed(e);
      return false;
    }
  }

  private static void requireNamed(StoreException e) {
    assertTrue(e.getMessage() != null && e.getMessage().length() > 10, e::toString);
  }

  private static void read(Snapshot snapshot, BufferAllocator allocator) throws StoreException {
    for (TableSnapshot table : snapshot.tables()) {
      List<Long> columns = table.schema().columns().stream().map(Column::id).toList();
      try (TableScan scan = table.openScan(ScanRequest.of(columns), allocator)) {
        while (scan.next()) {
          for (int c = 0; c < columns.size(); c++) {
            Vector vector = scan.column(c);
            for (int row = 0; row < vector.length(); row++) {
              if (!vector.isNull(row)) {
                vector.bytesAt(row);
              }
            }
          }
        }
      }
    }
  }

  // --- forging

  private static boolean forge(Map<String, byte[]> files, Target target, Random random) {
    String folder =
        switch (target) {
          case ROOT -> "root";
          case PACK_FOOTER, PACK_OBJECT -> "pack/";
          default -> "log/";
        };
    List<String> names = files.keySet().stream().filter(n -> n.startsWith(folder)).toList();
    if (names.isEmpty()) {
      return false;
    }
    String name = names.get(random.nextInt(names.size()));
    byte[] bytes = files.get(name).clone();
    switch (target) {
      case ROOT -> bytes = forgeRoot(bytes, random);
      case PACK_FOOTER, PACK_OBJECT -> forgePack(bytes, target == Target.PACK_FOOTER, random);
      default -> forgeLog(bytes, target == Target.LOG_HEADER, random);
    }
    files.put(name, bytes);
    return true;
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] forgeRoot(byte[] root, Random random) {
    String text = new String(root, ISO_8859_1);
    byte[] content = text.substring(0, text.lastIndexOf(",\"crc\"")).getBytes(ISO_8859_1);
    byte[] forged = Mutations.of(content, random);
    String digits = HexFormat.of().toHexDigits(crc(forged, 0, forged.length));
    return (new String(forged, ISO_8859_1) + ",\"crc\":\"" + digits + "\"}\n").getBytes(ISO_8859_1);
  }

  /** FORMAT.md, "Packs": pages, a footer with their checksums, a trailer. */
  private static void forgePack(byte[] pack, boolean footer, Random random) {
    ByteBuffer out = view(pack);
    int trailer = pack.length - 24;
    int footerAt = (int) out.getLong(trailer);
    int footerBytes = out.getInt(trailer + 8);
    int objects = out.getInt(footerAt + 4);
    int pageBytes = out.getInt(footerAt + 8);
    int crcs = footerAt + 32 + 16 * objects;
    if (footer) {
      Mutations.inPlace(pack, footerAt, crcs, random);
    } else {
      int object = footerAt + 32 + 16 * random.nextInt(objects);
      int at = (int) out.getLong(object);
      // The beginning of an object says how the rest is to be read.
      int length = out.getInt(object + 8);
      int most = random.nextBoolean() ? length : Math.min(length, 80);
      Mutations.inPlace(pack, at, at + most, random);
      for (int page = 0; page * pageBytes < footerAt; page++) {
        int from = page * pageBytes;
        out.putInt(crcs + 4 * page, crc(pack, from, Math.min(pageBytes, footerAt - from)));
      }
    }
    out.putInt(trailer + 12, crc(pack, footerAt, footerBytes));
    if (footer && random.nextInt(8) == 0) {
      Mutations.inPlace(pack, trailer, trailer + 16, random);
    }
    out.putInt(trailer + 16, crc(pack, trailer, 16));
  }

  /** FORMAT.md, "Logs": a header of 64 bytes, and frames whose checksums are a chain. */
  private static void forgeLog(byte[] log, boolean header, Random random) {
    ByteBuffer out = view(log);
    List<Integer> frames = new ArrayList<>();
    for (int at = 64; at + 40 <= log.length && out.getInt(at) == 0x5246_5356; ) {
      frames.add(at);
      at += 40 + out.getInt(at + 4) + 7 & -8;
    }
    int forged = frames.isEmpty() ? -1 : random.nextInt(frames.size());
    if (header && (forged < 0 || random.nextInt(3) == 0)) {
      Mutations.inPlace(log, 24, 60, random);
      out.putInt(60, crc(log, 0, 60));
      return;
    }
    for (int i = Math.max(forged, 0); i < frames.size(); i++) {
      int at = frames.get(i);
      int payload = out.getInt(at + 4);
      if (i == forged) {
        Mutations.inPlace(
            log, header ? at + 4 : at + 40, header ? at + 28 : at + 40 + payload, random);
        payload = Math.max(0, Math.min(out.getInt(at + 4), log.length - at - 40));
      } else {
        out.putInt(at + 24, out.getInt(frames.get(i - 1) + 28));
      }
      byte[] chained = new byte[4 + payload];
      System.arraycopy(log, at + 24, chained, 0, 4);
      System.arraycopy(log, at + 40, chained, 4, payload);
      out.putInt(at + 28, crc(chained, 0, chained.length));
      out.putInt(at + 36, crc(log, at, 36));
    }
  }
}
