package io.versor.engine.work;

import io.versor.format.Store;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.Scratch;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one execution of a statement has of the store's memory, and what it has put on the disk
 * because that was not enough. Thread-safe.
 */
public final class StatementMemory {
  /** Where rows go that there is no memory for. */
  @FunctionalInterface
  public interface ScratchSource {
    /** Caller closes. */
    Scratch open() throws StoreException;
  }

  /** Blocks of rows on the disk: greater ones are read no faster. */
  private static final int MOST_BLOCK_BYTES = 1 << 20;

  private static final int LEAST_BLOCK_BYTES = 1 << 14;

  /** So many blocks, some for each of the rows that are merged, fit into the limit. */
  private static final int BLOCKS = 128;

  private static final ThreadLocal<@Nullable StatementMemory> PRESENT = new ThreadLocal<>();

  private final Set<Reservation> toTheEnd = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Who gets what is kept meanwhile. */
  private @Nullable Scope scope;

  private final MemoryBudget budget;
  private final ScratchSource source;
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private final AtomicLong spilled = new AtomicLong();

  public StatementMemory(MemoryBudget budget, ScratchSource source) {
    this.budget = budget;
    this.source = source;
  }

  /** Out of what a store may take. */
  public static StatementMemory of(Store store) {
    return new StatementMemory(store.memory(), store::openScratch);
  }

  /** The statement that the thread works for, for code that is given nothing of it. */
  public static StatementMemory present() {
    StatementMemory present = PRESENT.get();
    if (present == null) {
      throw new IllegalStateException("no statement runs on this thread");
    }
    return present;
  }

  /** Makes this the one of the thread; answers the one before, for {@link #leave}. */
  public @Nullable StatementMemory enter() {
    StatementMemory before = PRESENT.get();
    PRESENT.set(this);
    return before;
  }

  /** The opposite of {@link #enter}. */
  public static void leave(@Nullable StatementMemory before) {
    PRESENT.set(before);
  }

  /** For what is kept until the end of the statement, whoever keeps it, or of a {@link Scope}. */
  public synchronized Reservation toTheEnd() {
    Reservation reservation = openReservation();
    toTheEnd.add(reservation);
    if (scope != null) {
      scope.reservations.add(reservation);
    }
    return reservation;
  }

  /** What was to be kept to the end is not any more. */
  public synchronized void ended(Reservation reservation) {
    reservation.close();
    toTheEnd.remove(reservation);
  }

  /** The statement has ended. */
  public synchronized void end() {
    toTheEnd.forEach(Reservation::close);
    toTheEnd.clear();
    scope = null;
  }

  /**
   * What is kept until the end of something that a statement does many times, instead of its own.
   * One thread.
   */
  public final class Scope implements AutoCloseable {
    private final List<Reservation> reservations = new ArrayList<>();
    private @Nullable Scope before;

    /** From now on it gets what is to be kept to the end. */
    public void enter() {
      synchronized (StatementMemory.this) {
        before = scope;
        scope = this;
      }
    }

    /** The opposite of {@link #enter}. */
    public void leave() {
      synchronized (StatementMemory.this) {
        scope = before;
      }
    }

    /** Whether it has got nothing. */
    public boolean isEmpty() {
      return reservations.isEmpty();
    }

    @Override
    public void close() {
      reservations.forEach(StatementMemory.this::ended);
      reservations.clear();
    }
  }

  /** Caller closes, or leaves it to the end of the statement. */
  public Scope openScope() {
    return new Scope();
  }

  /** For what one operator keeps. Caller closes. */
  public Reservation openReservation() {
    return new Reservation(this);
  }

  /** Bytes of a block of rows that are written to the disk and read at once. */
  public int blockBytes() {
    long share = budget.limit() / BLOCKS;
    return (int) Math.max(LEAST_BLOCK_BYTES, Math.min(MOST_BLOCK_BYTES, share));
  }

  /** Room for rows on the disk. Caller closes. */
  public Scratch openScratch() throws StoreException {
    Scratch scratch = source.open();
    return new Scratch() {
      @Override
      public long append(byte[] bytes, int offset, int length) throws StoreException {
        long at = scratch.append(bytes, offset, length);
        spilled.addAndGet(length);
        return at;
      }

      @Override
      public void read(long position, byte[] target, int offset, int length) throws StoreException {
        scratch.read(position, target, offset, length);
      }

      @Override
      public void close() {
        scratch.close();
      }
    };
  }

  /** The most that it had at once, in bytes. */
  public long peakBytes() {
    return peak.get();
  }

  /** Bytes that were written to the disk. */
  public long spilledBytes() {
    return spilled.get();
  }

  /** What an operator may have without saying so. */
  long smallBytes() {
    return budget.smallBytes();
  }

  boolean tryReserve(long bytes, long heapBytes) {
    if (!budget.tryReserve(bytes, heapBytes)) {
      return false;
    }
    hold(bytes);
    return true;
  }

  private void hold(long bytes) {
    long now = held.addAndGet(bytes);
    if (now > peak.get()) {
      peak.accumulateAndGet(now, Math::max);
    }
  }

  /** Both may be negative. */
  void take(long bytes, long heapBytes) {
    budget.reserve(bytes, heapBytes);
    hold(bytes);
  }

  void release(long bytes, long heapBytes) {
    held.addAndGet(-bytes);
    budget.release(bytes, heapBytes);
  }

  /** For an operator that can do nothing else. */
  StoreException exceeded(String what, long bytes, long heapBytes) {
    if (heapBytes > budget.heapLimit()) {
      return new StoreException(
          Code.MEMORY,
          what
              + " needs "
              + heapBytes
              + " bytes of the heap, of which statements may take "
              + budget.heapLimit()
              + ", a quarter; ask for fewer rows or columns, or start Java with a larger -Xmx");
    }
    return new StoreException(
        Code.MEMORY,
        what
            + " needs "
            + bytes
            + " bytes; memoryLimit is "
            + budget.limit()
            + ", of which running statements have "
            + budget.reserved()
            + "; ask for fewer rows or columns, or connect with a larger memoryLimit");
  }
}
