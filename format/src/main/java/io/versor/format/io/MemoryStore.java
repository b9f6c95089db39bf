package io.versor.format.io;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A store in the heap of this process, gone with it. For tests and for scratch work. */
public final class MemoryStore implements ObjectStore {
  private final ConcurrentSkipListMap<String, Content> contents = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, Semaphore> locks = new ConcurrentHashMap<>();
  private final AtomicLong stamps = new AtomicLong();

  /** What is behind a name: an object that never changes, or a segment. */
  private sealed interface Content permits MemoryObject, MemorySegment {
    long length();
  }

  @Override
  public String display() {
    return "memory";
  }

  @Override
  public boolean readOnly() {
    return false;
  }

  @Override
  public Optional<byte[]> load(String name, int limitBytes) throws StoreException {
    Content content = contents.get(ObjectNames.check(name));
    if (content == null) {
      return Optional.empty();
    }
    byte[] bytes = content instanceof MemoryObject o ? o.bytes : ((MemorySegment) content).copy();
    if (bytes.length > limitBytes) {
      throw IoErrors.tooLarge(display(name), bytes.length, limitBytes);
    }
    return Optional.of(bytes.clone());
  }

  @Override
  public long stamp(String name) {
    Content content = contents.get(ObjectNames.check(name));
    return content instanceof MemoryObject o ? o.stamp : 0;
  }

  @Override
  public boolean swap(String name, Optional<byte[]> expected, byte[] replacement) {
    MemoryObject fresh = newObject(name, replacement.clone());
    Content result =
        contents.compute(
            ObjectNames.check(name),
            (key, current) -> {
              boolean same =
                  current instanceof MemoryObject o
                      ? expected.isPresent() && Arrays.equals(o.bytes, expected.get())
                      : current == null && expected.isEmpty();
              return same ? fresh : current;
            });
    return result == fresh;
  }

  @Override
  public ObjectWriter create(String name) {
    return new MemoryWriter(ObjectNames.check(name));
  }

  @Override
  public ObjectReader openReader(String name) throws StoreException {
    if (contents.get(ObjectNames.check(name)) instanceof MemoryObject object) {
      return object;
    }
    throw IoErrors.missing(display(name));
  }

  @Override
  public Segment openSegment(String name, OpenMode mode) throws StoreException {
    ObjectNames.check(name);
    Content content =
        mode == OpenMode.CREATE
            ? contents.computeIfAbsent(name, key -> new MemorySegment(display(key)))
            : contents.get(name);
    if (content instanceof MemorySegment segment) {
      return new OpenSegment(segment, mode);
    }
    throw IoErrors.missing(display(name));
  }

  @Override
  public OptionalLong findLength(String name) {
    Content content = contents.get(ObjectNames.check(name));
    return content == null ? OptionalLong.empty() : OptionalLong.of(content.length());
  }

