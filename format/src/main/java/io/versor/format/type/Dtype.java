package io.versor.format.type;

import java.util.Locale;
import java.util.Optional;

/**
 * What one number, text or byte string is made of. Every number is little-endian. Codes and names
 * are on disk: FORMAT.md, "Types". They never change.
 */
public enum Dtype {
  /** One byte, 0 or 1. */
  BOOL(1, 1),
  INT8(2, 1),
  INT16(3, 2),
  INT32(4, 4),
  INT64(5, 8),
  UINT8(6, 1),
  UINT16(7, 2),
  UINT32(8, 4),
  UINT64(9, 8),
  /** IEEE 754 half precision; see {@code chunk.Float16}. */
  FLOAT16(10, 2),
  FLOAT32(11, 4),
  FLOAT64(12, 8),
  /** INT32, days since 1970-01-01. */
  DATE(13, 4),
  /** INT64, microseconds of the day. */
  TIME(14, 8),
  /** INT64, microseconds since 1970-01-01T00:00:00 of a clock without a zone. */
  TIMESTAMP(15, 8),
  /** INT64, microseconds since 1970-01-01T00:00:00Z: an instant. */
  TIMESTAMP_TZ(16, 8),
  /** 16 bytes, two's complement: the number times ten to the power of the scale. */
  DECIMAL(17, 16),
  /** UTF-8 text of any length. */
  UTF8(18, 0),
  /** Bytes of any length. */
  BYTES(19, 0),
  /** 16 bytes in the order in which they are printed, so they compare as unsigned bytes. */
  UUID(20, 16);

  private static final Dtype[] BY_CODE = byCode();

  private final int code;
  private final int width;

  Dtype(int code, int width) {
    this.code = code;
    this.width = width;
  }

  /** Its byte on disk. */
  public int code() {
    return code;
  }

  /** Bytes of one element; 0 if that varies (UTF8, BYTES). */
  public int width() {
    return width;
  }

  /** Its name on disk. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** BOOL, an integer or a float: what a tensor may be made of. */
  public boolean isNumber() {
    return code <= FLOAT64.code;
  }

  /** FLOAT16, FLOAT32 or FLOAT64. */
  public boolean isFloat() {
    return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
  }

  /** UINT8 to UINT64. */
  public boolean isUnsigned() {
    return this == UINT8 || this == UINT16 || this == UINT32 || this == UINT64;
  }

  /**
   * Whether a value is a whole number of at most 64 bits: BOOL, integers, dates, times and
   * timestamps.
   */
  public boolean isInteger() {
    return width != 0 && !isFloat() && this != DECIMAL && this != UUID;
  }

  public static Optional<Dtype> findByCode(int code) {
    return code > 0 && code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
  }

  /** The dtype with a code; {@code VERSION_TOO_NEW} if this version has none. */
  public static Dtype fromCode(int code, String display) throws StoreException {
    return findByCode(code)
        .orElseThrow(
            () ->
                new StoreException(
                    StoreException.Code.VERSION_TOO_NEW,
                    display
                        + ": dtype "
                        + code
                        + " is unknown to this version, which knows 1 to "
                        + UUID.code
                        + "; use a newer Versor"));
  }

  private static Dtype[] byCode() {
    Dtype[] table = new Dtype[values().length + 1];
    for (Dtype dtype : values()) {
      table[dtype.code] = dtype;
    }
    return table;
  }
}
