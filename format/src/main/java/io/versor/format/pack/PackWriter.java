package io.versor.format.pack;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import io.versor.format.io.Memory;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.ObjectWriter;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Writes one pack, front to back, with a page of memory and the table of its objects. Nobody sees
 * the pack before {@link #finish}. Used by one thread.
 */
public final class PackWriter implements AutoCloseable {
  /** A pack takes no more objects when it has this size, so the last one may make it larger. */
  public static final long FULL_BYTES = 128L << 20;

  /** One sample of at most 1 GiB, and what a chunk has around it. */
  public static final int MAX_OBJECT_BYTES = (1 << 30) + (1 << 20);

  /** Keeps a footer at tens of megabytes when objects are tiny. */
  public static final int MAX_OBJECTS = 1_000_000;

  private static final long LARGEST_DATA = FULL_BYTES + PackFooter.ALIGNMENT + MAX_OBJECT_BYTES;
  static final int MAX_PAGES = PackFooter.pages(LARGEST_DATA);
  static final long LARGEST_FILE =
      LARGEST_DATA
          + PackFooter.HEAD_BYTES
          + (long) MAX_OBJECTS * PackFooter.ENTRY_BYTES
          + (long) MAX_PAGES * Integer.BYTES
          + Long.BYTES
          + PackFooter.TRAILER_BYTES;

  private final PackId id;
  private final ObjectWriter out;
  private final byte[] page = new byte[PackFooter.PAGE_BYTES];
  private int inPage;

  private long[] offsets = new long[16];
  private int[] lengths = new int[16];
  private ObjectKind[] kinds = new ObjectKind[16];
  private int objects;

  private int[] pageCrcs = new int[16];
  private int pages;

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
    System.arraycopy(header, 0, writer.page, 0, header.length);
    writer.inPage = header.length;
    return writer;
  }

  public PackId id() {
    return id;
  }

  /** Size so far, without the footer. */
  public long bytes() {
    return out.position() + inPage;
  }

  /** Number of objects so far. */
  public int objects() {
    return objects;
  }

  /** Whether another object would be refused. */
  public boolean isFull() {
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
  public int add(ObjectKind kind, byte[] bytes, int offset, int length) throws StoreException {
    int ordinal = begin(kind, length);
    for (int done = 0; done < length; ) {
      int n = Math.min(length - done, page.length - inPage);
      System.arraycopy(bytes, offset + done, page, inPage, n);
      done += n;
      filled(n);
    }
    return ordinal;
  }

  /** Adds {@code length} bytes at an address as an object. */
  public int add(ObjectKind kind, long address, int length) throws StoreException {
    int ordinal = begin(kind, length);
    for (int done = 0; done < length; ) {
      int n = Math.min(length - done, page.length - inPage);
      Memory.copy(address + done, page, inPage, n);
      done += n;
      filled(n);
    }
    return ordinal;
  }

  private int begin(ObjectKind kind, int length) throws StoreException {
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
    Arrays.fill(page, inPage, inPage + padding, (byte) 0); // pages are a multiple of the alignment
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

  private void filled(int bytes) throws StoreException {
    inPage += bytes;
    if (inPage == page.length) {
      writePage();
    }
  }

  private void writePage() throws StoreException {
    CRC32C crc = new CRC32C();
    crc.update(page, 0, inPage);
    if (pages == pageCrcs.length) {
      pageCrcs = Arrays.copyOf(pageCrcs, 2 * pages);
    }
    pageCrcs[pages++] = (int) crc.getValue();
    out.write(page, 0, inPage);
    inPage = 0;
  }

  /** Makes the pack durable, then visible. */
  public void finish() throws StoreException {
    if (inPage > 0) {
      writePage();
    }
    PackFooter footer =
        new PackFooter(
            out.position(),
            Arrays.copyOf(offsets, objects),
            Arrays.copyOf(lengths, objects),
            Arrays.copyOf(kinds, objects),
            Arrays.copyOf(pageCrcs, pages));
    byte[] bytes = footer.encode();
    out.write(bytes, 0, bytes.length);
    out.finish();
  }

  /** Discards the pack unless it was finished. */
  @Override
  public void close() throws StoreException {
    out.close();
  }
}
