package io.versor.columnar;

import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Texts, byte strings and what else is kept as bytes. */
public final class BytesCells extends Cells {
  /** Where the bytes of a row lie. */
  @FunctionalInterface
  public interface Layout {
    /** A copy of them. */
    byte[] bytes(int row) throws StoreException;
  }

  /** What bytes stand for. */
  @FunctionalInterface
  public interface Meaning {
    Object of(byte[] bytes) throws StoreException;
  }

  private final Layout layout;
  private final Meaning meaning;

  public BytesCells(Layout layout, Meaning meaning, @Nullable ByteBuffer valid) {
    super(valid);
    this.layout = layout;
    this.meaning = meaning;
  }

  @Override
  protected Object value(int row) throws StoreException {
    return meaning.of(layout.bytes(row));
  }

  /** Values of the same length. */
  public static Layout fixed(ByteBuffer data, int width) {
    return row -> copy(data, (long) row * width, width);
  }

  /**
   * Values one after the other.
   *
   * @param bounds where each begins, and behind the last its end
   */
  public static Layout between(Bounds bounds, ByteBuffer data) {
    return row -> copy(data, bounds.at(row), (long) bounds.at(row + 1) - bounds.at(row));
  }

  /** A part of a buffer. */
  public static byte[] copy(ByteBuffer data, long from, long length) throws StoreException {
    if (from < 0 || length < 0 || length > data.limit() - from) {
      throw damaged("a value of " + length + " bytes at " + from + " of " + data.limit());
    }
    byte[] bytes = new byte[(int) length];
    data.get((int) from, bytes);
    return bytes;
  }
}
