package io.versor.format.chunk;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;

/**
 * Samples of htype SEQUENCE: the elements of each are a chunk in plain form. FORMAT.md,
 * "Sequences". Equal lists are equal bytes, as long as NaN is. Stateless.
 */
public final class Sequences {
  private Sequences() {}

  /** Appends a sequence of these elements; {@code LIMIT} if they are too many or too large. */
  public static void append(SampleAppender out, HeapColumn elements) throws StoreException {
    byte[] sample = ChunkWriter.encode(elements, 0, elements.rows(), Purpose.LOG);
    out.appendSample(sample, 0, sample.length, new int[] {elements.rows()});
  }

  /** A number for each class label, in place of the one it has. */
  @FunctionalInterface
  public interface Codes {
    long of(HeapColumn labels, int row);
  }

  /** Appends a sequence of class labels with other numbers; NULLs stay. */
  public static void append(SampleAppender out, HeapColumn labels, Codes codes)
      throws StoreException {
    ColumnBuilder mapped = new ColumnBuilder(labels.type(), labels.rows());
    for (int i = 0; i < labels.rows(); i++) {
      if (labels.isNull(i)) {
        mapped.appendNull();
      } else {
        mapped.appendLong(codes.of(labels, i));
      }
    }
    append(out, mapped.column());
  }

  /**
   * The elements of a sample that is not NULL; {@code CORRUPT} if its bytes are none.
   *
   * @param type to read them as; that of the samples, or one with the same bytes
   */
  public static HeapColumn elements(TensorType type, Vector samples, int row)
      throws StoreException {
    byte[] sample = samples.bytesAt(row);
    int count = samples.shapeAt(row)[0];
    TensorType element = type.element().orElseThrow();
    String display = "a sequence of " + element.htype().key();
    if (sample.length < 2 || sample[1] != ChunkFormat.PLAIN) {
      throw new StoreException(Code.CORRUPT, display + ": its elements are no chunk in plain form");
    }
    HeapColumn elements = ChunkReader.decodeHeap(sample, 0, sample.length, element, display);
    if (elements.rows() != count) {
      throw new StoreException(
          Code.CORRUPT, display + " has " + elements.rows() + " elements, expected " + count);
    }
    return elements;
  }
}
