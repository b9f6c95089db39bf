package io.versor.format.log;

import io.versor.format.io.Segment;
import io.versor.format.type.StoreException;
import java.util.Optional;

/**
 * Logs without files of their own: nobody writes to them any more, and each is one segment that
 * lies in a pack, up to its last frame. It is asked where a log has no file, so that a log may go
 * there while others have it open. Thread-safe.
 */
public interface LogArchive {
  /** No log is anywhere but in its files. */
  LogArchive NONE =
      new LogArchive() {
        @Override
        public boolean has(long branchId) {
          return false;
        }

        @Override
        public Optional<Segment> open(long branchId) {
          return Optional.empty();
        }
      };

  /** Whether the log of a branch lies here. */
  boolean has(long branchId) throws StoreException;

  /**
   * The only segment of a log that lies here, for reading; {@code CORRUPT} if it should and does
   * not. Caller closes.
   */
  Optional<Segment> open(long branchId) throws StoreException;
}
