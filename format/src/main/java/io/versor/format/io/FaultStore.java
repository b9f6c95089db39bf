package io.versor.format.io;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that fails on demand, for tests of what is built on storage: it loses power,
 * runs full, reports errors, and counts what is asked of it.
 *
 * <p>It knows what a disk would know. Bytes written to a segment are in doubt, by sectors of 512
 * bytes, until a sync; objects, swaps and new segments are durable when the call returns; a removed
 * name may come back until the next durable change in its directory. {@link #survivor} gives a
 * store as it might be found after power came back. Thread-safe.
 */
public final class FaultStore implements ObjectStore {
  private final MemoryStore visible = new MemoryStore();
  private final Map<String, SectorHistory> segments = new TreeMap<>();
  private final Map<String, byte[]> removedObjects = new TreeMap<>();
  private final FaultPlan plan = new FaultPlan();

  /** What power loss interrupted: it may have come through. */
  private @Nullable Doubt doubt;

  /** What can be counted, can fail, and can be the last thing before power goes. */
  public enum Operation {
    /** {@link ObjectStore#openSegment} that creates the segment. */
    CREATE_SEGMENT,
    /** {@link Segment#allocate}. */
    ALLOCATE,
    /** {@link Segment#write}. */
    WRITE,
    /** {@link Segment#sync}. */
    SYNC,
    /** {@link ObjectWriter#write(byte[], int, int)}. */
    WRITE_OBJECT,
    /** {@link ObjectWriter#finish}. */
    FINISH,
    /** {@link ObjectStore#swap} that found what it expected. */
    SWAP,
    /** {@link ObjectStore#delete} of something that was there. */
    DELETE,
    /** {@link ObjectStore#cut}. */
    CUT,
    /** {@link Scratch#append}. */
    WRITE_SCRATCH
  }

  /** Thrown by everything once power is gone. */
  public static final class PowerLoss extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PowerLoss() {
      super("the power is gone; go on with a survivor");
    }
  }

  @FunctionalInterface
  private interface Doubt {
    void comeThrough(FaultStore survivor);
  }

  /** Lets {@code operations} more operations happen; power is lost while the next is under way. */
  public synchronized void crashAfter(long operations) {
    plan.crashAfter(operations);
  }

  /** Whether power is gone. */
  public synchronized boolean crashed() {
    return plan.crashed();
  }

  /**
   * Makes operations of one kind fail: after {@code skip} more of them, {@code times} in a row.
   *
   * <p>A failed write leaves half of its bytes. A failed sync is {@code OUTCOME_UNKNOWN} whatever
   * {@code code} says, as with real files, and leaves in doubt what was written since the last one.
   * A {@code FINISH} or {@code SWAP} that fails with {@code OUTCOME_UNKNOWN} did happen; any other
   * failure means that nothing happened.
   */
  public synchronized void failWith(Operation operation, long skip, long times, Code code) {
    plan.failWith(operation, skip, times, code);
  }

  /** Takes back every {@link #failWith}. */
  public synchronized void heal() {
    plan.heal();
  }

  /**
   * Lets the system forget what a failed sync left in doubt: from now on reads see what is on the
   * disk instead. Some systems do so at once, others when they need the memory.
   */
  public synchronized void dropUnsyncedPages() throws StoreException {
    for (Map.Entry<String, SectorHistory> segment : segments.entrySet()) {
      try (Segment file = visible.openSegment(segment.getKey(), OpenMode.WRITE)) {
        long length = file.length();
        for (Map.Entry<Integer, byte[]> sector : segment.getValue().dropped().entrySet()) {
          long start = (long) sector.getKey() * SectorHistory.SECTOR_BYTES;
          int bytes = (int) Math.min(SectorHistory.SECTOR_BYTES, length - start);
          file.write(start, sector.getValue(), 0, bytes);
        }
      }
    }
  }

  /** How many operations of each kind succeeded since {@link #resetCounts}; zeros are left out. */
  public synchronized Map<Operation, Long> counts() {
    return plan.counts();
  }

  /** How many operations of any kind succeeded. */
  public synchronized long operations() {
    return plan.counts().values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many bytes operations of one kind wrote. */
  public synchronized long bytes(Operation operation) {
    return plan.bytes(operation);
  }

  public synchronized void resetCounts() {
    plan.resetCounts();
  }

  /** Writes to segments. */
  public long appends() {
    return counts().getOrDefault(Operation.WRITE, 0L);
  }

  public long syncs() {
    return counts().getOrDefault(Operation.SYNC, 0L);
  }

  public long swaps() {
    return counts().getOrDefault(Operation.SWAP, 0L);
  }

  /**
   * A store as power loss at this moment might leave it; each call gives another. Nothing is locked
   * in it, and it can crash again.
   */
  public synchronized FaultStore survivor(Random random) {
    FaultStore survivor = new FaultStore();
    try {
      for (String name : visible.list("")) {
        SectorHistory history = segments.get(name);
        if (history == null) {
          visible.load(name, Integer.MAX_VALUE).ifPresent(b -> survivor.plantObject(name, b));
        } else {
          survivor.plantSegment(name, history.survivor(random));
        }
      }
      removedObjects.forEach(
          (name, content) -> {
            if (visible.findLength(name).isEmpty() && random.nextBoolean()) {
              survivor.plantObject(name, content);
            }
          });
    } catch (StoreException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
    if (doubt != null && random.nextBoolean()) {
      doubt.comeThrough(survivor);
    }
    return survivor;
  }

  private void plantObject(String name, byte[] content) {
    visible.plantObject(name, content);
  }

  private void plantSegment(String name, byte[] content) {
    visible.plantSegment(name, content);
    segments.put(name, new SectorHistory(content));
  }

  /** {@link FaultPlan#begin}; {@code ifPowerGoes} is what a survivor may have then. */
  private @Nullable Code begin(Operation operation, long size, Doubt ifPowerGoes) {
    requirePower();
    try {
      return plan.begin(operation, size);
    } catch (PowerLoss e) {
      doubt = ifPowerGoes;
      throw e;
    }
  }

  private void requirePower() {
    plan.requirePower();
  }

  private StoreException failure(String name, Operation operation, Code code) {
    return new StoreException(
        code, visible.display() + "/" + name + ": " + operation + " was told to fail with " + code);
  }

  /** A durable change in a directory makes what was removed there before stay away. */
  private void directoryForced(String name) {
    String directory = name.substring(0, name.lastIndexOf('/') + 1);
    removedObjects
        .keySet()
        .removeIf(gone -> gone.substring(0, gone.lastIndexOf('/') + 1).equals(directory));
  }

  @Override
  public String display() {
    return visible.display();
  }

  @Override
  public boolean readOnly() {
    return false;
  }

  @Override
  public synchronized Optional<byte[]> load(String name, int limitBytes) throws StoreException {
    requirePower();
    return visible.load(name, limitBytes);
  }

  @Override
  public synchronized long stamp(String name) {
    requirePower();
    return visible.stamp(name);
  }

  @Override
  public synchronized boolean swap(String name, Optional<byte[]> expected, byte[] replacement)
      throws StoreException {
    requirePower();
    Optional<byte[]> current = visible.load(name, Integer.MAX_VALUE);
    boolean same =
        current.isPresent() == expected.isPresent()
            && (current.isEmpty() || Arrays.equals(current.get(), expected.get()));
    if (!same) {
      return false;
    }
    byte[] copy = replacement.clone();
    Code code = begin(Operation.SWAP, copy.length, s -> s.plantObject(name, copy));
    if (code == null || code == Code.OUTCOME_UNKNOWN) {
      visible.plantObject(name, copy);
      directoryForced(name);
    }
    if (code != null) {
      throw failure(name, Operation.SWAP, code);
    }
    return true;
  }

  @Override
  public synchronized ObjectWriter create(String name) {
    requirePower();
    return new FaultWriter(name);
  }

  @Override
  public synchronized ObjectReader openReader(String name) throws StoreException {
    requirePower();
    return visible.openReader(name);
  }

  @Override
  public synchronized Segment openSegment(String name, OpenMode mode) throws StoreException {
    requirePower();
    if (mode == OpenMode.CREATE) {
      if (visible.findLength(name).isEmpty()) {
        Code code = begin(Operation.CREATE_SEGMENT, 0, s -> s.plantSegment(name, new byte[0]));
        if (code != null) {
          throw failure(name, Operation.CREATE_SEGMENT, code);
        }
        plantSegment(name, new byte[0]);
      }
      directoryForced(name);
    }
    return new FaultSegment(name, visible.openSegment(name, mode));
  }

  @Override
  public synchronized OptionalLong findLength(String name) {
    requirePower();
    return visible.findLength(name);
  }

  @Override
  public synchronized List<String> list(String prefix) {
    requirePower();
    return visible.list(prefix);
  }

  @Override
  public synchronized boolean delete(String name) throws StoreException {
    requirePower();
    if (visible.findLength(name).isEmpty()) {
      return false;
    }
    Code code =
        begin(
            Operation.DELETE,
            0,
            s -> {
              s.visible.delete(name);
              s.segments.remove(name);
            });
    if (code != null) {
      throw failure(name, Operation.DELETE, code);
    }
    if (segments.remove(name) == null) {
      visible.load(name, Integer.MAX_VALUE).ifPresent(b -> removedObjects.put(name, b));
    }
    return visible.delete(name);
  }

  /** What power loss leaves has its old length. */
  @Override
  public synchronized void cut(String name, long length) throws StoreException {
    Code code = begin(Operation.CUT, 0, s -> {});
    if (code != null) {
      throw failure(name, Operation.CUT, code);
    }
    visible.cut(name, length);
  }

  @Override
  public synchronized int sweepUnfinished(Instant before) {
    requirePower();
    return visible.sweepUnfinished(before);
  }

  @Override
  public synchronized Scratch openScratch() throws StoreException {
    requirePower();
    Scratch scratch = visible.openScratch();
    return new Scratch() {
      @Override
      public long append(byte[] source, int offset, int length) throws StoreException {
        synchronized (FaultStore.this) {
          Code code = begin(Operation.WRITE_SCRATCH, length, survivor -> {});
          if (code != null) {
            throw failure("scratch", Operation.WRITE_SCRATCH, code);
          }
        }
        return scratch.append(source, offset, length);
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

  @Override
  public Guard lock(String key, long timeoutMillis) throws StoreException {
    synchronized (this) {
      requirePower();
    }
    return visible.lock(key, timeoutMillis);
  }

  @Override
  public void close() {}

  private final class FaultWriter implements ObjectWriter {
    private final String name;
    private final BinaryWriter content = new BinaryWriter();
    private boolean done;

    FaultWriter(String name) {
      this.name = ObjectNames.check(name);
    }

    @Override
    public String display() {
      return FaultStore.this.display() + "/" + name;
    }

    @Override
    public long position() {
      return content.size();
    }

    @Override
    public void write(byte[] source, int offset, int length) throws StoreException {
      synchronized (FaultStore.this) {
        requireOpen();
        Code code = begin(Operation.WRITE_OBJECT, length, s -> {});
        if (code != null) {
          throw failure(name, Operation.WRITE_OBJECT, code);
        }
        content.raw(source, offset, length);
      }
    }

    @Override
    public void write(ByteBuffer source) throws StoreException {
      byte[] copy = new byte[source.remaining()];
      source.get(copy);
      write(copy, 0, copy.length);
    }

    @Override
    public MappedRegion map(long at, int length) throws StoreException {
      synchronized (FaultStore.this) {
        requirePower();
        if (at < 0 || at > content.size() - (long) length) {
          throw IoErrors.tooShort(display(), at, length, content.size());
        }
        return MappedRegion.ofCopy(display(), content.toBytes(), (int) at, length);
      }
    }

    /** What has no name yet is lost with power, forced or not. */
    @Override
    public void force() {
      synchronized (FaultStore.this) {
        requirePower();
      }
    }

    @Override
    public void finish() throws StoreException {
      synchronized (FaultStore.this) {
        requireOpen();
        if (visible.findLength(name).isPresent()) {
          throw IoErrors.exists(display());
        }
        byte[] object = content.toBytes();
        Code code = begin(Operation.FINISH, object.length, s -> s.plantObject(name, object));
        if (code == null || code == Code.OUTCOME_UNKNOWN) {
          visible.plantObject(name, object);
          directoryForced(name);
          done = true;
        }
        if (code != null) {
          throw failure(name, Operation.FINISH, code);
        }
      }
    }

    private void requireOpen() {
      if (done) {
        throw new IllegalStateException(display() + ": finished or closed");
      }
    }

    @Override
    public void close() {
      done = true;
    }
  }

  private final class FaultSegment implements Segment {
    private final String name;
    private final Segment file;

    FaultSegment(String name, Segment file) {
      this.name = name;
      this.file = file;
    }

    @Override
    public String display() {
      return file.display();
    }

    @Override
    public long length() throws StoreException {
      synchronized (FaultStore.this) {
        requirePower();
        return file.length();
      }
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws StoreException {
      synchronized (FaultStore.this) {
        requirePower();
        return file.read(position, target, offset, length);
      }
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws StoreException {
      synchronized (FaultStore.this) {
        Code code;
        try {
          code = begin(Operation.WRITE, length, s -> {});
        } catch (PowerLoss e) {
          put(position, source, offset, length); // on its way to the disk
          throw e;
        }
        if (code != null) {
          put(position, source, offset, length / 2);
          throw failure(name, Operation.WRITE, code);
        }
        put(position, source, offset, length);
      }
    }

    private void put(long position, byte[] source, int offset, int length) throws StoreException {
      file.write(position, source, offset, length);
      note(position, length);
    }

    @Override
    public void allocate(long newLength) throws StoreException {
      synchronized (FaultStore.this) {
        long from = file.length();
        long more = Math.max(0, newLength - from);
        Code code = begin(Operation.ALLOCATE, more, s -> {});
        file.allocate(from + (code == null ? more : more / 2));
        note(from, file.length() - from);
        if (code != null) {
          throw failure(name, Operation.ALLOCATE, code);
        }
      }
    }

    private void note(long position, long length) throws StoreException {
      SectorHistory history = segments.get(name);
      if (history != null) { // else it was removed, and nobody will see it again
        history.wrote(file, position, length);
      }
    }

    @Override
    public void sync() throws StoreException {
      synchronized (FaultStore.this) {
        Code code = begin(Operation.SYNC, 0, s -> {});
        SectorHistory history = segments.get(name);
        if (code != null) {
          if (history != null) {
            history.syncFailed();
          }
          throw failure(name, Operation.SYNC, Code.OUTCOME_UNKNOWN);
        }
        if (history != null) {
          history.synced();
        }
      }
    }

    @Override
    public void close() throws StoreException {
      file.close();
    }
  }
}
