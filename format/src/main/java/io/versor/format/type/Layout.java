package io.versor.format.type;

/** How samples lie in memory. */
public enum Layout {
  /** Each takes the same number of bytes, one after the other. */
  FIXED,
  /** Each takes its own number of bytes; offsets tell where it begins. */
  VARIABLE
}
