package io.versor.format.log;

import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.log.FrameReader.Found;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The log of one branch, as one process has it open. Any number of threads may read; whoever calls
 * {@link #append}, {@link #sync} or {@link #repairTail} holds the branch's lock (see {@link
 * ObjectStore#lock}), which this class does not take.
 *
 * <p>An append is one write, and a sync one {@code fdatasync}; growing the file in steps and
 * starting a new segment come on top now and then.
 */
public final class BranchLog implements AutoCloseable {
  /** A segment is read whole when its end is looked for; this keeps that to milliseconds. */
  public static final int SEGMENT_BYTES = 16 << 20;

  /**
   * Largest payload of a frame: it must fit a segment with its header. Larger values go to packs.
   */
  public static final int MAX_PAYLOAD_BYTES = 15 << 20;

  private final ObjectStore store;
  private final LogId log;
  private final LogKnowledge knowledge;
  private final FrameShelf shelf;

  /** Stands at the end as far as it is known. */
  private LogWalker end;

  private boolean scanned;

  /**
   * The segment that {@link #end} is in, open for writing; null while this process has written
   * nothing.
   */
  private @Nullable TailFile tail;

  /**
   * Whether frames from {@code end.syncedAt()} on may be in the system's cache only, given up by
   * it.
   */
  private boolean suspect = true;

  /** Syncs under way, outside the monitor: their file must stay open. */
  private int syncing;

  /** Whether a write or sync failed, so that nothing is known about what is behind syncedAt(). */
  private boolean unknown;

  /** Where a write of ours failed and could not be undone: what is there is nobody's frame. */
  private @Nullable LogEnd failedAt;

  private BranchLog(ObjectStore store, LogId log, LogKnowledge knowledge, LogWalker end) {
    this.store = store;
    this.log = log;
    this.knowledge = knowledge;
    this.shelf = new FrameShelf(store, log);
    this.end = end;
  }

  /**
   * Creates a log without frames; durable when this returns. Whatever is there under this branch id
   * is removed: what a creation left that was cut short before the root said that the branch has a
   * log. So the caller holds the branch's lock, and has read the root under it.
   *
   * @param archive where it may lie later
   */
  public static BranchLog create(ObjectStore store, LogArchive archive, UUID storeId, long branchId)
      throws StoreException {
    delete(store, branchId);
    TailFile.create(store, new LogId(storeId, branchId, archive), 0, 0);
    return open(store, archive, storeId, branchId, Optional.empty());
  }

  /** Opens a log for reading and appending; {@code CORRUPT} if no segment of it is there. */
  public static BranchLog open(ObjectStore store, UUID storeId, long branchId)
      throws StoreException {
    return open(store, LogArchive.NONE, storeId, branchId, Optional.empty());
  }

  /**
   * The same for a log that may lie in an archive, where nothing is appended to it, or that is not
   * read to where it goes.
   *
   * @param end where it ends by decision, if it does; nothing is appended to it then
   */
  public static BranchLog open(
      ObjectStore store,
      LogArchive archive,
      UUID storeId,
      long branchId,
      Optional<FrameAddress> end)
      throws StoreException {
    LogId log = new LogId(storeId, branchId, archive);
    if (end.isEmpty()) {
      return find(store, log).orElseThrow(() -> noSegment(store, branchId));
    }
    List<Long> firsts = log.firstFrames(store);
    firsts.removeIf(first -> first >= end.get().frame());
    StoreException fault = null;
    for (int i = firsts.size() - 1; i >= 0; i--) {
      LogKnowledge knowledge = new LogKnowledge(firsts.get(firsts.size() - 1), end.get().frame());
      try {
        LogWalker walker = LogWalker.open(store, log, knowledge, firsts.get(i));
        walker.standAt(end.get());
        return new BranchLog(store, log, knowledge, walker);
      } catch (StoreException e) {
        if (e.code() != Code.CORRUPT) {
          throw e;
        }
        fault = fault == null ? e : fault;
      }
    }
    throw fault != null ? fault : noSegment(store, branchId);
  }

  private static StoreException noSegment(ObjectStore store, long branchId) {
    return new StoreException(
        Code.CORRUPT,
        store.display()
            + "/"
            + LogId.prefix(branchId)
            + ": holds no log segment, though the store has this branch; restore it from a copy");
  }

  /** Opens a log if there is one; what a creation that was cut short left is none. */
  public static Optional<BranchLog> find(ObjectStore store, UUID storeId, long branchId)
      throws StoreException {
    return find(store, new LogId(storeId, branchId, LogArchive.NONE));
  }

  private static Optional<BranchLog> find(ObjectStore store, LogId log) throws StoreException {
    List<Long> firsts = log.firstFrames(store);
    for (int i = firsts.size() - 1; i >= 0; i--) {
      long first = firsts.get(i);
      if (SegmentFile.exists(store, log, first)) {
        LogKnowledge knowledge = new LogKnowledge(first);
        return Optional.of(
            new BranchLog(store, log, knowledge, LogWalker.open(store, log, knowledge, first)));
      }
    }
    return Optional.empty();
  }

  /** Removes a log for good; the caller knows that nobody looks for it there any more. */
  public static void remove(ObjectStore store, long branchId) throws StoreException {
    delete(store, branchId);
    store.leave(LogId.prefix(branchId));
  }

  private static void delete(ObjectStore store, long branchId) throws StoreException {
    for (String name : names(store, branchId)) {
      store.delete(name);
    }
  }

  /** Ids of branches of which segments are there, whether the store has the branches or not. */
  public static Set<Long> branches(ObjectStore store) throws StoreException {
    Set<Long> ids = new TreeSet<>();
    for (String name : store.list(LogId.ALL)) {
      LogId.branchOf(name).ifPresent(ids::add);
    }
    return ids;
  }

  /** Names of all segments of a branch. */
  public static List<String> names(ObjectStore store, long branchId) throws StoreException {
    return store.list(LogId.prefix(branchId));
  }

  /**
   * Gives back the room behind the last frame of a log that is closed.
   *
   * @param end where the frame after it would be
   */
  public static void cut(ObjectStore store, FrameAddress end) throws StoreException {
    long sectors = (end.offset() + Sectors.BYTES - 1) / Sectors.BYTES;
    store.cut(LogId.segmentName(end.branchId(), end.segment()), sectors * Sectors.BYTES);
  }

  /** Whether there is room behind the last frame of a log. */
  public static boolean hasRoom(ObjectStore store, long branchId) throws StoreException {
    List<String> names = names(store, branchId);
    if (names.isEmpty()) {
      return false;
    }
    try (Segment file = store.openSegment(names.get(names.size() - 1), OpenMode.READ)) {
      byte[] tail = new byte[2 * Sectors.BYTES];
      long at = file.length() - tail.length;
      int read = file.read(Math.max(0, at), tail, 0, tail.length);
      return at > 0 && Sectors.isZero(tail, 0, read);
    }
  }

  public long branchId() {
    return log.branchId();
  }

  /** First frames of the segments there are, rising. */
  public List<Long> segments() throws StoreException {
    List<Long> firsts = new ArrayList<>();
    for (long first : log.firstFrames(store)) {
      if (SegmentFile.exists(store, log, first)) {
        firsts.add(first);
      }
    }
    return List.copyOf(firsts);
  }

  /** Where the oldest frame that is still there lies. */
  public FrameAddress start() throws StoreException {
    for (long first : log.firstFrames(store)) {
      if (SegmentFile.exists(store, log, first)) { // opens one file, however many there are
        return new FrameAddress(log.branchId(), first, first, SegmentHeader.BYTES);
      }
    }
    throw new StoreException(
        Code.CORRUPT,
        store.display()
            + "/"
            + LogId.prefix(log.branchId())
            + ": its segments have gone while it was in use; restore them from a copy");
  }

  /**
   * A cursor whose first frame is the one at {@code from}; {@code from} may be the place behind the
   * last frame. Caller closes.
   */
  public LogCursor readFrom(FrameAddress from) throws StoreException {
    if (from.branchId() != log.branchId()) {
      throw new IllegalArgumentException(from + " is not in the log of branch " + log.branchId());
    }
    LogWalker walker = LogWalker.open(store, log, knowledge, from.segment());
    try {
      walker.skipTo(from);
      placeAtEnd(walker, from);
      return new LogCursor(this, walker);
    } catch (StoreException | RuntimeException e) {
      try {
        walker.close();
      } catch (StoreException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  /** The frame at an address; {@code CORRUPT} if it is not there or not what was written. */
  public Frame read(FrameAddress address) throws StoreException {
    if (address.branchId() != log.branchId()) {
      throw new IllegalArgumentException(address + " is not in the log of branch " + branchId());
    }
    return shelf.read(address);
  }

  /** Where the next frame will be, as far as this process has read or written the log. */
  public synchronized FrameAddress end() throws StoreException {
    if (!scanned) {
      Found found = walkToEnd();
      if (found instanceof Found.Damaged damage) {
        throw end.corrupt(damage);
      }
    }
    return end.at().address(log.branchId());
  }

  /**
   * Where a frame of this many payload bytes would be, were it appended now: at the {@link #end},
   * or in a new segment. The caller holds the lock and has read up to the end.
   */
  public synchronized FrameAddress place(int payloadBytes) throws StoreException {
    takeUp();
    LogEnd at = end.at();
    return at.offset() + FrameHeader.extent(payloadBytes) > SEGMENT_BYTES
        ? new FrameAddress(log.branchId(), at.frame(), at.frame(), SegmentHeader.BYTES)
        : at.address(log.branchId());
  }

  /**
   * The frame at {@link #end}, which is behind it then, or empty if there is none yet. {@code
   * CORRUPT} if it is not what was written. Follows a log without opening its file again.
   */
  public synchronized Optional<Frame> next() throws StoreException {
    Found found = end.step();
    if (found instanceof Found.Whole whole) {
      suspect = true;
      return Optional.of(whole.frame());
    }
    if (found instanceof Found.Damaged damage) {
      throw end.corrupt(damage);
    }
    scanned = true;
    return Optional.empty();
  }

  /** Whether the log goes on behind {@link #end}: one small read, usually. */
  public synchronized boolean grown() throws StoreException {
    return end.hasMore();
  }

  /**
   * Appends a frame at the true end of the log, which the caller has read up to; it is not durable
   * before {@link #sync}. Returns where it is.
   *
   * <p>{@code LIMIT} if it is larger than {@link #MAX_PAYLOAD_BYTES}. {@code REF_MOVED}, once, if
   * frames that were read before they were durable have gone since: read the log again. After
   * {@code DISK_FULL} and {@code IO} the frame is not in the log; after {@code OUTCOME_UNKNOWN} it
   * may be. The log can be used again after all of them.
   */
  public synchronized FrameAddress append(byte[] payload) throws StoreException {
    if (payload.length > MAX_PAYLOAD_BYTES) {
      throw new StoreException(
          Code.LIMIT,
          "a frame of "
              + payload.length
              + " bytes does not fit the log, which takes "
              + MAX_PAYLOAD_BYTES);
    }
    takeUp();
    int extent = FrameHeader.extent(payload.length);
    if (end.at().offset() + extent > SEGMENT_BYTES) {
      rollOver();
    }
    LogEnd at = end.at();
    TailFile file = openTail();
    try {
      file.reserve(at.offset() + extent);
    } catch (StoreException e) {
      unknown = true; // nothing of the frame was written, but the file is to be opened afresh
      throw e;
    }
    FrameHeader header = write(file, at, payload, extent);
    end.jumpTo(at.after(header), end.syncedAt());
    suspect = false;
    return at.address(log.branchId());
  }

  /**
   * Makes all frames up to the end durable, those of others too. After {@code OUTCOME_UNKNOWN} the
   * frames since the last sync may or may not survive; the next append or sync writes them once
   * more.
   */
  public void sync() throws StoreException {
    TailFile file;
    LogEnd target;
    synchronized (this) {
      if (suspect || unknown) {
        if (isPacked()) { // durable before the root said so
          if (walkToEnd() instanceof Found.Damaged damage) {
            throw end.corrupt(damage);
          }
          return;
        }
        takeUp();
      }
      target = end.at();
      if (end.syncedAt().frame() == target.frame() && !suspect) {
        return;
      }
      file = openTail();
      if (suspect) {
        rewriteSuspects();
      }
      syncing++;
    }
    try {
      file.sync(); // not under the monitor: readers go on
    } catch (StoreException e) {
      synchronized (this) {
        syncing--;
        unknown = true;
      }
      throw e;
    }
    synchronized (this) {
      syncing--;
      if (end.at().equals(target)) {
        end.jumpTo(target, target);
      }
    }
  }

  private boolean isPacked() throws StoreException {
    return end.at().segment() == 0
        && store.findLength(log.segmentName(0)).isEmpty()
        && log.archive().has(log.branchId());
  }

  /**
   * Zeroes what a crash left behind the last whole frame, if anything, durably. Appends do it by
   * themselves.
   */
  public synchronized void repairTail() throws StoreException {
    takeUp();
  }

  /** Called by a cursor that has come to the end. */
  synchronized void learnEnd(LogEnd at, LogEnd syncedAt) throws StoreException {
    if (at.frame() > end.at().frame()) {
      boolean newer = syncedAt.frame() > end.syncedAt().frame();
      end.jumpTo(at, newer ? syncedAt : end.syncedAt());
      suspect = true;
    }
    scanned = true;
  }

  /**
   * At the end, the frame before is known, and the cursor can check that the next one follows it.
   */
  private synchronized void placeAtEnd(LogWalker walker, FrameAddress from) throws StoreException {
    if (end.at().address(log.branchId()).equals(from)) {
      walker.jumpTo(end.at(), end.syncedAt());
    }
  }

  /** Comes to the true end of the log and leaves zeros behind it. */
  private void takeUp() throws StoreException {
    LogEnd known = end.at();
    if (unknown) {
      closeTail();
      suspect = true;
    }
    if (suspect) {
      // Frames that were seen but not synced here may be gone: some systems drop what they could
      // not write. Whoever appended behind the gap would be lost with it.
      end.forget();
    }
    boolean same = end.at().equals(known);
    Found found = end.step();
    for (; found instanceof Found.Whole; found = end.step()) {
      suspect = true;
      same |= end.at().equals(known);
    }
    scanned = true;
    boolean ours = failedAt != null && failedAt.equals(end.at());
    if (found instanceof Found.Damaged damage && !ours) {
      throw end.corrupt(damage);
    }
    if (!(found instanceof Found.Free)) {
      zeroBehind(end.at());
    }
    failedAt = null;
    unknown = false;
    if (!same) {
      throw new StoreException(
          Code.REF_MOVED,
          store.display()
              + "/"
              + LogId.prefix(log.branchId())
              + ": frame "
              + (known.frame() - 1)
              + " was read before it was on the disk, and has not come there; try again");
    }
  }

  private Found walkToEnd() throws StoreException {
    Found found = end.step();
    while (found instanceof Found.Whole) {
      suspect = true;
      found = end.step();
    }
    scanned = true;
    return found;
  }

  /**
   * Durably, before anything else is written there: else a power loss could mix old bytes with new.
   */
  private void zeroBehind(LogEnd at) throws StoreException {
    try {
      openTail().zeroFrom(at.offset());
    } catch (StoreException e) {
      unknown = true;
      throw e;
    }
  }

  private TailFile openTail() throws StoreException {
    long segment = end.at().segment();
    if (tail == null || tail.firstFrame() != segment) {
      closeTail();
      tail = TailFile.open(store, log, segment);
    }
    return tail;
  }

  private FrameHeader write(TailFile file, LogEnd at, byte[] payload, int extent)
      throws StoreException {
    byte[] before = suspectBytes(file, at);
    byte[] bytes = new byte[before.length + extent];
    System.arraycopy(before, 0, bytes, 0, before.length);
    int payloadAt = before.length + FrameHeader.BYTES;
    System.arraycopy(payload, 0, bytes, payloadAt, payload.length);
    FrameHeader header =
        new FrameHeader(
            payload.length,
            at.frame(),
            end.syncedAt().frame(),
            at.crcBefore(),
            FrameHeader.payloadCrc(at.crcBefore(), payload, 0, payload.length),
            Sectors.zerosBehindHeader(bytes, before.length, extent, at.offset()));
    header.encode(bytes, before.length);
    try {
      file.write(at.offset() - before.length, bytes);
    } catch (StoreException e) {
      throw undo(file, at, extent, e);
    }
    return header;
  }

  /**
   * Frames that this process has not made durable itself, to be written again with what is
   * appended: a sync that failed, in this process or another, may have left them in the system's
   * cache as clean, and then a later sync would not write them.
   */
  private byte[] suspectBytes(TailFile file, LogEnd at) throws StoreException {
    if (!suspect) {
      return new byte[0];
    }
    LogEnd from = end.syncedAt();
    long start = from.segment() != at.segment() || from.isStartOfSegment() ? 0 : from.offset();
    return file.read(start, at.offset());
  }

  private void rewriteSuspects() throws StoreException {
    TailFile file = openTail();
    LogEnd at = end.at();
    byte[] bytes = suspectBytes(file, at);
    try {
      file.write(at.offset() - bytes.length, bytes);
    } catch (StoreException e) {
      unknown = true;
      throw e;
    }
    suspect = false;
  }

  /**
   * Takes back a frame whose write failed, so that nobody finds it; says what is known afterwards.
   */
  private StoreException undo(TailFile file, LogEnd at, int extent, StoreException failure) {
    unknown = true;
    failedAt = at;
    try {
      file.write(at.offset(), new byte[extent]);
      file.sync();
      return failure;
    } catch (StoreException e) {
      failure.addSuppressed(e);
      return new StoreException(
          Code.OUTCOME_UNKNOWN,
          file.display()
              + ": frame "
              + at.frame()
              + " could neither be written nor taken back; read again before you repeat the change:"
              + " "
              + failure.getMessage(),
          failure);
    }
  }

  /**
   * Starts the next segment. All frames before it are durable first, so only one segment can be
   * torn.
   */
  private void rollOver() throws StoreException {
    LogEnd last = end.at();
    try {
      if (suspect || end.syncedAt().frame() < last.frame()) {
        if (suspect) {
          rewriteSuspects();
        }
        openTail().sync();
        end.jumpTo(last, last);
      }
      closeTail();
      TailFile.create(store, log, last.frame(), last.crcBefore());
    } catch (StoreException e) {
      unknown = true;
      throw e;
    }
    knowledge.restIsZero(last.frame());
    LogEnd start = new LogEnd(last.frame(), SegmentHeader.BYTES, last.frame(), last.crcBefore());
    end.jumpTo(start, start);
  }

  /** Gives the files back for the time being; they are opened again when they are needed. */
  public synchronized void park() throws StoreException {
    if (syncing == 0) {
      closeTail();
      end.park();
      shelf.close();
    }
  }

  private void closeTail() throws StoreException {
    if (tail != null) {
      TailFile file = tail;
      tail = null;
      file.close();
    }
  }

  @Override
  public synchronized void close() throws StoreException {
    try {
      closeTail();
    } finally {
      try {
        end.close();
      } finally {
        shelf.close();
      }
    }
  }
}
