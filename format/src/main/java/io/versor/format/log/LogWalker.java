package io.versor.format.log;

import io.versor.format.io.ObjectStore;
import io.versor.format.log.FrameReader.Found;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Walks a log frame by frame and from segment to segment, and can go on where it stopped when the
 * log has grown. Used by one thread at a time.
 */
final class LogWalker implements AutoCloseable {
  /** From here on a segment may be followed by another: the largest frame no longer fits. */
  private static final long FIRST_ROLL_OFFSET =
      BranchLog.SEGMENT_BYTES - FrameHeader.extent(BranchLog.MAX_PAYLOAD_BYTES);

  /**
   * A writer's bytes become visible page by page, so what looks damaged may be half written: look
   * again after this long each, then believe it.
   */
  private static final long[] PAUSES_MILLIS = {0, 1, 4, 16};

  private final ObjectStore store;
  private final LogId log;
  private final LogKnowledge knowledge;

  private SegmentFile segment;
  private FrameReader reader;
  private LogEnd at;
  private boolean crcKnown;

  /** Whether the file was given back; it is opened again when it is needed. */
  private boolean parked;

  /** The last place known to be behind durable frames only. */
  private LogEnd syncedAt;

  private LogWalker(ObjectStore store, LogId log, LogKnowledge knowledge, SegmentFile segment) {
    this.store = store;
    this.log = log;
    this.knowledge = knowledge;
    this.segment = segment;
    this.reader = new FrameReader(segment, FrameReader.WIDE);
    this.at = LogEnd.startOf(segment);
    this.syncedAt = at; // a segment is created when all before it are durable
    this.crcKnown = true;
  }

  /** Starts at the first frame of a segment, which must be there. */
  static LogWalker open(ObjectStore store, LogId log, LogKnowledge knowledge, long first)
      throws StoreException {
    return new LogWalker(store, log, knowledge, SegmentFile.open(store, log, first));
  }

  /** Gives the file back for the time being; the place is kept. */
  void park() throws StoreException {
    if (!parked) {
      parked = true;
      segment.close();
    }
  }

  private void unpark() throws StoreException {
    if (parked) {
      segment = SegmentFile.open(store, log, at.segment());
      reader = new FrameReader(segment, FrameReader.WIDE);
      parked = false;
    }
  }

  /** Goes to a place in the open segment whose frame before is not known. */
  void skipTo(FrameAddress address) throws StoreException {
    boolean inSegment =
        address.segment() == at.segment()
            && address.offset() >= SegmentHeader.BYTES
            && address.offset() <= BranchLog.SEGMENT_BYTES
            && address.offset() % 8 == 0
            && (address.offset() == SegmentHeader.BYTES) == (address.frame() == address.segment());
    if (!inSegment) {
      throw new StoreException(Code.CORRUPT, "no frame can lie at " + address);
    }
    if (address.offset() != SegmentHeader.BYTES) {
      at = new LogEnd(address.segment(), address.offset(), address.frame(), 0);
      crcKnown = false;
    }
  }

  /** Stands where the log ends by decision: nothing is read there. */
  void standAt(FrameAddress end) {
    at = new LogEnd(end.segment(), end.offset(), end.frame(), 0);
    syncedAt = at;
    crcKnown = false;
  }

  /** Goes to a place that is known to be right. */
  void jumpTo(LogEnd place, LogEnd synced) throws StoreException {
    unpark();
    if (place.segment() != at.segment()) {
      enter(SegmentFile.open(store, log, place.segment()));
    }
    at = place;
    syncedAt = synced;
    crcKnown = true;
  }

  /** Goes back to what is known to be durable and reads from there as if for the first time. */
  void forget() throws StoreException {
    unpark();
    if (syncedAt.segment() == at.segment()) {
      reader.forget();
    } else {
      enter(SegmentFile.open(store, log, syncedAt.segment()));
    }
    at = syncedAt;
    crcKnown = true;
  }

  LogEnd at() {
    return at;
  }

  boolean crcKnown() {
    return crcKnown;
  }

  LogEnd syncedAt() {
    return syncedAt;
  }

