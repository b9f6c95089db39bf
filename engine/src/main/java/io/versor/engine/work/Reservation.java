package io.versor.engine.work;

import io.versor.format.type.StoreException;

/**
 * The memory of one operator, taken in steps, so that it costs nothing to say once a batch what is
 * kept. One thread.
 */
public final class Reservation implements AutoCloseable {
  private static final long STEP = 1 << 20;

  private final StatementMemory memory;
  private final long smallStep;
  private long held;
  private long heldHeap;

  Reservation(StatementMemory memory) {
    this.memory = memory;
    this.smallStep = memory.smallBytes();
  }

  /**
   * Says what is kept from now on, more than before or less.
   *
   * @param bytes outside of the heap
   * @param heapBytes on the heap
   * @return false if there is no room for it: then what was held before still is
   */
  public boolean tryHold(long bytes, long heapBytes) {
    long all = rounded(bytes + heapBytes);
    long heap = rounded(heapBytes);
    if (all == held && heap == heldHeap) {
      return true;
    }
    if (all >= held && heap >= heldHeap) {
      if (!memory.tryReserve(all - held, heap - heldHeap)) {
        return false;
      }
    } else if (all <= held && heap <= heldHeap) {
      memory.release(held - all, heldHeap - heap);
    } else { // one more, the other less
      long more = Math.max(0, all - held);
      long moreHeap = Math.max(0, heap - heldHeap);
      if (!memory.tryReserve(more, moreHeap)) {
        return false;
      }
      memory.release(Math.max(0, held - all), Math.max(0, heldHeap - heap));
    }
    held = all;
    heldHeap = heap;
    return true;
  }

  /**
   * The same where there is no other way.
   *
   * @param what keeps it, for the message
   * @throws StoreException {@code MEMORY} if there is no room
   */
  public void hold(String what, long bytes, long heapBytes) throws StoreException {
    if (!tryHold(bytes, heapBytes)) {
      throw exceeded(what, bytes, heapBytes);
    }
  }

  /** The same whatever there is: for a little that is needed to give back much. */
  public void take(long bytes, long heapBytes) {
    long all = rounded(bytes + heapBytes);
    long heap = rounded(heapBytes);
    if (all != held || heap != heldHeap) {
      memory.take(all - held, heap - heldHeap);
      held = all;
      heldHeap = heap;
    }
  }

  /** What to throw after {@link #tryHold} was false and nothing else can be done. */
  public StoreException exceeded(String what, long bytes, long heapBytes) {
    return memory.exceeded(what, bytes + heapBytes, heapBytes);
  }

  private long rounded(long bytes) {
    long step = bytes < STEP ? smallStep : STEP;
    return bytes / step * step;
  }

  @Override
  public void close() {
    tryHold(0, 0);
  }
}
