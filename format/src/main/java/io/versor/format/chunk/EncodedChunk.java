package io.versor.format.chunk;

import io.versor.format.io.Pieces;
import io.versor.format.type.StoreException;
import java.util.List;

/**
 * A chunk in encoded form whose buffers are where encoding left them: those that are stored as they
 * are in the arrays of the column itself. Immutable, as the rows of a column are.
 */
public final class EncodedChunk implements Pieces {
  private static final byte[] PADDING = new byte[ChunkFormat.ALIGNMENT];

  private final byte[] header;
  private final List<Encoded> buffers;
  private final int length;

  EncodedChunk(byte[] header, List<Encoded> buffers, int length) {
    this.header = header;
    this.buffers = List.copyOf(buffers);
    this.length = length;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public void forEach(Taker taker) throws StoreException {
    taker.take(header, 0, header.length);
    int at = header.length;
    for (Encoded buffer : buffers) {
      at = pad(at, taker);
      taker.take(buffer.source(), buffer.sourceOffset(), buffer.bytes());
      at += buffer.bytes();
    }
    pad(at, taker);
  }

  private static int pad(int at, Taker taker) throws StoreException {
    int aligned = ChunkFormat.align(at);
    if (aligned > at) {
      taker.take(PADDING, 0, aligned - at);
    }
    return aligned;
  }

  /** All of it in one array. */
  byte[] toBytes() throws StoreException {
    byte[] chunk = new byte[length];
    int[] at = {0};
    forEach(
        (bytes, offset, count) -> {
          System.arraycopy(bytes, offset, chunk, at[0], count);
          at[0] += count;
        });
    return chunk;
  }
}
