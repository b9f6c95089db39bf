package io.versor.format.pack;

import io.versor.format.io.MappedRegion;
import io.versor.format.io.Memory;
import io.versor.format.io.ObjectReader;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.lang.ref.Reference;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * One open pack, mapped. Header and footer were checked when it was opened; pages are checked when
 * they are first touched. Thread-safe.
 *
 * <p>Closing gives back the file, not the mapping: that stays for as long as a {@link PackObject}
 * or its {@link PackObject#keepAlive} is reachable, so an address cannot dangle.
 */
public final class PackReader implements PackObject.Place, AutoCloseable {
  /** So much is asked of the disk at once, and the file's length looked at before. */
  private static final int LOADED_BYTES = 1 << 20;

  private final PackId id;
  private final ObjectReader file;
  private final PackFooter footer;
  private final MappedRegion region;
  private final AtomicLongArray verified;
  private final LongAdder checkedBytes;
  private final ReadAhead readAhead;

  private PackReader(
      PackId id,
      ObjectReader file,
      PackFooter footer,
      MappedRegion region,
      LongAdder checkedBytes) {
    this.id = id;
    this.checkedBytes = checkedBytes;
    this.file = file;
    this.footer = footer;
    this.region = region;
    this.verified =
        new AtomicLongArray((PackFooter.pages(footer.dataBytes(), footer.pageBytes()) + 63) / 64);
    this.readAhead = new ReadAhead(footer.offsets(), footer.lengths(), footer.dataBytes());
  }

  /**
   * Opens a pack; {@code CORRUPT} if it is missing, cut, damaged in its footer or of another store.
   */
  public static PackReader open(ObjectStore store, UUID storeId, PackId id) throws StoreException {
    return open(store, storeId, id, new LongAdder());
  }

  /**
   * @param checkedBytes counts the bytes of the pages that were looked at
   */
  static PackReader open(ObjectStore store, UUID storeId, PackId id, LongAdder checkedBytes)
      throws StoreException {
    ObjectReader file = store.openReader(PackNames.of(id));
    try {
      PackFooter footer = PackFooter.read(file);
      byte[] header = new byte[PackHeader.BYTES];
      file.readFully(0, header, 0, header.length);
      new PackHeader(id, storeId).check(header, file.display());
      return new PackReader(id, file, footer, file.map(), checkedBytes);
    } catch (StoreException | RuntimeException e) {
      try {
        file.close();
      } catch (StoreException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  @Override
  public PackId id() {
    return id;
  }

  @Override
  public String display() {
    return file.display();
  }

  /** Size of the file in bytes. */
  public long bytes() {
    return region.length();
  }

  /** Number of objects. */
  public int objects() {
    return footer.offsets().length;
  }

  /** The packs whose objects were moved here. */
  public List<MovedPack> moved() {
    return footer.moved();
  }

  /** The address of an object: another pack's if it was moved from there. */
  public Address address(int ordinal) {
    for (MovedPack each : footer.moved()) {
      if (each.has(ordinal)) {
        return new Address(each.pack(), ordinal - each.first());
      }
    }
    return new Address(id, ordinal);
  }

  /** One object; {@code CORRUPT} if the pack has none with this ordinal. */
  public PackObject object(int ordinal) throws StoreException {
    if (ordinal < 0 || ordinal >= objects()) {
      throw new StoreException(
          Code.CORRUPT,
          display() + ": object " + ordinal + " is referred to, but it has " + objects());
    }
    return new PackObject(
        this,
        ordinal,
        footer.kinds()[ordinal],
        footer.offsets()[ordinal],
        footer.lengths()[ordinal]);
  }

  @Override
  public MappedRegion region() {
    return region;
  }

  /** Checks the pages under a range that were not checked before. */
  @Override
  public void check(PackObject object, PackObject.Use use, long from, long length)
      throws StoreException {
    long offset = object.offset() + from;
    if (length <= 0) {
      region.ensure(offset, length);
      return;
    }
    int pageBytes = footer.pageBytes();
    int last = (int) ((offset + length - 1) / pageBytes);
    int page = unverified((int) (offset / pageBytes), last);
    // Once, for all that follows: the file's length is asked of the system.
    region.ensure(offset, page > last ? length : crcsEnd(last) - offset);
    while (page <= last) {
      int end = (int) Math.min(last + 1L, page + LOADED_BYTES / pageBytes);
      checkPages(object, use, page, end);
      page = unverified(end, last);
    }
  }

  /** Takes pages that are not what was written. */
  @FunctionalInterface
  public interface PageVisitor {
    /**
     * @param from offset in the file
     * @param to behind the last byte
     */
    void damaged(long from, long to, StoreException problem) throws StoreException;
  }

  /** Reads all pages, whether they were checked before or not, and tells which are damaged. */
  public void checkAll(PageVisitor visitor) throws StoreException {
    int pages = PackFooter.pages(footer.dataBytes(), footer.pageBytes());
    for (int page = 0; page < pages; ) {
      StopSignal.check();
      int end = (int) Math.min(pages, page + (long) LOADED_BYTES / footer.pageBytes());
      try {
        checkPages(page, end);
      } catch (StoreException e) {
        checkOneByOne(page, end, visitor);
      }
      page = end;
    }
  }

  private void checkOneByOne(int from, int to, PageVisitor visitor) throws StoreException {
    for (int page = from; page < to; page++) {
      try {
        checkPages(page, page + 1);
      } catch (StoreException e) {
        long at = (long) page * footer.pageBytes();
        visitor.damaged(at, Math.min(at + footer.pageBytes(), footer.dataBytes()), e);
      }
    }
  }

  private int unverified(int page, int last) {
    int next = page;
    while (next <= last && (verified.get(next >> 6) >>> next & 1) != 0) {
      next++;
    }
    return next;
  }

  private void checkPages(PackObject object, PackObject.Use use, int from, int to)
      throws StoreException {
    long pageBytes = footer.pageBytes();
    long start = from * pageBytes;
    long end = Math.min(to * pageBytes, footer.dataBytes());
    load(object, use, start, end);
    checkLoaded(from, to);
  }

  /** The same without an object that they are asked for. */
  private void checkPages(int from, int to) throws StoreException {
    long start = (long) from * footer.pageBytes();
    long end = Math.min((long) to * footer.pageBytes(), footer.dataBytes());
    region.ensure(start, crcsEnd(to - 1) - start);
    region.load(start, end - start);
    checkLoaded(from, to);
  }

  /** Where the checksum of a page ends, which is behind all pages. */
  private long crcsEnd(int page) {
    return footer.crcsAt() + (page + 1L) * Integer.BYTES;
  }

  private void checkLoaded(int from, int to) throws StoreException {
    long pageBytes = footer.pageBytes();
    long start = from * pageBytes;
    long end = Math.min(to * pageBytes, footer.dataBytes());
    long crcs = footer.crcsAt();
    int[] sums = region.crc32c(start, end - start, footer.pageBytes());
    long bits = 0;
    for (int page = from; page < to; page++) {
      int crc = sums[page - from];
      int expected = Memory.getInt(region.address() + crcs + (long) page * Integer.BYTES);
      if (crc != expected) {
        long at = page * pageBytes;
        throw new StoreException(
            Code.CORRUPT,
            String.format(
                "%s: bytes %d to %d have checksum %08x, expected %08x; restore the file from a copy",
                display(), at, Math.min(at + pageBytes, end), crc, expected));
      }
      bits |= 1L << page;
      if ((page & 63) == 63 || page == to - 1) {
        verified.accumulateAndGet(page >> 6, bits, (before, more) -> before | more);
        bits = 0;
      }
    }
    checkedBytes.add(end - start);
    Reference.reachabilityFence(region);
  }

  private void load(PackObject object, PackObject.Use use, long start, long end)
      throws StoreException {
    ReadAhead.Range part = new ReadAhead.Range(start, end);
    ReadAhead.Range range = readAhead.of(object.ordinal(), part, use == PackObject.Use.ROW);
    if (!range.isEmpty()) {
      region.load(range.from(), range.to() - range.from());
    }
  }

  /** Gives back the file; objects handed out go on working. */
  @Override
  public void close() throws StoreException {
    file.close();
  }
}
