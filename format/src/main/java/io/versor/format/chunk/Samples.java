package io.versor.format.chunk;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Optional;

/**
 * A run of samples of one tensor, wherever they are: on the heap, outside of it, or still encoded
 * in a pack. Rows count from 0.
 */
public interface Samples {
  TensorType type();

  int rows();

  boolean isNull(int row);

  /**
   * Appends samples to a buffer of a type with the {@linkplain TensorType#sameBytes same bytes}.
   */
  void copyTo(VectorBuffer out, int from, int count) throws StoreException;

  /** The same onto the heap. */
  void copyTo(ColumnBuilder out, int from, int count) throws StoreException;

  /** Copies one sample of layout FIXED, not NULL, to an address with room for its width. */
  void copySample(int row, long address) throws StoreException;

  /**
   * The samples without a copy, as long as this is open and unchanged. Empty where they would have
   * to be copied: they are on the heap, or start within a byte of the validity bitmap.
   */
  Optional<Vector> window(int from, int count) throws StoreException;
}
