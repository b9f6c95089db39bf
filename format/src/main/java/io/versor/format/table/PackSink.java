package io.versor.format.table;

import io.versor.format.io.Pieces;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.PackWriter;
import io.versor.format.pack.Packs;
import io.versor.format.tree.NodeSink;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts objects in new packs, as many as it takes. The addresses it gives can be read at once, and
 * for good after {@link #finish}. Thread-safe.
 */
public final class PackSink implements NodeSink, AutoCloseable {
  /**
   * After so many bytes the disk begins to write them, while more come: else all of them would be
   * waited for at the end. A fraction of a second's work for a disk.
   */
  private static final long FORCE_BYTES = 32L << 20;

  private final Packs packs;
  private final List<PackWriter> full = new ArrayList<>();
  private @Nullable PackWriter current;
  private long unforced;
  private boolean forcing;

  public PackSink(Packs packs) {
    this.packs = packs;
  }

  @Override
  public synchronized Address store(ObjectKind kind, byte[] bytes) throws StoreException {
    PackWriter writer = open();
    Address address = new Address(writer.id(), writer.add(kind, bytes));
    written(writer, bytes.length);
    return address;
  }

  /** The same for bytes in pieces. */
  public synchronized Address store(ObjectKind kind, Pieces pieces) throws StoreException {
    PackWriter writer = open();
    Address address = new Address(writer.id(), writer.add(kind, pieces));
    written(writer, pieces.length());
    return address;
  }

  private PackWriter open() throws StoreException {
    PackWriter writer = current;
    if (writer != null && writer.isFull()) {
      full.add(writer);
      writer = null;
    }
    if (writer == null) {
      writer = packs.create();
      current = writer;
    }
    return writer;
  }

  private void written(PackWriter writer, long bytes) {
    unforced += bytes;
    if (unforced >= FORCE_BYTES && !forcing) {
      unforced = 0;
      forcing = packs.background().start(() -> force(writer));
    }
  }

  private void force(PackWriter writer) {
    try {
      writer.force();
    } catch (StoreException e) {
      // The writer keeps it, and fails when it is finished.
    } finally {
      synchronized (this) {
        forcing = false;
        notifyAll();
      }
    }
  }

  /** Whether anything waits for {@link #finish}. */
  public synchronized boolean isEmpty() {
    return current == null && full.isEmpty();
  }

  /** Makes all packs durable, and answers them; new objects go to new packs. */
  public synchronized List<PackId> finish() throws StoreException {
    awaitForce();
    List<PackId> finished = new ArrayList<>();
    for (PackWriter writer : writers()) {
      writer.finish();
      finished.add(writer.id());
    }
    close();
    return finished;
  }

  /** What the disk says of bytes written before is told to whoever forced them. */
  private void awaitForce() {
    boolean interrupted = false;
    while (forcing) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Discards what was not finished. */
  @Override
  public synchronized void close() throws StoreException {
    awaitForce();
    for (PackWriter writer : writers()) {
      writer.close();
    }
    full.clear();
    current = null;
    unforced = 0;
  }

  private List<PackWriter> writers() {
    List<PackWriter> all = new ArrayList<>(full);
    if (current != null) {
      all.add(current);
    }
    return all;
  }
}
