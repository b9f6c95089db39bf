package io.versor.deeplake;

import io.versor.format.type.StoreException;
import java.util.List;

/**
 * Where the samples of a tensor are at a node, so that two nodes can be compared without reading
 * samples. Immutable.
 */
final class Places {
  private final Tensor tensor;
  private final List<ChunkSpan> spans;

  Places(Tensor tensor) throws StoreException {
    this.tensor = tensor;
    this.spans = tensor.spans();
  }

  Tensor tensor() {
    return tensor;
  }

  long length() {
    return tensor.length();
  }

  /** The span with a stored sample. */
  ChunkSpan span(long item) {
    int low = 0;
    int high = spans.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      ChunkSpan span = spans.get(middle);
      if (span.firstSample() + span.count() <= item) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return spans.get(low);
  }

  /** Up to which sample, at most {@code end}, those from one on lie as one does: in one span. */
  long sameSpan(long sample, long end) {
    if (tensor.meta().isSequence()) {
      return sample + 1;
    }
    ChunkSpan span = span(sample);
    return Math.min(end, span.firstSample() + span.count());
  }

  /** Whether a sample surely is one of another node, since both lie at the same place. */
  boolean same(long sample, Places other, long otherSample) {
    int items = tensor.itemCount(sample);
    if (items != other.tensor.itemCount(otherSample)) {
      return false;
    }
    long first = tensor.firstItem(sample);
    long otherFirst = other.tensor.firstItem(otherSample);
    for (int i = 0; i < items; ) {
      ChunkSpan mine = span(first + i);
      ChunkSpan theirs = other.span(otherFirst + i);
      boolean alike =
          mine.path().equals(theirs.path())
              && mine.tiled() == theirs.tiled()
              && row(mine, first + i) == row(theirs, otherFirst + i);
      if (!alike) {
        return false;
      }
      long left =
          Math.min(
              mine.firstSample() + mine.count() - (first + i),
              theirs.firstSample() + theirs.count() - (otherFirst + i));
      i += (int) Math.min(items - i, left);
    }
    return true;
  }

  private static long row(ChunkSpan span, long item) {
    return span.firstRow() + item - span.firstSample();
  }
}
