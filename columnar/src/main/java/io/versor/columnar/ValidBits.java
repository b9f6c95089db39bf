package io.versor.columnar;

import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Counts values and says which of them are NULL. Bits are kept from the first NULL on: most columns
 * have none. One thread.
 */
public final class ValidBits {
  private final LittleBytes bits = new LittleBytes();
  private int count;
  private int nulls;

  /** The next value. */
  public void put(boolean given) throws StoreException {
    if (!given && nulls++ == 0) {
      for (int i = 0; i < count; i++) {
        bits.putBit(i, true);
      }
    }
    if (nulls > 0) {
      bits.putBit(count, given);
    }
    count++;
  }

  /** Values that are not NULL. */
  public void putGiven(int values) throws StoreException {
    if (nulls == 0) {
      count = Math.addExact(count, values);
      return;
    }
    for (int i = 0; i < values; i++) {
      put(true);
    }
  }

  public int count() {
    return count;
  }

  public int nulls() {
    return nulls;
  }

  /** A bit for each value, the lowest of a byte first: 0 for NULL; null if none is. */
  public @Nullable ByteBuffer written() {
    return nulls == 0 ? null : bits.written();
  }

  /** Forgets the values; what {@link #written} gave is not touched. */
  public void renew() {
    bits.renew();
    count = 0;
    nulls = 0;
  }
}