  /**
   * The next frame, or why there is none, in which case the walker stays where it is. {@link
   * Found.Damaged} is an error unless the caller knows better; see {@link #corrupt}.
   */
  Found step() throws StoreException {
    if (at.frame() >= knowledge.limit()) {
      return new Found.Free();
    }
    unpark();
    int attempt = 0;
    while (true) {
      Found found = reader.read(at.offset(), at.frame(), knownCrc());
      if (found instanceof Found.Whole whole) {
        advance(whole.header());
        return found;
      }
      if (enterNextSegment()) {
        continue;
      }
      found = judgeEnd(found);
      if (found instanceof Found.Free || found instanceof Found.Torn) {
        return found;
      }
      if (found instanceof Found.Whole) {
        continue; // it came while we looked
      }
      // Even sure damage is looked at twice: the proof may have come after the bytes were read.
      boolean surely = found instanceof Found.Damaged damaged && damaged.surely();
      if (attempt == PAUSES_MILLIS.length || (surely && attempt > 0)) {
        return found;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSES_MILLIS[attempt]));
      attempt++;
    }
  }

  /** Whether there is something behind this place; costs one small read if there is not. */
  boolean hasMore() throws StoreException {
    if (at.frame() >= knowledge.limit()) {
      return false;
    }
    unpark();
    byte[] header = new byte[FrameHeader.BYTES];
    int n = segment.file().read(at.offset(), header, 0, header.length);
    if (!Sectors.isZero(header, 0, n)) {
      Found found = reader.read(at.offset(), at.frame(), knownCrc());
      if (!(found instanceof Found.Torn || found instanceof Found.Free)) {
        return true;
      }
    }
    Optional<SegmentFile> next = findNextSegment();
    if (next.isPresent()) {
      next.get().close();
    }
    return next.isPresent();
  }

  private Found judgeEnd(Found found) throws StoreException {
    if (segment.packed()) {
      boolean ended = at.offset() == segment.file().length();
      return ended || found instanceof Found.Damaged
          ? found
          : new Found.Damaged("is not there, though the log goes on", true);
    }
    Found end = found;
    if (end instanceof Found.Free && !knowledge.isRestZero(at.segment())) {
      end = reader.readBehindZeros(at.offset(), at.frame(), knownCrc());
      if (end instanceof Found.Free) {
        knowledge.restIsZero(at.segment());
      }
    }
    if (end instanceof Found.Torn) {
      List<Long> firsts = log.firstFrames(store);
      for (long first : firsts) {
        if (first > at.frame() && SegmentFile.exists(store, log, first)) {
          knowledge.segmentExists(first);
        }
      }
    }
    boolean goesOn = at.segment() < knowledge.lastSegment();
    if (goesOn && !(end instanceof Found.Damaged || end instanceof Found.Whole)) {
      return new Found.Damaged("is missing, though there are later segments", false);
    }
    return end;
  }

  private Optional<Integer> knownCrc() {
    return crcKnown ? Optional.of(at.crcBefore()) : Optional.empty();
  }

  private void advance(FrameHeader header) {
    if (header.synced() >= at.frame()) {
      // Where the walk began the checksum before was not known, but the frame says it.
      syncedAt = new LogEnd(at.segment(), at.offset(), at.frame(), header.crcBefore());
    }
    at = at.after(header);
    crcKnown = true;
  }

  private boolean enterNextSegment() throws StoreException {
    Optional<SegmentFile> next = findNextSegment();
    if (next.isEmpty()) {
      return false;
    }
    SegmentFile found = next.get();
    if (crcKnown && found.header().crcBefore() != at.crcBefore()) {
      StoreException e =
          new StoreException(
              Code.CORRUPT,
              String.format(
                  "%s: follows a frame with checksum %08x, but the one before it has %08x",
                  found.file().display(), found.header().crcBefore(), at.crcBefore()));
      SegmentFile.closeAfter(found.file(), e);
      throw e;
    }
    enter(found);
    at = LogEnd.startOf(segment);
    syncedAt = at;
    crcKnown = true;
    return true;
  }

  private Optional<SegmentFile> findNextSegment() throws StoreException {
    boolean possible = at.offset() >= FIRST_ROLL_OFFSET || at.segment() < knowledge.lastSegment();
    return possible && at.frame() > at.segment()
        ? SegmentFile.find(store, log, at.frame())
        : Optional.empty();
  }

  private void enter(SegmentFile next) throws StoreException {
    SegmentFile left = segment;
    segment = next;
    reader = new FrameReader(next, FrameReader.WIDE);
    knowledge.segmentExists(next.firstFrame());
    left.close();
  }

  /** The file it is in. */
  String display() {
    return segment.file().display();
  }

  /**
   * Goes on behind a damaged frame, with the next one in the segment whose header is right; false
   * if there is none.
   */
  boolean passDamage() throws StoreException {
    Optional<LogEnd> next = reader.findFrame(at.offset() + 8, at.frame());
    if (next.isEmpty()) {
      return false;
    }
    at = next.get();
    crcKnown = false;
    return true;
  }

  StoreException corrupt(Found.Damaged damage) {
    return new StoreException(
        Code.CORRUPT,
        segment.file().display()
            + ": frame "
            + at.frame()
            + " at offset "
            + at.offset()
            + " "
            + damage.why()
            + "; restore the file from a copy");
  }

  @Override
  public void close() throws StoreException {
    segment.close();
  }
}
