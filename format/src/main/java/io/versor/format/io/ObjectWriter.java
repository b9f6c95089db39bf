package io.versor.format.io;

import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;

/** Writes one new object, front to back. Used by one thread. */
public interface ObjectWriter extends AutoCloseable {

  /** The name the object will have, for messages. */
  String display();

  /** Bytes written so far. */
  long position();

  void write(byte[] bytes, int offset, int length) throws StoreException;

  /** Writes what remains in {@code bytes}. */
  void write(ByteBuffer bytes) throws StoreException;

  /**
   * Some bytes that were written, in memory, at an address that is aligned as their position is, up
   * to 64 bytes. The region outlives this writer, whatever becomes of the object.
   */
  MappedRegion map(long position, int length) throws StoreException;

  /**
   * Puts what was written so far on the disk, so that {@link #finish} has less to do; nothing else
   * can be told from it. The one method that another thread may call, while this one writes.
   */
  void force() throws StoreException;

  /**
   * Makes the object durable, then visible under its name. {@code IO} if the name is taken. If this
   * throws {@code OUTCOME_UNKNOWN}, the object may or may not be there.
   */
  void finish() throws StoreException;

  /** Discards the object unless it was finished. */
  @Override
  void close() throws StoreException;
}
