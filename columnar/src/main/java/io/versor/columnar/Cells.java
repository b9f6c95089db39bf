package io.versor.columnar;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of one column, counted from 0, in memory as a file has them. Nothing of what the file
 * claims was believed: a place that is not there is an {@link IndexOutOfBoundsException}.
 * Immutable; used by several threads.
 */
public abstract class Cells {
  private final @Nullable ByteBuffer valid;

  /**
   * @param valid a bit for each row, the lowest of a byte first: 0 for NULL; null if no row is NULL
   */
  protected Cells(@Nullable ByteBuffer valid) {
    this.valid = valid;
  }

  public boolean isNull(int row) {
    return valid != null && !bit(valid, row);
  }

  /** A value in the objects of {@link io.versor.engine.Result}, or nested lists of such. */
  public final @Nullable Object at(int row) throws StoreException {
    return isNull(row) ? null : value(row);
  }

  /** Of a row that is not NULL. */
  protected abstract Object value(int row) throws StoreException;

  /** What tensors of such values are made of; empty if these are no numbers. */
  public Optional<Dtype> dtype() {
    return Optional.empty();
  }

  /** Values as {@link io.versor.engine.TensorValue#flat} has them; only if there is a dtype. */
  protected Object flat(int from, int count) {
    throw new IllegalStateException("no numbers");
  }

  static boolean bit(ByteBuffer bits, int at) {
    return (bits.get(at >> 3) >> (at & 7) & 1) != 0;
  }

  static StoreException damaged(String what) {
    return new StoreException(Code.INVALID_VALUE, what + "; the file is damaged");
  }
}
