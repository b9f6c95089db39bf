package io.versor.format.key;

import io.versor.format.io.Memory;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackObject;
import io.versor.format.pack.Packs;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A run in a pack, read where it lies. Hashes are spread evenly, so the place of one is guessed and
 * then looked for close by: most look-ups touch one page.
 */
final class StoredKeyRun implements KeyRun {
  static final int VERSION = 1;
  static final int HEADER_BYTES = 16;

  /** A hash of 56 bits and a slot of 40: a u64 with the slot's upper 8 bits, and a u32. */
  static final int ENTRY_BYTES = 12;

  private static final int LOW_BITS = 32;
  private static final int HIGH_BITS = SLOT_BITS - LOW_BITS;
  private static final int MAGIC =
      ByteBuffer.wrap("VSKR".getBytes(StandardCharsets.US_ASCII))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getInt();

  /**
   * How far from the guess is looked first: 24 KiB each way. In a full run nearly all hashes lie
   * three times as close.
   */
  private static final int WINDOW = 2_048;

  private final Packs packs;
  private final Address address;
  private final int count;

  /** Whether the header was looked at; nothing is read when a table is opened. */
  private volatile boolean checked;

  StoredKeyRun(Packs packs, Address address, int count) {
    this.packs = packs;
    this.address = address;
    this.count = count;
  }

  /** The bytes of a run. */
  static byte[] bytes(KeyRun run) throws StoreException {
    long[] hashes = new long[run.count()];
    long[] slots = new long[run.count()];
    run.copyTo(hashes, slots, 0);
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + ENTRY_BYTES * hashes.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(MAGIC).putShort((short) VERSION).putShort((short) ENTRY_BYTES);
    bytes.putInt(hashes.length).putInt(0);
    for (int i = 0; i < hashes.length; i++) {
      bytes.putLong(hashes[i] << HIGH_BITS | slots[i] >>> LOW_BITS).putInt((int) slots[i]);
    }
    return bytes.array();
  }

  private PackObject open() throws StoreException {
    PackObject object = packs.object(address, ObjectKind.KEY_RUN);
    if (checked) {
      return object;
    }
    object.check(0, HEADER_BYTES);
    long at = object.address();
    int version = Short.toUnsignedInt(Memory.getShort(at + 4));
    if (Memory.getInt(at) == MAGIC && version > VERSION) {
      throw new StoreException(
          Code.VERSION_TOO_NEW,
          object.display()
              + ": run of keys in version "
              + version
              + ", this reader knows "
              + VERSION);
    }
    boolean right =
        Memory.getInt(at) == MAGIC
            && version == VERSION
            && Memory.getShort(at + 6) == ENTRY_BYTES
            && Memory.getInt(at + 8) == count
            && object.length() == HEADER_BYTES + (long) ENTRY_BYTES * count;
    Reference.reachabilityFence(object);
    if (!right) {
      throw new StoreException(
          Code.CORRUPT,
          object.display()
              + ": "
              + object.length()
              + " bytes are not a run of "
              + count
              + " keys, as the table says");
    }
    checked = true;
    return object;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void find(long hash, Slots found) throws StoreException {
    PackObject object = open();
    int guess = (int) Math.multiplyHigh(hash << (Long.SIZE - 1 - KeyHash.BITS), 2L * count);
    int low = Math.max(0, guess - WINDOW);
    int end = Math.min(count, guess + WINDOW);
    check(object, low, end);
    for (long step = WINDOW; low > 0 && hashAt(object, low) >= hash; step *= 2) {
      end = low + 1;
      low = (int) Math.max(0, low - step);
      check(object, low, end);
    }
    for (long step = WINDOW; end < count && hashAt(object, end - 1) < hash; step *= 2) {
      low = end - 1;
      end = (int) Math.min(count, end + step);
      check(object, low, end);
    }
    int at = lowerBound(object, hash, low, end);
    for (; at < count; at++) {
      if (at >= end) {
        check(object, at, at + 1);
      }
      long high = high(object, at);
      if (high >>> HIGH_BITS != hash) {
        break;
      }
      found.slot(slot(object, at, high));
    }
    Reference.reachabilityFence(object);
  }

  /** Before entries are read; it looks at the file, so it is done for many of them at once. */
  private static void check(PackObject object, int from, int to) throws StoreException {
    object.check(HEADER_BYTES + (long) ENTRY_BYTES * from, (long) ENTRY_BYTES * (to - from));
  }

  /** The first entry of a range that was checked whose hash is not below this one, or its end. */
  private static int lowerBound(PackObject object, long hash, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hashAt(object, middle) < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long hashAt(PackObject object, int at) {
    return high(object, at) >>> HIGH_BITS;
  }

  /** Of an entry that was checked. */
  private static long high(PackObject object, int at) {
    return Memory.getLong(object.address() + HEADER_BYTES + (long) ENTRY_BYTES * at);
  }

  /** Of an entry that was checked. */
  private static long slot(PackObject object, int at, long high) {
    long low =
        Memory.getInt(object.address() + HEADER_BYTES + (long) ENTRY_BYTES * at + Long.BYTES);
    return (high & (1 << HIGH_BITS) - 1) << LOW_BITS | low & 0xFFFF_FFFFL;
  }

  @Override
  public void copyTo(long[] hashes, long[] slots, int at) throws StoreException {
    PackObject object = open();
    object.verifyAll();
    for (int i = 0; i < count; i++) {
      long offset = HEADER_BYTES + (long) ENTRY_BYTES * i;
      long high = Memory.getLong(object.address() + offset);
      hashes[at + i] = high >>> HIGH_BITS;
      slots[at + i] = slot(object, i, high);
    }
    Reference.reachabilityFence(object);
  }

  @Override
  public Optional<Address> address() {
    return Optional.of(address);
  }
}
