package io.versor.format.io;

import io.versor.format.type.StoreException;

/** Reads one finished object. Safe for use by many threads. */
public interface ObjectReader extends AutoCloseable {

  /** The object's name, for messages. */
  String display();

  /** Size in bytes when it was opened. */
  long length();

  /** Reads exactly {@code length} bytes; {@code CORRUPT} if the object ends before that. */
  void readFully(long position, byte[] target, int offset, int length) throws StoreException;

  /**
   * The object's bytes in memory, at most {@link MappedRegion#MAX_BYTES}. The region outlives this
   * reader: it stays mapped for as long as something refers to it.
   */
  MappedRegion map() throws StoreException;

  @Override
  void close() throws StoreException;
}
