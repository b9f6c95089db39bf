package io.versor.format.io;

import io.versor.format.type.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The storage under one store: objects that never change, one or a few small ones that are swapped,
 * and segments that grow. Safe for use by many threads.
 *
 * <p>Names are relative, slash-separated, and made of the characters {@link ObjectNames} allows; a
 * bad name is a mistake of our own code and throws {@link IllegalArgumentException}. Errors of
 * storage are {@link StoreException}s with code {@code IO}, {@code DISK_FULL} or {@code READ_ONLY},
 * whose message names the object.
 */
public interface ObjectStore extends AutoCloseable {

  /** Where this is, as a user would write it, for messages: a path, or {@code memory}. */
  String display();

  /** Whether every write is refused with {@code READ_ONLY}. */
  boolean readOnly();

  /**
   * The whole content of a small object, or empty if there is none.
   *
   * @param limitBytes largest size the caller accepts; a larger object is {@code CORRUPT}
   */
  Optional<byte[]> load(String name, int limitBytes) throws StoreException;

  /**
   * A cheap mark that differs whenever the object may have been swapped since; 0 if it is absent.
   * Equal marks mean equal content.
   */
  long stamp(String name) throws StoreException;

  /**
   * Replaces the object if its content still is {@code expected} (empty: if it is absent). The new
   * content is durable when this returns true. {@code OUTCOME_UNKNOWN} if storage failed after the
   * point where the new content may be seen.
   */
  boolean swap(String name, Optional<byte[]> expected, byte[] replacement) throws StoreException;

  /** Starts a new object, unseen until {@link ObjectWriter#finish}. Caller closes. */
  ObjectWriter create(String name) throws StoreException;

  /**
   * Makes an object of another store one of this one, too, without copying it. Durable when this
   * returns true; false where that cannot be done.
   */
  default boolean adopt(ObjectStore other, String name) throws StoreException {
    return false;
  }

  /** Opens a finished object; {@code CORRUPT} if it is missing. Caller closes. */
  ObjectReader openReader(String name) throws StoreException;

  /**
   * Opens a file that grows. With {@code READ} and {@code WRITE} it must exist ({@code CORRUPT} if
   * it is missing); with {@code CREATE} it is created, durably, if it does not. Caller closes.
   */
  Segment openSegment(String name, OpenMode mode) throws StoreException;

  /** The size of an object or segment in bytes, or empty if there is none. */
  OptionalLong findLength(String name) throws StoreException;

  /**
   * Names of all objects and segments below {@code prefix} (empty, or ending in a slash), sorted.
   */
  List<String> list(String prefix) throws StoreException;

  /**
   * Removes an object or segment; false if there was none. Open readers and regions go on working.
   */
  boolean delete(String name) throws StoreException;

  /**
   * Tells that nothing will ever be below a prefix again, all of which was deleted: storage that
   * has folders takes away an empty one.
   */
  default void leave(String prefix) throws StoreException {}

  /**
   * Cuts zeros off the end of a segment that is not written to any more; power that goes may bring
   * them back. Does nothing if it is not longer than that, or not there.
   *
   * @param length what is left
   */
  void cut(String name, long length) throws StoreException;

  /**
   * Removes what writers left behind that never finished, if it was last touched before {@code
   * before}; returns how many. Choose an instant older than any write that may still be going on.
   */
  int sweepUnfinished(Instant before) throws StoreException;

  /** For what a statement has no memory for; no object of the store. Caller closes. */
  Scratch openScratch() throws StoreException;

  /**
   * Takes the lock named {@code key}, exclusive across threads, class loaders and processes; not
   * reentrant. Throws {@code WRONG_STATE} if another holds it for longer than {@code
   * timeoutMillis}, and {@code CANCELLED} if the thread is interrupted meanwhile. Any string will
   * do for a key. Caller closes.
   */
  Guard lock(String key, long timeoutMillis) throws StoreException;

  /** Frees files and locks. What was opened here and not closed yet must not be used to write. */
  @Override
  void close() throws StoreException;
}
