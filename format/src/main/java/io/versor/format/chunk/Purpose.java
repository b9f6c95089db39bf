package io.versor.format.chunk;

/** What an encoded chunk is for. */
public enum Purpose {
  /** Inside a frame of a log: written in the time of a statement, read once. Nothing is encoded. */
  LOG,
  /** In a pack: written once, read often. */
  PACK
}
