package io.versor.deeplake;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What one number of an array is: numpy's names. */
public enum ElementType {
  BOOL(1, "b1"),
  INT8(1, "i1"),
  INT16(2, "i2"),
  INT32(4, "i4"),
  INT64(8, "i8"),
  UINT8(1, "u1"),
  UINT16(2, "u2"),
  UINT32(4, "u4"),
  UINT64(8, "u8"),
  FLOAT16(2, "f2"),
  FLOAT32(4, "f4"),
  FLOAT64(8, "f8"),
  /** Two FLOAT32, the real part first. */
  COMPLEX64(8, "c8"),
  /** Two FLOAT64, the real part first. */
  COMPLEX128(16, "c16");

  private static final Map<String, String> ALIASES = Map.of("b1", "bool", "?", "bool");

  private final int width;
  private final String code;

  ElementType(int width, String code) {
    this.width = width;
    this.code = code;
  }

  /** Bytes of one element. */
  public int width() {
    return width;
  }

  /** Bytes that change places where the highest comes first. */
  int swapped() {
    return this == COMPLEX64 || this == COMPLEX128 ? width / 2 : width;
  }

  /** Numpy's name: {@code int64}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** By a name ({@code int64}) or a typestr ({@code <i8}). */
  static Optional<ElementType> find(String text) {
    String plain = text.isEmpty() || "<>|=".indexOf(text.charAt(0)) < 0 ? text : text.substring(1);
    String known = ALIASES.getOrDefault(plain, plain);
    for (ElementType type : values()) {
      if (type.key().equals(known) || type.code.equals(known)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
