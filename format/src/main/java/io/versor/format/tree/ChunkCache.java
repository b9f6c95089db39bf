package io.versor.format.tree;

import io.versor.format.chunk.ChunkReader;
import io.versor.format.chunk.ChunkSource;
import io.versor.format.chunk.DecodedChunk;
import io.versor.format.chunk.RangeCheck;
import io.versor.format.chunk.SampleReader;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.StopSignal;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackObject;
import io.versor.format.pack.Packs;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Chunks of a store's packs, those last used kept decoded within a budget. Thread-safe. */
public final class ChunkCache implements AutoCloseable {
  private final Packs packs;
  private final ForeignChunks foreign;
  private final BufferAllocator allocator;
  private final MemoryBudget memory;

  /**
   * So often samples of a chunk are read one by one; then it is decoded: about what that costs in
   * single samples.
   */
  private static final int SINGLE_READS = 16;

  /** Chunks of which it is known how often samples were read. */
  private static final int COUNTED = 1 << 14;

  private final Map<Address, DecodedChunk> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** How often samples were read one by one. */
  private final Map<Address, Integer> reads = new LinkedHashMap<>(16, 0.75f, true);

  /** Readers of single samples, so that headers are not read for each of them; few, and small. */
  private final Map<Address, SampleReader> readers = new LinkedHashMap<>(16, 0.75f, true);

  private static final int MAX_READERS = 512;

  private final MemoryBudget.Yielding yielding = this::giveWay;
  private volatile long keptBytes;
  private volatile long readerBytes;
  private boolean closed;

  /** Of a store whose chunks are all in packs. */
  public ChunkCache(Packs packs, BufferAllocator allocator, MemoryBudget memory) {
    this(packs, ForeignChunks.NONE, allocator, memory);
  }

  /**
   * @param memory what decides how many chunks are kept that nobody uses at the moment
   */
  public ChunkCache(
      Packs packs, ForeignChunks foreign, BufferAllocator allocator, MemoryBudget memory) {
    this.packs = packs;
    this.foreign = foreign;
    this.allocator = allocator;
    this.memory = memory;
    memory.addCache(yielding);
  }

  /**
   * The samples of a chunk, read as {@code type}. Caller closes.
   *
   * @throws StoreException {@code CORRUPT} when it is not a chunk of such samples
   */
  public DecodedChunk open(Address address, TensorType type) throws StoreException {
    StopSignal.check();
    Optional<DecodedChunk> known = findKept(address, type);
    if (known.isPresent()) {
      return known.get();
    }
    DecodedChunk decoded = decode(address, type);
    List<DecodedChunk> surplus = new ArrayList<>();
    synchronized (this) {
      long bytes = decoded.bytes();
      if (!closed && memory.allowsCache(bytes) && !kept.containsKey(address)) {
        kept.put(address, decoded.retain());
        keptBytes += bytes;
        shrink(surplus);
      }
    }
    surplus.forEach(DecodedChunk::close);
    return decoded;
  }

  /** The samples of a chunk that are decoded already. Caller closes. */
  synchronized Optional<DecodedChunk> findKept(Address address, TensorType type) {
    DecodedChunk known = kept.get(address);
    return known != null && known.type().sameBytes(type)
        ? Optional.of(known.retain())
        : Optional.empty();
  }

  /**
   * Reads samples of a chunk one by one: touches, and checks, only what is asked for. Empty if its
   * encoding does not allow that, or {@link #open} is better: it was read in this way so often that
   * it should be decoded.
   */
  public Optional<SampleReader> findSamples(Address address, TensorType type)
      throws StoreException {
    StopSignal.check();
    Optional<SampleReader> samples = findReader(address, type);
    if (samples.isEmpty() && !isForeign(address)) {
      PackObject object = packs.object(address, ObjectKind.CHUNK);
      samples = ChunkReader.findSamples(source(object, object::checkRow), type);
      samples.ifPresent(made -> keepReader(address, made.another()));
    }
    return samples.isEmpty() || samples.get().isInPlace() || countRead(address)
        ? samples
        : Optional.empty();
  }

  private synchronized Optional<SampleReader> findReader(Address address, TensorType type) {
    SampleReader known = readers.get(address);
    return known != null && known.type().equals(type)
        ? Optional.of(known.another())
        : Optional.empty();
  }

  private synchronized void keepReader(Address address, SampleReader reader) {
    if (closed) {
      return;
    }
    forget(readers.put(address, reader));
    readerBytes += reader.bytes();
    while (readers.size() > MAX_READERS
        || (!readers.isEmpty() && !memory.allowsCache(memoryBytes()))) {
      forgetEldest();
    }
  }

  private void forgetEldest() {
    var eldest = readers.entrySet().iterator();
    SampleReader reader = eldest.next().getValue();
    eldest.remove();
    forget(reader);
  }

  /** No longer counts what a reader keeps that was taken out. */
  private void forget(@Nullable SampleReader reader) {
    readerBytes -= reader == null ? 0 : reader.bytes();
  }

  private static void removeEldest(Map<?, ?> map) {
    var eldest = map.entrySet().iterator();
    eldest.next();
    eldest.remove();
  }

  /** Whether samples of a chunk were read less often than makes it worth being decoded. */
  private synchronized boolean countRead(Address address) {
    int count = reads.merge(address, 1, Integer::sum);
    if (count > SINGLE_READS) {
      reads.remove(address);
      forget(readers.remove(address));
      return false;
    }
    if (reads.size() > COUNTED) {
      removeEldest(reads);
    }
    return true;
  }

  private static boolean isForeign(Address address) {
    return address.pack().equals(ForeignChunks.PACK);
  }

  private DecodedChunk decode(Address address, TensorType type) throws StoreException {
    if (isForeign(address)) {
      VectorBuffer samples = new VectorBuffer(type, allocator);
      try {
        foreign.read(address.ordinal(), samples);
        return DecodedChunk.of(samples);
      } catch (StoreException | RuntimeException | Error e) {
        samples.close(); // nobody else has seen it yet
        throw e;
      }
    }
    PackObject object = packs.object(address, ObjectKind.CHUNK);
    return ChunkReader.open(source(object, object::check), type, allocator);
  }

  private static ChunkSource source(PackObject object, RangeCheck check) {
    return new ChunkSource(
        object.address(), object.length(), object.display(), object.keepAlive(), check);
  }

  /** What is kept that nobody may be using, in bytes. */
  long memoryBytes() {
    return keptBytes + readerBytes;
  }

  private void shrink(List<DecodedChunk> surplus) {
    var eldest = kept.entrySet().iterator();
    while (!memory.allowsCache(memoryBytes()) && eldest.hasNext()) {
      DecodedChunk chunk = eldest.next().getValue();
      eldest.remove();
      keptBytes -= chunk.bytes();
      surplus.add(chunk);
    }
    while (!readers.isEmpty() && !memory.allowsCache(memoryBytes())) {
      forgetEldest();
    }
  }

  /** Statements have reserved more: keeps what there still is room for. */
  private void giveWay() {
    if (memory.allowsCache(memoryBytes())) {
      return;
    }
    List<DecodedChunk> surplus = new ArrayList<>();
    synchronized (this) {
      shrink(surplus);
    }
    surplus.forEach(DecodedChunk::close);
  }

  /** Gives back what nobody uses; chunks handed out stay until they are closed. */
  @Override
  public void close() {
    memory.removeCache(yielding);
    List<DecodedChunk> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(kept.values());
      kept.clear();
      readers.clear();
      keptBytes = 0;
      readerBytes = 0;
    }
    all.forEach(DecodedChunk::close);
  }
}
