package io.versor.format.log;

import io.versor.format.log.FrameReader.Found;
import io.versor.format.type.StoreException;
import java.util.Optional;

/** Reads a log frame by frame, as far as it goes. Used by one thread. Needs no lock. */
public final class LogCursor implements AutoCloseable {
  private final BranchLog log;
  private final LogWalker walker;

  LogCursor(BranchLog log, LogWalker walker) {
    this.log = log;
    this.walker = walker;
  }

  /**
   * The next frame, or empty at the end of the log; later calls find what was appended since.
   * {@code CORRUPT} if a frame is not what was written.
   */
  public Optional<Frame> next() throws StoreException {
    Found found = walker.step();
    if (found instanceof Found.Whole whole) {
      return Optional.of(whole.frame());
    }
    if (found instanceof Found.Damaged damage) {
      throw walker.corrupt(damage);
    }
    if (walker.crcKnown()) {
      log.learnEnd(walker.at(), walker.syncedAt());
    }
    return Optional.empty();
  }

  /** Where the next frame is or will be. */
  public FrameAddress position() {
    return walker.at().address(log.branchId());
  }

  @Override
  public void close() throws StoreException {
    walker.close();
  }
}
