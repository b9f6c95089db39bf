package io.versor.columnar;

import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where rows of different lengths begin; each ends where the next one does, if nothing else is
 * said.
 */
@FunctionalInterface
public interface Bounds {
  int at(int row) throws StoreException;

  /** Behind the last of a row. */
  default int end(int row) throws StoreException {
    return at(row + 1);
  }

  /** 32-bit numbers, little-endian. */
  static Bounds ints(ByteBuffer data) {
    ByteBuffer little = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return row -> little.getInt(Math.multiplyExact(row, 4));
  }

  /** 64-bit numbers, little-endian. */
  static Bounds longs(ByteBuffer data) {
    ByteBuffer little = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return row -> {
      long bound = little.getLong(Math.multiplyExact(row, 8));
      if (bound < 0 || bound > Integer.MAX_VALUE) {
        throw Cells.damaged("a bound at " + bound);
      }
      return (int) bound;
    };
  }

  /** Rows in any order, which may share what they hold: each has its start and its length. */
  static Bounds views(Bounds starts, Bounds lengths) {
    return new Bounds() {
      @Override
      public int at(int row) throws StoreException {
        return starts.at(row);
      }

      @Override
      public int end(int row) throws StoreException {
        return Math.addExact(starts.at(row), lengths.at(row));
      }
    };
  }

  /** Rows of one length. */
  static Bounds every(int length) {
    return row -> Math.multiplyExact(row, length);
  }
}
