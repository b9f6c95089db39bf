package io.versor.format.chunk;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/** Memory outside of the heap; too little of it is {@code MEMORY}, not an unchecked exception. */
final class Allocations {
  private Allocations() {}

  static ArrowBuf openBuffer(BufferAllocator allocator, long bytes) throws StoreException {
    try {
      return allocator.buffer(bytes);
    } catch (OutOfMemoryException e) {
      throw new StoreException(
          Code.MEMORY,
          allocator.getName()
              + ": no room for "
              + bytes
              + " bytes beside the "
              + allocator.getAllocatedMemory()
              + " in use; give it more memory or ask for less at once",
          e);
    }
  }
}
