package io.versor.deeplake;

/** What the bytes of a sample are. */
public enum Content {
  /** Numbers, little-endian, the last extent running fastest. */
  ARRAY,
  /** UTF-8. */
  TEXT,
  /** JSON as UTF-8: of a json, list or tag tensor. */
  JSON,
  /** An encoded picture, film, sound, mesh or the like, as its file was. */
  ENCODED,
  /** The address of a link, UTF-8. */
  LINK,
  /** Polygons: see {@link Polygons}. */
  POLYGON
}
