package io.versor.format.chunk;

import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.lang.ref.Reference;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Reads chunks: FORMAT.md, "Chunk". All sizes are checked before anything is allocated or touched;
 * {@code CORRUPT} if they cannot be, {@code VERSION_TOO_NEW} for an encoding of a later version.
 * Stateless.
 */
public final class ChunkReader {
  private ChunkReader() {}

  /**
   * Decodes a chunk outside of the heap. Raw buffers are used where they are, so the source must
   * stay as it is until the result is closed. Caller closes.
   */
  public static DecodedChunk open(ChunkSource source, TensorType type, BufferAllocator allocator)
      throws StoreException {
    DecodedChunk chunk = MemoryDecoder.open(source, header(source, type), allocator);
    Reference.reachabilityFence(source.keepAlive());
    return chunk;
  }

  /**
   * Reads single samples without decoding the rest, where few are wanted. Empty if the encoding
   * does not allow that; then {@link #open} the chunk.
   */
  public static Optional<SampleReader> findSamples(ChunkSource source, TensorType type)
      throws StoreException {
    return SampleReader.find(source, header(source, type));
  }

  /** How many samples a chunk says it has; nothing but its header is looked at. */
  public static int rows(ChunkSource source, TensorType type) throws StoreException {
    return header(source, type).rows();
  }

  /** Decodes a chunk in an array onto the heap. */
  public static HeapColumn decodeHeap(
      byte[] bytes, int offset, int length, TensorType type, String display) throws StoreException {
    if (offset < 0 || length < 0 || offset > bytes.length - length) {
      throw new IndexOutOfBoundsException(
          "bytes " + offset + " to " + (offset + (long) length) + " of " + bytes.length);
    }
    ChunkHeader header = ChunkHeader.parse(bytes, offset, length, type, display);
    return new HeapDecoder(bytes, offset, header).column();
  }

  private static ChunkHeader header(ChunkSource source, TensorType type) throws StoreException {
    byte[] head = new byte[Math.min(source.length(), ChunkHeader.MAX_BYTES)];
    source.check().check(0, head.length);
    if (head.length > 0) {
      Memory.copy(source.address(), head, 0, head.length);
    }
    Reference.reachabilityFence(source.keepAlive());
    return ChunkHeader.parse(head, 0, source.length(), type, source.display());
  }
}