  @Override
  public List<String> list(String prefix) {
    ObjectNames.checkPrefix(prefix);
    return contents.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Override
  public boolean delete(String name) {
    return contents.remove(ObjectNames.check(name)) != null;
  }

  @Override
  public void cut(String name, long length) {
    if (contents.get(ObjectNames.check(name)) instanceof MemorySegment segment) {
      segment.cut(Math.toIntExact(length));
    }
  }

  @Override
  public int sweepUnfinished(Instant before) {
    return 0; // what was not finished belongs to nobody and is collected
  }

  @Override
  public Scratch openScratch() throws StoreException {
    return openTemporary();
  }

  /** In the system's folder for temporary files. */
  static Scratch openTemporary() throws StoreException {
    return ScratchFile.open(Path.of(System.getProperty("java.io.tmpdir")));
  }

  @Override
  public Guard lock(String key, long timeoutMillis) throws StoreException {
    Semaphore semaphore = locks.computeIfAbsent(key, k -> new Semaphore(1, true));
    try {
      if (!JvmLocks.acquire(semaphore, timeoutMillis)) {
        throw new StoreException(
            Code.WRONG_STATE,
            display()
                + ": another thread has held the lock on '"
                + key
                + "' for more than "
                + timeoutMillis
                + " ms; try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          Code.CANCELLED, "interrupted while waiting for the lock on '" + key + "'");
    }
    AtomicBoolean released = new AtomicBoolean();
    return () -> {
      if (released.compareAndSet(false, true)) {
        semaphore.release();
      }
    };
  }

  @Override
  public void close() {}

  /** Puts an object, whatever was there, as it is: how {@link FaultStore} survives. */
  void plantObject(String name, byte[] bytes) {
    contents.put(ObjectNames.check(name), newObject(name, bytes.clone()));
  }

  /** Puts a segment with this content. */
  void plantSegment(String name, byte[] bytes) {
    MemorySegment segment = new MemorySegment(display(name));
    segment.write(0, bytes, 0, bytes.length);
    contents.put(ObjectNames.check(name), segment);
  }

  private MemoryObject newObject(String name, byte[] bytes) {
    return new MemoryObject(display(name), bytes, stamps.incrementAndGet());
  }

  private String display(String name) {
    return display() + "/" + name;
  }

  private final class MemoryWriter implements ObjectWriter {
    private final String name;
    private byte[] bytes = new byte[1024];
    private int position;
    private boolean done;

    MemoryWriter(String name) {
      this.name = name;
    }

    @Override
    public String display() {
      return MemoryStore.this.display(name);
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      write(ByteBuffer.wrap(source, offset, length));
    }

    @Override
    public void write(ByteBuffer source) {
      requireOpen();
      int length = source.remaining();
      bytes = grown(bytes, Math.addExact(position, length));
      source.get(bytes, position, length);
      position += length;
    }

    @Override
    public MappedRegion map(long at, int length) throws StoreException {
      if (at < 0 || at > position - (long) length) {
        throw IoErrors.tooShort(display(), at, length, position);
      }
      return MappedRegion.ofCopy(display(), bytes, (int) at, length);
    }

    @Override
    public void force() {}

    @Override
    public void finish() throws StoreException {
      requireOpen();
      MemoryObject object = newObject(name, Arrays.copyOf(bytes, position));
      if (contents.putIfAbsent(name, object) != null) {
        throw IoErrors.exists(display());
      }
      done = true;
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

  private static final class MemoryObject implements Content, ObjectReader {
    private final String display;
    private final byte[] bytes;
    private final long stamp;
    private SoftReference<MappedRegion> mapped = new SoftReference<>(null);

    MemoryObject(String display, byte[] bytes, long stamp) {
      this.display = display;
      this.bytes = bytes;
      this.stamp = stamp;
    }

    @Override
    public String display() {
      return display;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length)
        throws StoreException {
      if (position < 0 || position > bytes.length - (long) length) {
        throw IoErrors.tooShort(display, position, length, bytes.length);
      }
      System.arraycopy(bytes, (int) position, target, offset, length);
    }

    @Override
    public synchronized MappedRegion map() {
      MappedRegion region = mapped.get();
      if (region == null) {
        region = MappedRegion.ofCopy(display, bytes, 0, bytes.length);
        mapped = new SoftReference<>(region);
      }
      return region;
    }

    @Override
    public void close() {}
  }

  private static final class MemorySegment implements Content {
    private final String display;
    private byte[] bytes = new byte[0];
    private int length;

    MemorySegment(String display) {
      this.display = display;
    }

    @Override
    public synchronized long length() {
      return length;
    }

    synchronized int read(long position, byte[] target, int offset, int count) {
      int n = (int) Math.max(0, Math.min(count, length - position));
      if (n > 0) {
        System.arraycopy(bytes, (int) position, target, offset, n);
      }
      return n;
    }

    synchronized void write(long position, byte[] source, int offset, int count) {
      int end = Math.toIntExact(position + count);
      bytes = grown(bytes, end);
      System.arraycopy(source, offset, bytes, (int) position, count);
      length = Math.max(length, end);
    }

    synchronized void allocate(long newLength) {
      int end = Math.toIntExact(newLength);
      bytes = grown(bytes, end);
      length = Math.max(length, end);
    }

    synchronized void cut(int newLength) {
      if (newLength < length) {
        bytes = Arrays.copyOf(bytes, newLength);
        length = newLength;
      }
    }

    synchronized byte[] copy() {
      return Arrays.copyOf(bytes, length);
    }
  }

  /** What one opener may do with a segment. */
  private record OpenSegment(MemorySegment segment, OpenMode mode) implements Segment {
    @Override
    public String display() {
      return segment.display;
    }

    @Override
    public long length() {
      return segment.length();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      return segment.read(position, target, offset, length);
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws StoreException {
      requireWritable();
      segment.write(position, source, offset, length);
    }

    @Override
    public void allocate(long newLength) throws StoreException {
      requireWritable();
      segment.allocate(newLength);
    }

    private void requireWritable() throws StoreException {
      if (mode == OpenMode.READ) {
        throw IoErrors.readOnly(display());
      }
    }

    @Override
    public void sync() {}

    @Override
    public void close() {}
  }

  private static byte[] grown(byte[] bytes, int needed) {
    return needed <= bytes.length
        ? bytes
        : Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, 1 << 30)));
  }
}
