package io.versor.format.pack;

import io.versor.format.io.MappedRegion;
import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.lang.ref.Reference;

/**
 * One object of a pack, in mapped memory. Read no byte of it before {@link #check} has passed for
 * that byte. Thread-safe.
 */
public final class PackObject {
  /** What a part of an object is for. */
  enum Use {
    /** One row, which will take objects of other columns too. */
    ROW,
    /** Many rows, or something else. */
    OTHER
  }

  /** Where its pack's bytes are. */
  interface Place {
    PackId id();

    String display();

    /** Memory that has the object's bytes. */
    MappedRegion region();

    /**
     * Makes sure that a range of an object is what was written.
     *
     * @param from counted from the object's first byte
     */
    void check(PackObject object, Use use, long from, long bytes) throws StoreException;
  }

  private final Place place;
  private final int ordinal;
  private final ObjectKind kind;
  private final long offset;
  private final int length;

  /**
   * @param offset of the object in the place's region
   */
  PackObject(Place place, int ordinal, ObjectKind kind, long offset, int length) {
    this.place = place;
    this.ordinal = ordinal;
    this.kind = kind;
    this.offset = offset;
    this.length = length;
  }

  int ordinal() {
    return ordinal;
  }

  /** Where it begins in the place's region. */
  public long offset() {
    return offset;
  }

  /** Its name for messages. */
  public String display() {
    return place.display() + " object " + ordinal;
  }

  /** Where it lies. */
  public Address where() {
    return new Address(place.id(), ordinal);
  }

  public ObjectKind kind() {
    return kind;
  }

  /**
   * Memory address of its first byte, a multiple of 64; valid while {@link #keepAlive} is
   * reachable.
   */
  public long address() {
    return place.region().address() + offset;
  }

  /** Size in bytes. */
  public int length() {
    return length;
  }

  /** Bytes that it takes in its file. */
  public long stored() {
    return (length + PackFooter.ALIGNMENT - 1L) & -PackFooter.ALIGNMENT;
  }

  /** What must stay reachable for as long as the address is used. */
  public Object keepAlive() {
    return place.region();
  }

  /**
   * Makes sure that a range of this object is there and is what was written, and then that reading
   * it cannot fault. Cheap when done before. {@code CORRUPT} if not.
   */
  public void check(long from, long bytes) throws StoreException {
    check(Use.OTHER, from, bytes);
  }

  /** The same for one row: what lies around it may be read along with it. */
  public void checkRow(long from, long bytes) throws StoreException {
    check(Use.ROW, from, bytes);
  }

  private void check(Use use, long from, long bytes) throws StoreException {
    if (from < 0 || bytes < 0 || from > length - bytes) {
      throw new StoreException(
          Code.CORRUPT,
          display()
              + ": bytes "
              + from
              + " to "
              + (from + bytes)
              + " are asked for, but it has "
              + length);
    }
    place.check(this, use, from, bytes);
  }

  /** {@link #check} for the whole object. */
  public void verifyAll() throws StoreException {
    check(0, length);
  }

  /** A checked copy of the whole object, for small ones. */
  public byte[] load() throws StoreException {
    verifyAll();
    byte[] bytes = new byte[length];
    if (length > 0) {
      Memory.copy(address(), bytes, 0, length);
    }
    Reference.reachabilityFence(this);
    return bytes;
  }

  /** A copy of a part of what is there, right or not: for what has checksums of its own. */
  void readUnchecked(long from, byte[] target, int offset, int bytes) throws StoreException {
    if (bytes > 0) {
      place.region().ensure(this.offset + from, bytes);
      Memory.copy(address() + from, target, offset, bytes);
    }
    Reference.reachabilityFence(this);
  }

  /** This object; {@code CORRUPT} if it is not of the kind its referrer takes it for. */
  public PackObject expect(ObjectKind expected) throws StoreException {
    if (kind != expected) {
      throw new StoreException(
          Code.CORRUPT, display() + ": is of kind " + kind + ", expected " + expected);
    }
    return this;
  }
}
