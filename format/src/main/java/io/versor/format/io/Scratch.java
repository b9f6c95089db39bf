package io.versor.format.io;

import io.versor.format.type.StoreException;

/**
 * Bytes that a statement has no memory for: appended, read at any place, and gone when it is
 * closed, or when the process dies. Never part of the store's data. Thread-safe.
 */
public interface Scratch extends AutoCloseable {
  /**
   * Answers where the bytes are for {@link #read}.
   *
   * @throws StoreException {@code DISK_FULL} or {@code IO}
   */
  long append(byte[] source, int offset, int length) throws StoreException;

  /** Reads bytes that were appended. */
  void read(long position, byte[] target, int offset, int length) throws StoreException;

  /** Frees the room on the disk. Whatever fails in that, nobody has to know. */
  @Override
  void close();
}
