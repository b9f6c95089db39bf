package io.versor.engine.exec;

import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.OutOfMemoryException;

/** Keeps copies of texts at addresses that do not move. */
final class TextArena implements AutoCloseable {
  private static final int SLAB_BYTES = 1 << 16;

  private final ExecContext context;
  private final List<ArrowBuf> slabs = new ArrayList<>();
  private long next;
  private long end;
  private long bytes;

  TextArena(ExecContext context) {
    this.context = context;
  }

  /** Address of a copy. */
  long keep(long address, int length) throws StoreException {
    if (length > end - next || slabs.isEmpty()) {
      ArrowBuf slab = openSlab(Math.max(SLAB_BYTES, length));
      slabs.add(slab);
      bytes += slab.capacity();
      next = slab.memoryAddress();
      end = next + slab.capacity();
    }
    long copy = next;
    Memory.copy(address, copy, length);
    next += length;
    return copy;
  }

  long bytes() {
    return bytes;
  }

  private ArrowBuf openSlab(long bytes) throws StoreException {
    try {
      return context.allocator().buffer(bytes);
    } catch (OutOfMemoryException e) {
      throw new StoreException(Code.MEMORY, "no memory for " + bytes + " bytes of text", e);
    }
  }

  @Override
  public void close() {
    slabs.forEach(ArrowBuf::close);
    slabs.clear();
    next = 0;
    end = 0;
    bytes = 0;
  }
}
