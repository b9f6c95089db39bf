package io.versor.format.type;

import java.util.Locale;
import java.util.Optional;

/**
 * What samples mean, so that tools can show and functions can check them. Codes and names are on
 * disk: FORMAT.md, "Types". They never change.
 */
public enum Htype {
  /** No meaning beyond the dtype and shape. */
  GENERIC(1, 0),
  TEXT(2, 0),
  /** A JSON value as text. */
  JSON(3, 0),
  /** A JSON array as text. */
  LIST(4, 0),
  /** An encoded picture; its shape {@code [height, width, channels]} is stored beside it. */
  IMAGE(5, 3),
  /** Encoded sound; its shape {@code [samples, channels]} is stored beside it. */
  AUDIO(6, 2),
  /** An encoded film; its shape {@code [frames, height, width, channels]} is stored beside it. */
  VIDEO(7, 4),
  /** INT32 with a name for each number from 0 on. */
  CLASS_LABEL(8, 0),
  /** A vector of fixed length. */
  EMBEDDING(9, 0),
  /** {@code [boxes, 4]}. */
  BBOX(10, 0),
  KEYPOINTS(11, 0),
  /** {@code [height, width]}, a class number for each pixel. */
  SEGMENT_MASK(12, 0),
  /** {@code [height, width, objects]}, BOOL. */
  BINARY_MASK(13, 0),
  /** {@code [polygons, points, 2]}. */
  POLYGON(14, 0),
  /** {@code [points, coordinates]}. */
  POINT_CLOUD(15, 0),
  /** A list of samples of another type; its length {@code [elements]} is stored beside it. */
  SEQUENCE(16, 1);

  private static final Htype[] BY_CODE = byCode();

  private final int code;
  private final int describedRank;

  Htype(int code, int describedRank) {
    this.code = code;
    this.describedRank = describedRank;
  }

  /** Its byte on disk. */
  public int code() {
    return code;
  }

  /** Its name on disk. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** IMAGE, AUDIO or VIDEO: samples are encoded bytes. */
  public boolean isMedia() {
    return this == IMAGE || this == AUDIO || this == VIDEO;
  }

  /** Rank of the shape stored beside bytes that do not tell it by their number; else 0. */
  public int describedRank() {
    return describedRank;
  }

  /** TEXT, JSON or LIST: samples are UTF-8 text. */
  public boolean isText() {
    return this == TEXT || this == JSON || this == LIST;
  }

  public static Optional<Htype> findByCode(int code) {
    return code > 0 && code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
  }

  private static Htype[] byCode() {
    Htype[] table = new Htype[values().length + 1];
    for (Htype htype : values()) {
      table[htype.code] = htype;
    }
    return table;
  }
}
