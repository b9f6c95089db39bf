package io.versor.format.io;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that a store's cache of decoded chunks and all statements over it may take in this
 * process, outside of the heap and on it. What statements reserve the cache has to do without: it
 * gives way at once. A store that is opened twice, to read only and to write, has two caches, which
 * share evenly. Thread-safe; cheap when asked in steps of a mebibyte.
 */
public final class MemoryBudget {
  /** Statements work in batches; less than this would not hold one of each operator. */
  public static final long LEAST_BYTES = 1 << 20;

  /** Shared with whatever program we are in, and arrays need as much again when they grow. */
  private static final int SHARE_OF_HEAP = 4;

  private static final int SHARE_OF_MACHINE = 4;

  private static final long MOST_SMALL_BYTES = 1 << 16;

  /** Operators of a statement, or of several. */
  private static final int MANY = 16;

  /** Of the limit: what the caches take at most. */
  private static final int SHARE_OF_LIMIT = 2;

  /** Keeps what could be made again. */
  @FunctionalInterface
  public interface Yielding {
    /** Called when statements have reserved more: give back what there is no room for any more. */
    void giveWay();
  }

  private final long heapLimit = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
  private final AtomicLong reserved = new AtomicLong();
  private final AtomicLong reservedHeap = new AtomicLong();

  /** 0 = not known yet. */
  private volatile long limit;

  private final List<Yielding> caches = new CopyOnWriteArrayList<>();

  private MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** A quarter of the machine's memory, or of what its container may have. */
  public static MemoryBudget ofMachine() {
    return new MemoryBudget(0);
  }

  /**
   * @param limit in bytes; one that users give is at least {@link #LEAST_BYTES}
   */
  public static MemoryBudget of(long limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("a limit of " + limit + " bytes");
    }
    return new MemoryBudget(limit);
  }

  /** All that may be taken. */
  public long limit() {
    long known = limit;
    if (known == 0) {
      known = Math.max(LEAST_BYTES, MachineMemory.bytes() / SHARE_OF_MACHINE);
      limit = known;
    }
    return known;
  }

  /** What an operator may have without saying so: there may be many that have little. */
  public long smallBytes() {
    long known = limit; // asking the machine would be too much for this
    return known == 0 ? MOST_SMALL_BYTES : Math.min(MOST_SMALL_BYTES, 1 + known / MANY);
  }

  /** Most of it that may be on the heap: a quarter of what the heap may grow to. */
  public long heapLimit() {
    return heapLimit;
  }

  /** What statements have now. */
  public long reserved() {
    return reserved.get();
  }

  /** Somebody begins to keep decoded chunks. */
  public void addCache(Yielding keeper) {
    caches.add(keeper);
    giveWay(); // there is less for the others now
  }

  /** The opposite of {@link #addCache}. */
  public void removeCache(Yielding keeper) {
    caches.remove(keeper);
  }

  /** Whether a cache of this size is small enough beside what statements and other caches have. */
  public boolean allowsCache(long bytes) {
    long all = bytes * Math.max(1, caches.size());
    return fits(SHARE_OF_LIMIT * all) && fits(all + reserved.get());
  }

  private void giveWay() {
    for (Yielding keeper : caches) {
      keeper.giveWay();
    }
  }

  /**
   * Takes memory for a statement, or nothing.
   *
   * @param bytes in all, those on the heap too
   * @param heapBytes those on the heap
   */
  public boolean tryReserve(long bytes, long heapBytes) {
    if (!fits(reserved.addAndGet(bytes))) {
      reserved.addAndGet(-bytes);
      return false;
    }
    if (reservedHeap.addAndGet(heapBytes) > heapLimit && heapBytes > 0) {
      release(bytes, heapBytes);
      return false;
    }
    giveWay();
    return true;
  }

  /**
   * Takes memory whatever there is: a little that somebody cannot do without who is about to give
   * back much.
   */
  public void reserve(long bytes, long heapBytes) {
    reserved.addAndGet(bytes);
    reservedHeap.addAndGet(heapBytes);
    giveWay();
  }

  public void release(long bytes, long heapBytes) {
    reserved.addAndGet(-bytes);
    reservedHeap.addAndGet(-heapBytes);
  }

  /**
   * The machine is asked only by who has use for much: it takes Java up to a tenth of a second. No
   * heap is greater than the machine, so a quarter of the heap is within the limit.
   */
  private boolean fits(long bytes) {
    return limit == 0 && bytes <= heapLimit || bytes <= limit();
  }
}
