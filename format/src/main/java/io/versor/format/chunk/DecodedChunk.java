package io.versor.format.chunk;

import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;

/**
 * A chunk decoded outside of the heap, shared by counting: it starts with one owner, each {@link
 * #retain} adds one, each {@link #close} takes one away, and the last frees the memory. Reading is
 * thread-safe.
 */
public final class DecodedChunk implements Samples, AutoCloseable {
  /** About what the objects of a chunk take on the heap. */
  private static final int OWN_BYTES = 512;

  private final Vector samples;
  private final Runnable release;
  private final long bytes;
  private final AtomicInteger owners = new AtomicInteger(1);

  DecodedChunk(Vector samples, List<ArrowBuf> buffers) {
    this(
        samples,
        () -> buffers.forEach(ArrowBuf::close),
        buffers.stream().mapToLong(ArrowBuf::capacity).sum());
  }

  private DecodedChunk(Vector samples, Runnable release, long bytes) {
    this.samples = samples;
    this.release = release;
    this.bytes = OWN_BYTES + bytes;
  }

  /** Samples that are complete, with the memory they lie in, which the last owner gives back. */
  public static DecodedChunk of(VectorBuffer samples) throws StoreException {
    return new DecodedChunk(samples.vector(), samples::close, samples.memoryBytes());
  }

  /** Adds an owner, who must close it. */
  public DecodedChunk retain() {
    if (owners.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw new IllegalStateException("the chunk is closed");
    }
    return this;
  }

  /** Adds an owner unless the chunk is closed already; false if it is. */
  public boolean tryRetain() {
    return owners.getAndUpdate(count -> count == 0 ? 0 : count + 1) != 0;
  }

  @Override
  public void close() {
    int before = owners.getAndDecrement();
    if (before == 1) {
      release.run();
    } else if (before < 1) {
      owners.set(0);
      throw new IllegalStateException("the chunk is closed more often than it was opened");
    }
  }

  /** All samples, borrowed. */
  public Vector vector() {
    return samples;
  }

  /**
   * Bytes of memory it holds, itself included; what is read in place from a mapped pack does not
   * count.
   */
  public long bytes() {
    return bytes;
  }

  @Override
  public TensorType type() {
    return samples.type();
  }

  @Override
  public int rows() {
    return samples.length();
  }

  @Override
  public boolean isNull(int row) {
    return samples.isNull(row);
  }

  @Override
  public void copyTo(VectorBuffer out, int from, int count) throws StoreException {
    out.append(samples, from, count);
    samples.fence();
  }

  @Override
  public void copyTo(ColumnBuilder out, int from, int count) throws StoreException {
    out.append(samples, from, count);
    samples.fence();
  }

  @Override
  public void copySample(int row, long address) {
    Memory.copy(samples.addressAt(row), address, samples.type().width());
    samples.fence();
  }

  @Override
  public Optional<Vector> window(int from, int count) {
    samples.checkRange(from, count);
    return samples.validity() != 0 && (from & 7) != 0
        ? Optional.empty()
        : Optional.of(samples.slice(from, count));
  }
}
