package io.versor.format.chunk;

import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Memory outside of the heap that grows by doubling. */
final class Block implements AutoCloseable {
  private static final int LEAST_BYTES = 256;

  /** Less than such a part is free: a batch or two more. */
  private static final int NEARLY_FULL = 8;

  private final BufferAllocator allocator;
  private @Nullable ArrowBuf buffer;
  private long address;
  private long capacity;

  Block(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** Of the first byte; 0 before the first {@link #ensure} of any. */
  long address() {
    return address;
  }

  /** Makes room for {@code needed} bytes, of which the first {@code used} are kept. */
  void ensure(long used, long needed) throws StoreException {
    if (needed <= capacity) {
      return;
    }
    if (needed > Limits.MAX_BUFFER_BYTES) {
      throw Limits.exceeded(needed + " bytes", Limits.MAX_BUFFER_BYTES);
    }
    long size = Math.max(Math.max(needed, 2 * capacity), LEAST_BYTES);
    // Words are read whole in places, so there is always a whole one.
    long rounded = Math.min(size, Limits.MAX_BUFFER_BYTES) + 7 & ~7L;
    ArrowBuf larger = Allocations.openBuffer(allocator, rounded);
    if (used > 0) {
      Memory.copy(address, larger.memoryAddress(), used);
    }
    close();
    buffer = larger;
    address = larger.memoryAddress();
    // Allocators round up themselves.
    capacity = larger.capacity();
  }

  /**
   * What it takes; what it will take together with its successor, while its content is copied, when
   * it is nearly full.
   */
  long memoryBytes(long used) {
    return used > capacity - capacity / NEARLY_FULL ? 3 * capacity : capacity;
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
      buffer = null;
    }
    address = 0;
    capacity = 0;
  }
}
