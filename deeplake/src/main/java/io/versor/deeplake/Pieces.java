package io.versor.deeplake;

import io.versor.format.ForeignSlice;
import io.versor.format.chunk.SampleAppender;
import io.versor.format.tree.ForeignChunks;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts of Deep Lake's chunks that are about as large as a store's own are, numbered. Filled by one
 * thread, then read by any.
 */
final class Pieces implements ForeignChunks {
  /** As chunks of a store. */
  private static final long BYTES = 8L << 20;

  private static final int MOST_ROWS = 1 << 16;

  /**
   * Samples of a tensor at a node.
   *
   * @param first its position in the tensor
   */
  private record Piece(Tensor tensor, long first, int count) {}

  /** What makes two pieces the same, whichever node they were met at. */
  private record Key(String path, long row) {}

  private final List<Piece> pieces = new ArrayList<>();
  private final Map<Key, Integer> numbers = new HashMap<>();

  /** Slices that hold some samples of a tensor, in their order. */
  List<ForeignSlice> slices(Places places, Positions samples) {
    List<ForeignSlice> slices = new ArrayList<>();
    for (Positions.Run run : samples.runs()) {
      for (long at = run.from(); at < run.to(); ) {
        ForeignSlice slice = slice(places, at, run.to());
        slices.add(slice);
        at += slice.count();
      }
    }
    return slices;
  }

  private ForeignSlice slice(Places places, long at, long end) {
    Tensor tensor = places.tensor();
    if (tensor.meta().isSequence()) {
      // Items of one lie where they like: each sequence is a piece.
      return new ForeignSlice(number(tensor, new Key(tensor.folder(), at), at, 1), 1, 0, 1);
    }
    ChunkSpan span = places.span(at);
    int size = rows(tensor);
    long inSpan = at - span.firstSample();
    long first = inSpan / size * size;
    int count = (int) Math.min(size, span.count() - first);
    // Which samples were skipped is told by the tensor, not by the chunk.
    Key key =
        tensor.hasPads()
            ? new Key(tensor.folder(), span.firstSample() + first)
            : new Key(span.path(), span.firstRow() + first);
    int number = number(tensor, key, span.firstSample() + first, count);
    int from = (int) (inSpan - first);
    int rows = pieces.get(number).count();
    return new ForeignSlice(number, rows, from, (int) Math.min(end - at, count - from));
  }

  private int number(Tensor tensor, Key key, long first, int count) {
    Integer known = numbers.get(key);
    if (known != null && pieces.get(known).count() >= count) {
      return known;
    }
    int number = pieces.size();
    pieces.add(new Piece(tensor, first, count));
    numbers.put(key, number);
    return number;
  }

  /** Samples are taken to be as large as the largest, which metadata tells. */
  private static int rows(Tensor tensor) {
    long bytes = tensor.meta().element().map(ElementType::width).orElse(16);
    for (int extent : tensor.meta().maxShape()) {
      bytes = Math.min(BYTES, bytes * Math.max(1, extent));
    }
    return (int) Math.max(1, Math.min(MOST_ROWS, BYTES / bytes));
  }

  @Override
  public void read(int ordinal, SampleAppender samples) throws StoreException {
    Piece piece = pieces.get(ordinal);
    new Samples(piece.tensor()).append(piece.first(), piece.count(), samples);
  }
}
