package io.versor.format.io;

/** What one may do with what one opens. */
public enum OpenMode {
  /** Read only; nothing is created or changed, no lock file either. */
  READ,
  /** Read and write what exists. */
  WRITE,
  /** Read and write, and create it first if it does not exist. */
  CREATE
}
