package io.versor.format.log;

import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.io.StopSignal;
import io.versor.format.log.FrameReader.Found;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads a log from end to end and goes on behind what is damaged, with the next frame that can be
 * read. Used by one thread. Needs no lock.
 */
public final class LogCheck {
  /** Takes what is found, in the order of the log. */
  public interface Visitor {
    /** A whole frame; it follows the one before, or damage. */
    void frame(Frame frame) throws StoreException;

    /**
     * Frames cannot be read.
     *
     * @param file the segment
     * @param offset where in it the first of them should begin
     * @param frame its number
     */
    void damaged(String file, long offset, long frame, StoreException problem)
        throws StoreException;
  }

  private final ObjectStore store;
  private final LogId log;
  private final List<Long> firsts;
  private final Visitor visitor;
  private final long limit;

  /** The frame that is to come. */
  private long expected;

  private LogCheck(ObjectStore store, LogId log, long limit, Visitor visitor)
      throws StoreException {
    this.store = store;
    this.log = log;
    this.limit = limit;
    this.visitor = visitor;
    this.firsts = log.firstFrames(store);
    firsts.removeIf(first -> first >= limit);
  }

  /**
   * Reads the log of a branch that has one.
   *
   * @param end where it ends by decision, if it does
   */
  public static void run(
      ObjectStore store,
      LogArchive archive,
      UUID storeId,
      long branchId,
      Optional<FrameAddress> end,
      Visitor visitor)
      throws StoreException {
    long limit = end.isPresent() ? end.get().frame() : Long.MAX_VALUE;
    if (limit > 0) {
      new LogCheck(store, new LogId(storeId, branchId, archive), limit, visitor).run();
    }
  }

  /** The store that a log here is of, whichever segment can be read first. */
  public static Optional<UUID> findStore(ObjectStore objects) throws StoreException {
    for (String name : objects.list(LogId.ALL)) {
      if (LogId.branchOf(name).isEmpty()) {
        continue;
      }
      try (Segment file = objects.openSegment(name, OpenMode.READ)) {
        byte[] bytes = new byte[SegmentHeader.BYTES];
        if (file.read(0, bytes, 0, bytes.length) == bytes.length) {
          Optional<UUID> found = SegmentHeader.storeOf(bytes);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private void run() throws StoreException {
    if (firsts.isEmpty()) {
      missing(0);
      return;
    }
    expected = firsts.get(0); // what maintenance took away before it is not needed
    int at = 0;
    while (at < firsts.size()) {
      if (firsts.get(at) > expected) {
        missing(expected);
      }
      long reached = read(firsts.get(at));
      at++;
      while (at < firsts.size() && firsts.get(at) <= reached) {
        at++; // read on the way
      }
    }
  }

  private void missing(long frame) throws StoreException {
    String file = store.display() + "/" + log.segmentName(frame);
    visitor.damaged(
        file,
        0,
        frame,
        new StoreException(
            Code.CORRUPT,
            file + ": is missing, though the store refers to it; restore it from a copy"));
  }

  /**
   * Reads from the start of a segment to the end of the log, or to where nothing can be read on.
   *
   * @return the first frame of the last segment that was entered
   */
  private long read(long first) throws StoreException {
    String name = log.segmentName(first);
    LogKnowledge knowledge = new LogKnowledge(firsts.get(firsts.size() - 1), limit);
    Optional<SegmentFile> segment;
    try {
      segment = SegmentFile.find(store, log, first);
    } catch (StoreException e) {
      told(store.display() + "/" + name, 0, first, e);
      return first;
    }
    if (segment.isEmpty()) {
      // Its creation was cut short, which is right for the last one only.
      if (first == 0 || first < firsts.get(firsts.size() - 1)) {
        missing(first);
      }
      return first;
    }
    segment.get().close();
    try (LogWalker walker = LogWalker.open(store, log, knowledge, first)) {
      while (true) {
        StopSignal.check();
        Found found;
        try {
          found = walker.step();
        } catch (StoreException e) {
          told(walker.display(), walker.at().offset(), walker.at().frame(), e);
          return walker.at().segment();
        }
        if (found instanceof Found.Whole whole) {
          visitor.frame(whole.frame());
          expected = walker.at().frame();
        } else if (found instanceof Found.Damaged damage) {
          visitor.damaged(
              walker.display(), walker.at().offset(), walker.at().frame(), walker.corrupt(damage));
          if (!walker.passDamage()) {
            expected = Long.MAX_VALUE; // how many frames were lost cannot be told
            return walker.at().segment();
          }
        } else {
          return walker.at().segment();
        }
      }
    }
  }

  private void told(String file, long offset, long frame, StoreException e) throws StoreException {
    if (e.code() != Code.CORRUPT && e.code() != Code.VERSION_TOO_NEW) {
      throw e;
    }
    visitor.damaged(file, offset, frame, e);
    expected = Long.MAX_VALUE;
  }
}
