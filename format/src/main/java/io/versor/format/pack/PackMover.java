package io.versor.format.pack;

import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies packs into new ones, several into one where they are small. An object keeps its number,
 * counted from the first of its pack; one that nobody needs becomes an empty one. Used by one
 * thread.
 */
public final class PackMover implements AutoCloseable {
  private final Packs packs;
  private final List<PackWriter> writers = new ArrayList<>();
  private @Nullable PackWriter current;

  public PackMover(Packs packs) {
    this.packs = packs;
  }

  /**
   * Copies a pack.
   *
   * @param gone which of its objects nobody needs
   * @return where it will be after {@link #finish}
   * @throws StoreException {@code CORRUPT} when it is damaged; then nothing was copied of it
   */
  public ServedPack move(PackId pack, BitSet gone) throws StoreException {
    int count = packs.count(pack);
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      if (!gone.get(i)) {
        PackObject object = packs.object(new Address(pack, i));
        object.verifyAll();
        bytes += object.stored();
      }
    }
    PackWriter writer = writer(bytes, count);
    int first = writer.objects();
    for (int i = 0; i < count; i++) {
      PackObject object = packs.object(new Address(pack, i));
      if (gone.get(i)) {
        writer.add(object.kind(), new byte[0]);
      } else {
        object.verifyAll();
        writer.add(object.kind(), object.address(), object.length());
      }
    }
    writer.addMoved(new MovedPack(pack, first, count));
    return new ServedPack(writer.id(), first, count);
  }

  /** A new one where the pack does not fit as a whole: its objects stay behind one another. */
  private PackWriter writer(long bytes, int count) throws StoreException {
    PackWriter writer = current;
    if (writer == null
        || writer.isFullOfMoved()
        || writer.bytes() + bytes > PackWriter.FULL_BYTES
        || writer.objects() + (long) count > PackWriter.MAX_OBJECTS) {
      writer = packs.create();
      writers.add(writer);
      current = writer;
    }
    return writer;
  }

  /** Makes the new packs durable. */
  public void finish() throws StoreException {
    for (PackWriter writer : writers) {
      writer.finish();
    }
    close();
  }

  /** Discards what was not finished. */
  @Override
  public void close() throws StoreException {
    for (PackWriter writer : writers) {
      writer.close();
    }
    writers.clear();
    current = null;
  }

  /** Bytes of a pack's objects, as they lie in a file: of all, or of some. */
  public static long bytes(Packs packs, PackId pack, Optional<BitSet> some) throws StoreException {
    int count = packs.count(pack);
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      if (some.isEmpty() || some.get().get(i)) {
        bytes += packs.object(new Address(pack, i)).stored();
      }
    }
    return bytes;
  }
}
