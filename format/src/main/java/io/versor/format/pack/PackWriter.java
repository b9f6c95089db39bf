package io.versor.format.pack;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import io.versor.format.io.MappedRegion;
import io.versor.format.io.Memory;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.ObjectWriter;
import io.versor.format.io.Pieces;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes one pack, front to back, with a small buffer and the table of its objects. Nobody sees the
 * pack before {@link #finish}, but what was added can be read through this. After a write that
 * failed the pack can only be closed. Thread-safe.
 */
public final class PackWriter implements AutoCloseable {
  /** A pack takes no more objects when it has this size, so the last one may make it larger. */
  public static final long FULL_BYTES = 128L << 20;

  /** One sample of at most 1 GiB, and what a chunk has around it. */
  public static final int MAX_OBJECT_BYTES = (1 << 30) + (1 << 20);

  /** Keeps a footer at tens of megabytes when objects are tiny. */
  public static final int MAX_OBJECTS = 1_000_000;

  /** Java copies what it writes from the heap through a buffer of this size. */
  private static final int LARGEST_WRITE = 1 << 20;

  private static final int BUFFER_BYTES = 16 * PackFooter.PAGE_BYTES;

  private static final long LARGEST_DATA = FULL_BYTES + PackFooter.ALIGNMENT + MAX_OBJECT_BYTES;
  static final int MAX_PAGES = PackFooter.pages(LARGEST_DATA, PackFooter.PAGE_BYTES);
  static final long LARGEST_FILE =
      LARGEST_DATA
          + PackFooter.HEAD_BYTES
          + (long) MAX_OBJECTS * PackFooter.ENTRY_BYTES
          + (long) MAX_PAGES * Integer.BYTES
          + (long) PackFooter.MAX_MOVED * PackFooter.MOVED_BYTES
          + Long.BYTES
          + PackFooter.TRAILER_BYTES;

  private final PackId id;
  private final ObjectWriter out;

  /** What was added and is not in the file yet: many pages, which are written together. */
  private final byte[] buffer = new byte[BUFFER_BYTES];

  private int inBuffer;

  private long[] offsets = new long[16];
  private int[] lengths = new int[16];
  private ObjectKind[] kinds = new ObjectKind[16];
  private int objects;

  private int[] pageCrcs = new int[16];
  private int pages;

  private final List<MovedPack> moved = new ArrayList<>();

  /** A write that failed: what should lie behind it has no place. */
  private @Nullable StoreException failure;

  private boolean ended;
  private Runnable atEnd = () -> {};

  private PackWriter(PackId id, ObjectWriter out) {
    this.id = id;
    this.out = out;
  }

  /** Starts a pack with a fresh id. Caller closes. */
  public static PackWriter create(ObjectStore store, UUID storeId) throws StoreException {
    Ulid ulid = UlidCreator.getUlid();
    return create(
        store, storeId, new PackId(ulid.getMostSignificantBits(), ulid.getLeastSignificantBits()));
  }

  /** Starts the pack {@code id}, which nobody else uses. Caller closes. */
  public static PackWriter create(ObjectStore store, UUID storeId, PackId id)
      throws StoreException {
    PackWriter writer = new PackWriter(id, store.create(PackNames.of(id)));
    byte[] header = new PackHeader(id, storeId).encode();
    System.arraycopy(header, 0, writer.buffer, 0, header.length);
    writer.inBuffer = header.length;
    return writer;
  }

  public PackId id() {
    return id;
  }

  /** What is done when the pack is finished or given up: nothing can be read through this then. */
  synchronized void atEnd(Runnable task) {
    atEnd = task;
  }

  /** Size so far, without the footer. */
  public synchronized long bytes() {
    return out.position() + inBuffer;
  }

  /** Number of objects so far. */
  public synchronized int objects() {
    return objects;
  }

  /** Whether another object would be refused. */
  public synchronized boolean isFull() {
    return objects >= MAX_OBJECTS || bytes() >= FULL_BYTES;
  }

  /** Adds an object; returns its ordinal, the second half of its {@link Address}. */
  public int add(ObjectKind kind, byte[] object) throws StoreException {
    return add(kind, object, 0, object.length);
  }

  /**
   * Adds {@code length} bytes of an array as an object. {@code LIMIT} if it is too large or the
   * pack full.
   */
  public synchronized int add(ObjectKind kind, byte[] bytes, int offset, int length)
      throws StoreException {
    int ordinal = begin(kind, length);
    put(bytes, offset, length);
    return ordinal;
  }

  /** Adds bytes as an object. */
  public synchronized int add(ObjectKind kind, Pieces object) throws StoreException {
    int ordinal = begin(kind, object.length());
    object.forEach(this::put);
    return ordinal;
  }

  /** Adds {@code length} bytes at an address as an object. */
  public synchronized int add(ObjectKind kind, long address, int length) throws StoreException {
    int ordinal = begin(kind, length);
    for (int done = 0; done < length; ) {
      int n = Math.min(length - done, buffer.length - inBuffer);
      Memory.copy(address + done, buffer, inBuffer, n);
      done += n;
      filled(n);
    }
    return ordinal;
  }

  /** Whole buffers go straight from the array to the file. */
  private void put(byte[] bytes, int offset, int length) throws StoreException {
    for (int done = 0; done < length; ) {
      int left = length - done;
      int n = Math.min(left, buffer.length - inBuffer);
      if (n == buffer.length) {
        n = Math.min(left, LARGEST_WRITE) / buffer.length * buffer.length;
        write(bytes, offset + done, n);
      } else {
        System.arraycopy(bytes, offset + done, buffer, inBuffer, n);
        filled(n);
      }
      done += n;
    }
  }

  private int begin(ObjectKind kind, int length) throws StoreException {
    checkWhole();
    if (length < 0 || length > MAX_OBJECT_BYTES) {
      throw new StoreException(
          Code.LIMIT,
          out.display()
              + ": an object of "
              + length
              + " bytes, expected at most "
              + MAX_OBJECT_BYTES);
    }
    if (isFull()) {
      throw new StoreException(
          Code.LIMIT,
          out.display() + ": is full with " + objects + " objects in " + bytes() + " bytes");
    }
    int padding = (int) (-bytes() & (PackFooter.ALIGNMENT - 1));
    Arrays.fill(
        buffer, inBuffer, inBuffer + padding, (byte) 0); // pages are a multiple of the alignment
    filled(padding);
    if (objects == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * objects);
      lengths = Arrays.copyOf(lengths, 2 * objects);
      kinds = Arrays.copyOf(kinds, 2 * objects);
    }
    offsets[objects] = bytes();
    lengths[objects] = length;
    kinds[objects] = kind;
    return objects++;
  }

  private void checkWhole() throws StoreException {
    if (failure != null) {
      throw new StoreException(failure.code(), failure.getMessage(), failure);
    }
  }

  private void filled(int bytes) throws StoreException {
    inBuffer += bytes;
    if (inBuffer == buffer.length) {
      writeBuffer();
    }
  }

  private void writeBuffer() throws StoreException {
    write(buffer, 0, inBuffer);
    inBuffer = 0;
  }

  /** Writes pages, of which only the last of all may be shorter. */
  private void write(byte[] bytes, int offset, int length) throws StoreException {
    for (int done = 0; done < length; done += PackFooter.PAGE_BYTES) {
      CRC32C crc = new CRC32C();
      crc.update(bytes, offset + done, Math.min(PackFooter.PAGE_BYTES, length - done));
      if (pages == pageCrcs.length) {
        pageCrcs = Arrays.copyOf(pageCrcs, 2 * pages);
      }
      pageCrcs[pages++] = (int) crc.getValue();
    }
    try {
      out.write(bytes, offset, length);
    } catch (StoreException e) {
      failure = e;
      throw e;
    }
  }

  /** Says in the footer that these objects are those of another pack. */
  synchronized void addMoved(MovedPack pack) {
    moved.add(pack);
  }

  /** Whether no more packs can be moved here. */
  synchronized boolean isFullOfMoved() {
    return moved.size() >= PackFooter.MAX_MOVED;
  }

  /** An object that was added; empty once the pack is finished, or given up. */
  synchronized Optional<PackObject> find(int ordinal) throws StoreException {
    if (ended || ordinal < 0 || ordinal >= objects) {
      return Optional.empty();
    }
    long offset = offsets[ordinal];
    int length = lengths[ordinal];
    int written = (int) Math.max(0, Math.min(length, out.position() - offset));
    MappedRegion region;
    if (length > 0 && written == length) {
      region = out.map(offset, length);
    } else {
      byte[] bytes = new byte[length];
      if (written > 0) {
        MappedRegion front = out.map(offset, written);
        Memory.copy(front.address(), bytes, 0, written);
        Reference.reachabilityFence(front);
      }
      int from = (int) Math.max(0, offset - out.position());
      System.arraycopy(buffer, from, bytes, written, length - written);
      region = MappedRegion.ofCopy(out.display(), bytes, 0, length);
    }
    return Optional.of(
        new PackObject(
            new Unfinished(id, out.display(), region), ordinal, kinds[ordinal], 0, length));
  }

  /** Bytes of a pack that is still being written, which have no checksums yet. */
  private record Unfinished(PackId id, String display, MappedRegion region)
      implements PackObject.Place {
    @Override
    public void check(PackObject object, PackObject.Use use, long from, long bytes)
        throws StoreException {
      region.ensure(object.offset() + from, bytes);
    }
  }

  /**
   * Puts what was written so far on the disk, so that {@link #finish} has less to do. Others may
   * add meanwhile.
   */
  public void force() throws StoreException {
    try {
      out.force();
    } catch (StoreException e) {
      synchronized (this) {
        failure = e; // the system tells it once
      }
      throw e;
    }
  }

  /** Makes the pack durable, then visible. */
  public synchronized void finish() throws StoreException {
    checkWhole();
    if (inBuffer > 0) {
      writeBuffer();
    }
    byte[] bytes =
        PackFooter.encode(
            out.position(),
            objects,
            offsets,
            lengths,
            kinds,
            Arrays.copyOf(pageCrcs, pages),
            moved);
    out.write(bytes, 0, bytes.length);
    out.finish();
    end();
  }

  private void end() {
    ended = true;
    atEnd.run();
  }

  /** Discards the pack unless it was finished. */
  @Override
  public synchronized void close() throws StoreException {
    if (!ended) {
      end();
    }
    out.close();
  }
}
