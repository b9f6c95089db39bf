package io.versor.format.table;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.chunk.ChunkWriter;
import io.versor.format.chunk.EncodedChunk;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.io.Background;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.StopSignal;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.record.Cells;
import io.versor.format.tree.ContentHash;
import io.versor.format.type.StoreException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encodes chunks on whatever threads are free, and puts them into packs in the order in which they
 * were given: the bytes of a pack do not depend on threads. Its methods are called by one thread,
 * which helps where it would have to wait.
 */
public final class ChunkQueue {
  /**
   * Samples that wait, at most: some chunks for each thread of a small machine, and fewer if
   * statements have the memory. A chunk that there is no room for waits alone.
   */
  private static final long MOST_BYTES = 32L << 20;

  private final PackSink sink;
  private final Background background;
  private final MemoryBudget memory;

  /** Those that are not in a pack yet, oldest first. */
  private final ArrayDeque<Entry> waiting = new ArrayDeque<>();

  private long waitingBytes;
  private int helpers;

  /** Whether a thread is putting the oldest into a pack. */
  private boolean storing;

  /**
   * @param memory what samples that wait are taken from
   */
  public ChunkQueue(PackSink sink, Background background, MemoryBudget memory) {
    this.sink = sink;
    this.background = background;
    this.memory = memory;
  }

  private enum State {
    GIVEN,
    TAKEN,
    ENCODED,
    STORED
  }

  /** A chunk on its way. What is done with is forgotten: a statement may have many of these. */
  public static final class Entry {
    private @Nullable HeapColumn column;
    private final int from;
    private final int count;
    private final long bytes;
    private State state = State.GIVEN;
    private boolean counted;
    private @Nullable EncodedChunk encoded;
    private long storedBytes;
    private byte[] hash = {};
    private Optional<ChunkStats> stats = Optional.empty();
    private @Nullable Address address;
    private @Nullable Throwable failure;

    private Entry(HeapColumn column, int from, int count) {
      this.column = column;
      this.from = from;
      this.count = count;
      this.bytes = column.bytes() * count / Math.max(1, column.rows());
    }

    private void encode() {
      try {
        HeapColumn samples = Objects.requireNonNull(column);
        EncodedChunk chunk = ChunkWriter.encodeForPack(samples, from, count);
        hash = ContentHash.of(chunk);
        stats = Optional.of(ChunkStats.of(samples, from, count));
        encoded = chunk;
      } catch (Throwable e) { // whatever it is, the one who waits gets it
        failure = e;
      }
      column = null;
    }

    private void store(PackSink sink) {
      EncodedChunk chunk = encoded;
      if (chunk != null) {
        try {
          address = sink.store(ObjectKind.CHUNK, chunk);
          storedBytes = chunk.length();
        } catch (Throwable e) { // the same
          failure = e;
        }
        encoded = null;
      }
    }
  }

  /** Takes samples that are to become a chunk. */
  public Entry add(HeapColumn column, int from, int count) throws StoreException {
    StopSignal.check();
    Entry entry = new Entry(column, from, count);
    while (!admit(entry)) {
      help();
    }
    return entry;
  }

  private synchronized boolean admit(Entry entry) {
    if (!waiting.isEmpty() && waitingBytes + entry.bytes > MOST_BYTES) {
      return false;
    }
    entry.counted = memory.tryReserve(entry.bytes, entry.bytes);
    if (!entry.counted && !waiting.isEmpty()) {
      return false;
    }
    waiting.add(entry);
    waitingBytes += entry.bytes;
    if (helpers < background.threads() - 1 && background.start(this::work)) {
      helpers++;
    }
    return true;
  }

  /** An entry does not wait any more. */
  private void forget(Entry entry) {
    waitingBytes -= entry.bytes;
    if (entry.counted) {
      entry.counted = false;
      memory.release(entry.bytes, entry.bytes);
    }
  }

  /** Waits until a chunk is in its pack; which slice of it holds all its samples. */
  public Cells.Slice settled(Entry entry) throws StoreException {
    while (!isStored(entry)) {
      help();
    }
    if (entry.failure instanceof StoreException e) {
      throw e;
    }
    if (entry.failure instanceof RuntimeException e) {
      throw e;
    }
    if (entry.failure instanceof Error e) {
      throw e;
    }
    Address address = entry.address;
    if (address == null) {
      throw new IllegalStateException("a chunk that was never stored", entry.failure);
    }
    return new Cells.Slice(
        address, entry.count, entry.storedBytes, 0, entry.count, entry.hash, entry.stats);
  }

  private synchronized boolean isStored(Entry entry) {
    return entry.state == State.STORED;
  }

  /** Gives up what is not in a pack yet; returns when no thread is at any of it. */
  public synchronized void discard() {
    Entry beingStored = storing ? waiting.peek() : null;
    waiting.removeIf(
        entry -> {
          boolean idle = entry.state != State.TAKEN && entry != beingStored;
          if (idle) {
            forget(entry);
          }
          return idle;
        });
    boolean interrupted = false;
    while (!waiting.isEmpty()) {
      interrupted |= awaitChange();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a chunk is on its way. */
  synchronized boolean isBusy() {
    return !waiting.isEmpty() || storing;
  }

  /**
   * Does a piece of the work, or waits until another thread has done one. It may have done the last
   * one since the caller looked; then there is nobody to wait for.
   */
  private void help() {
    Entry next;
    synchronized (this) {
      next = take();
      if (next == null) {
        if (!waiting.isEmpty() && awaitChange()) {
          Thread.currentThread().interrupt();
        }
        return;
      }
    }
    encode(next);
  }

  /** Whether the thread was interrupted meanwhile. */
  private boolean awaitChange() {
    boolean interrupted = Thread.interrupted();
    try {
      wait();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    return interrupted;
  }

  private synchronized @Nullable Entry take() {
    for (Entry entry : waiting) {
      if (entry.state == State.GIVEN) {
        entry.state = State.TAKEN;
        return entry;
      }
    }
    return null;
  }

  /** What a thread of the background does. */
  private void work() {
    while (true) {
      Entry next;
      synchronized (this) {
        next = take();
        if (next == null) {
          helpers--;
          return;
        }
      }
      encode(next);
    }
  }

  private void encode(Entry entry) {
    entry.encode();
    synchronized (this) {
      entry.state = State.ENCODED;
    }
    while (storeOldest()) {}
  }

  /** False if another thread is at it, or the oldest is not encoded yet. */
  private boolean storeOldest() {
    Entry oldest;
    synchronized (this) {
      oldest = waiting.peek();
      if (storing || oldest == null || oldest.state != State.ENCODED) {
        return false;
      }
      storing = true;
    }
    oldest.store(sink);
    synchronized (this) {
      storing = false;
      oldest.state = State.STORED;
      waiting.remove();
      forget(oldest);
      notifyAll();
    }
    return true;
  }
}
