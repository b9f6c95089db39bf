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
   * Makes the object durable, then visible under its name. {@code IO} if the name is taken. If this
   * throws {@code OUTCOME_UNKNOWN}, the object may or may not be there.
   */
  void finish() throws StoreException;

  /** Discards the object unless it was finished. */
  @Override
  void close() throws StoreException;
}
