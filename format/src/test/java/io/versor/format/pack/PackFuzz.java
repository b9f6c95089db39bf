package io.versor.format.pack;

import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectWriter;
import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * For a fuzzer: a pack of which the input is the footer, behind objects of 192 bytes. Checksums of
 * footer and trailer are right; the list of packs that were deleted is read from it, too.
 */
public final class PackFuzz {
  private static final UUID STORE = new UUID(1, 2);
  private static final PackId ID = new PackId(0x01921234_56789abcL << 16 >>> 16, 42);
  private static final int DATA_BYTES = 256;

  private PackFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    ByteBuffer file =
        ByteBuffer.allocate(DATA_BYTES + input.length + 24).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new PackHeader(ID, STORE).encode()).position(DATA_BYTES);
    file.put(input);
    int trailer = file.position();
    file.putLong(DATA_BYTES).putInt(input.length).putInt(crc(input, 0, input.length));
    file.putInt(crc(file.array(), trailer, 16)).put(new byte[] {'V', 'S', 'P', 'E'});
    MemoryStore objects = new MemoryStore();
    try (ObjectWriter out = objects.create(PackNames.of(ID))) {
      out.write(file.array(), 0, file.capacity());
      out.finish();
    }
    try (PackReader pack = PackReader.open(objects, STORE, ID)) {
      for (int i = 0; i < Math.min(100, pack.objects()); i++) {
        pack.address(i);
        try {
          pack.object(i).load();
        } catch (StoreException e) {
          requireText(e);
        }
      }
    } catch (StoreException e) {
      requireText(e);
    }
    objects.swap(
        FreedPacks.NAME, java.util.Optional.empty(), input.length > 0 ? input : new byte[1]);
    FreedPacks.has(objects, ID);
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static void requireText(StoreException e) {
    if (e.getMessage().length() < 10) {
      throw new AssertionError("says too little", e);
    }
  }
}
