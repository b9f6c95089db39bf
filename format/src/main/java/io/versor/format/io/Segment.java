package io.versor.format.io;

import io.versor.format.type.StoreException;

/**
 * A file that is written in place and grows; never mapped. Safe for use by many threads; who writes
 * where is settled by the caller.
 */
public interface Segment extends AutoCloseable {

  /** The segment's name, for messages. */
  String display();

  /** Size in bytes, now; others may grow the file. */
  long length() throws StoreException;

  /** Reads up to {@code length} bytes and returns how many there were; fewer only at the end. */
  int read(long position, byte[] target, int offset, int length) throws StoreException;

  /** Writes all bytes. If this throws, any part of them may have been written. */
  void write(long position, byte[] source, int offset, int length) throws StoreException;

  /**
   * Grows the file to {@code newLength} with zeros that are really written, so the space is ours.
   */
  void allocate(long newLength) throws StoreException;

  /**
   * Makes everything written so far durable. After an {@code OUTCOME_UNKNOWN} from here nothing is
   * known about what was written since the last success, and a second call proves nothing either:
   * operating systems report a lost page once and then call it clean. Write the bytes again,
   * through a newly opened segment, and sync that.
   */
  void sync() throws StoreException;

  @Override
  void close() throws StoreException;
}
