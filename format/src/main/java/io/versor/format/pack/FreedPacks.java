package io.versor.format.pack;

import io.versor.format.io.ObjectStore;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The packs that were deleted last as garbage, wholly or in part. Only messages depend on it:
 * whoever still wanted one of them began before it went, and may begin anew; any other pack that is
 * missing is damage.
 */
public final class FreedPacks {
  /** The name of the object. */
  public static final String NAME = "freed";

  /** So many are known; who began before still more of them went is told of damage. */
  static final int MOST = 10_000;

  private static final int MAGIC = 0x44465356; // "VSFD"
  private static final int HEADER_BYTES = 8;
  private static final int ID_BYTES = 16;
  private static final int MAX_BYTES = HEADER_BYTES + MOST * ID_BYTES + Integer.BYTES;

  private FreedPacks() {}

  /** Adds packs that are about to be deleted, under the lock of maintenance. */
  public static void add(ObjectStore objects, Collection<PackId> freed) throws StoreException {
    if (freed.isEmpty()) {
      return;
    }
    Optional<byte[]> before = load(objects);
    if (before.isEmpty()) {
      objects.delete(NAME); // too long for a note, if it is there at all
    }
    Set<PackId> all = new LinkedHashSet<>(before.isEmpty() ? List.of() : decode(before.get()));
    all.removeAll(freed);
    all.addAll(freed);
    List<PackId> newest = new ArrayList<>(all).subList(Math.max(0, all.size() - MOST), all.size());
    if (!objects.swap(NAME, before, encode(newest))) {
      throw new StoreException(
          Code.REF_MOVED, objects.display() + "/" + NAME + ": was written meanwhile; try again");
    }
  }

  /** Whether a pack is among them. */
  public static boolean has(ObjectStore objects, PackId pack) throws StoreException {
    Optional<byte[]> bytes = load(objects);
    return bytes.isPresent() && decode(bytes.get()).contains(pack);
  }

  /** None if there is none that could be read. */
  private static Optional<byte[]> load(ObjectStore objects) throws StoreException {
    try {
      return objects.load(NAME, MAX_BYTES);
    } catch (StoreException e) {
      if (e.code() != Code.CORRUPT) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static byte[] encode(List<PackId> packs) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + packs.size() * ID_BYTES + Integer.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(MAGIC).putInt(packs.size());
    bytes.order(ByteOrder.BIG_ENDIAN);
    for (PackId pack : packs) {
      bytes.putLong(pack.msb()).putLong(pack.lsb());
    }
    bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(checksum(bytes.array()));
    return bytes.array();
  }

  /** None if it is damaged or not understood: it is written anew with the next one. */
  private static List<PackId> decode(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    boolean whole =
        content.length >= HEADER_BYTES + Integer.BYTES
            && bytes.getInt() == MAGIC
            && bytes.getInt() == (content.length - HEADER_BYTES - Integer.BYTES) / ID_BYTES
            && bytes.getInt(content.length - Integer.BYTES) == checksum(content);
    List<PackId> packs = new ArrayList<>();
    bytes.order(ByteOrder.BIG_ENDIAN);
    while (whole && bytes.remaining() > ID_BYTES) {
      packs.add(new PackId(bytes.getLong(), bytes.getLong()));
    }
    return packs;
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content, 0, content.length - Integer.BYTES);
    return (int) crc.getValue();
  }
}
