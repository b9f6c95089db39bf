package io.versor.format.table;

import io.versor.format.io.Guard;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.StopSignal;
import io.versor.format.log.BranchLog;
import io.versor.format.log.Frame;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.LogCursor;
import io.versor.format.log.Position;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.CommitLocation;
import io.versor.format.ref.LockKeys;
import io.versor.format.ref.Refs;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootStore;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest state of one branch, as one process keeps it: follows what others append, and appends.
 * Thread-safe; readers never wait for a writer's disk.
 */
public final class LiveBranch implements AutoCloseable {
  /** How long a writer waits for another one; an append takes milliseconds. */
  private static final long LOCK_TIMEOUT_MILLIS = 30_000;

  /** Frames that share a sync, at most: the lock is not held for ever while others write. */
  private static final int LARGEST_GROUP = 256;

  /** So often VACUUM may take away what the root named that was looked at. */
  private static final int MOST_LOOKS = 20;

  /** What a branch nobody asks for may keep in memory; the rest is read again. */
  private static final long PARKED_BYTES = 64 << 10;

  private final ObjectStore objects;
  private final RootStore roots;
  private final History history;
  private final long branchId;

  private final AppendQueue queue = new AppendQueue();

  private @Nullable BranchLog log;
  private @Nullable BranchState state;

  /** Commits on the log behind what the commit index has, as far as this has read. */
  private final Map<CommitId, FrameAddress> recentSeals = new LinkedHashMap<>();

  /** The last frame known to be on the disk. */
  private long forced = -1;

  /** Whether a thread is between reading the end of the log and having appended to it. */
  private boolean leading;

  /** {@link Root#collected} when what the state stands on was looked for. */
  private long collected;

  /** Whether frames of ours are on their way to the disk: nobody may see them before. */
  private boolean appending;

  public LiveBranch(ObjectStore objects, RootStore roots, History history, long branchId) {
    this.objects = objects;
    this.roots = roots;
    this.history = history;
    this.branchId = branchId;
  }

  public long branchId() {
    return branchId;
  }

  /** The newest state there is: one look at the root and one behind the end of the log. */
  public BranchState refresh() throws StoreException {
    return refresh(roots.current());
  }

  /** The newest state there is, by a root that was just looked at: one look behind the log. */
  public synchronized BranchState refresh(Root root) throws StoreException {
    Root seen = root;
    for (int look = 1; ; look++) {
      try {
        Root by = seen;
        return history.ofLog(branchId, () -> refreshBy(by));
      } catch (StoreException e) {
        if (e.code() != Code.REF_MOVED || look == MOST_LOOKS) {
          throw e;
        }
        state = null; // what it stood on was collected while it was read
        Root now = roots.current();
        if (look > 1 && now.number() == seen.number()) {
          throw new StoreException(
              Code.CORRUPT, e.getMessage() + "; but the root, too, still leads there", e);
        }
        seen = now;
      }
    }
  }

  private BranchState refreshBy(Root root) throws StoreException {
    BranchEntry entry = entry(root);
    if (state != null && !appending && collected != root.collected()) {
      state = null; // it may stand on what is being deleted
    }
    if (state != null && (appending || !entry.hasLog())) {
      return state;
    }
    if (state == null) {
      collected = root.collected();
    }
    if (!entry.hasLog()) {
      state = history.start(entry);
      return state;
    }
    boolean fresh = state == null;
    try {
      return follow(entry);
    } catch (StoreException e) {
      if (fresh || e.code() != Code.CORRUPT) {
        throw e;
      }
      reload();
      return follow(entry);
    }
  }

  private BranchState follow(BranchEntry entry) throws StoreException {
    if (entry.end().isPresent()) {
      return followTo(entry, entry.end().get());
    }
    BranchLog open = openLog();
    if (state == null || state.position().frame() < 0) {
      recentSeals.clear();
      state = history.base(entry, new Position(branchId, Long.MAX_VALUE));
    } else if (open.end().frame() == state.position().frame() + 1) {
      if (open.grown()) {
        for (Optional<Frame> frame = open.next(); frame.isPresent(); frame = open.next()) {
          reached(history.replay().apply(state, frame.get()));
        }
      }
      return state;
    }
    try (LogCursor cursor = open.readFrom(state.next())) {
      for (Optional<Frame> frame = cursor.next(); frame.isPresent(); frame = cursor.next()) {
        reached(history.replay().apply(state, frame.get()));
      }
    }
    return state;
  }

  /** The state where a log ends that is not read to where it goes. */
  private BranchState followTo(BranchEntry entry, FrameAddress end) throws StoreException {
    if (state == null || state.position().frame() >= end.frame()) {
      closeLog();
      recentSeals.clear();
      state = history.base(entry, new Position(branchId, end.frame() - 1));
    }
    if (state.position().frame() + 1 < end.frame()) {
      try (LogCursor cursor = history.log(branchId).readFrom(state.next())) {
        for (Optional<Frame> frame = cursor.next(); frame.isPresent(); frame = cursor.next()) {
          reached(history.replay().apply(state, frame.get()));
        }
      }
    }
    return state;
  }

  /**
   * Forgets all that was read. Frames are read before they are synced, so a disk that fails may
   * take back what was seen, and others may have gone on from before it.
   */
  private synchronized void reload() throws StoreException {
    state = null;
    forced = -1;
    recentSeals.clear();
    history.forget(branchId);
    closeLog();
  }

  private BranchLog openLog() throws StoreException {
    if (log == null) {
      log = history.ofLog(branchId, () -> history.open(branchId, Optional.empty()));
    }
    return log;
  }

  private void reached(BranchState next) {
    boolean sealed =
        next.lastSeal().isPresent()
            && next.lastSeal().get().address().branchId() == branchId
            && next.lastSeal().get().address().frame() == next.position().frame();
    if (sealed) {
      LastSeal seal = next.lastSeal().get();
      recentSeals.put(seal.id(), seal.address());
      history.keep(next, collected);
    }
    state = next;
  }

  /**
   * Makes sure that frames up to this one are on the disk, before the root or another log names
   * them: a frame of another process may be read before its sync is done.
   */
  public void force(long frame) throws StoreException {
    synchronized (this) {
      if (frame <= forced) {
        return;
      }
    }
    if (entry(roots.current()).end().isPresent()) {
      return; // whoever decided that it ends there has forced it
    }
    history.ofLog(branchId, () -> forced(frame));
  }

  private long forced(long frame) throws StoreException {
    Guard lock = lock();
    try {
      BranchLog open;
      synchronized (this) {
        open = openLog();
      }
      while (open.end().frame() <= frame && open.next().isPresent()) {
        continue; // a checkpoint led past frames that were not read here
      }
      open.sync();
      if (open.end().frame() <= frame) {
        reload();
        throw new StoreException(
            Code.REF_MOVED,
            "frame "
                + frame
                + " of branch number "
                + branchId
                + " was read before it was on the disk, and has not come there; try again");
      }
      synchronized (this) {
        forced = Math.max(forced, frame);
        return forced;
      }
    } finally {
      lock.close();
    }
  }

  /** Commits on this log that the commit index may not have yet. */
  public synchronized List<CommitLocation> recentCommits() throws StoreException {
    if (entry(roots.current()).isLost()) {
      return List.of();
    }
    refresh();
    return recentSeals.entrySet().stream()
        .map(seal -> new CommitLocation(seal.getKey(), seal.getValue()))
        .toList();
  }

  private BranchEntry entry(Root root) throws StoreException {
    return root.findBranch(branchId).orElseThrow(() -> Refs.gone(branchId));
  }

  /** What a writer wants appended, decided while nobody else can append. */
  @FunctionalInterface
  public interface Plan {
    /**
     * The frame to append to {@code head}, or empty to append nothing.
     *
     * @throws StoreException to give up; nothing is appended then
     */
    Optional<FrameDraft> on(BranchEntry branch, BranchState head) throws StoreException;
  }

  /**
   * Appends one frame: one write, one sync, which is shared with those who append at the same time.
   * The first of a branch also creates the log and marks it in the root. Answers the state after
   * it. The plan may be stopped, the append may not: it may be others' too.
   */
  public BranchState append(Plan plan) throws StoreException {
    StopSignal.Check check = StopSignal.present();
    Plan stoppable = (branch, head) -> StopSignal.during(check, () -> plan.on(branch, head));
    BranchState after =
        StopSignal.during(
            StopSignal.NEVER, () -> queue.append(stoppable, check, () -> appendForAll(check)));
    StopSignal.settle();
    return after;
  }

  private Guard lock() throws StoreException {
    return objects.lock(LockKeys.branch(branchId), LOCK_TIMEOUT_MILLIS);
  }

  /** A frame that was written, or nothing, and the state that is to be answered after the sync. */
  private record Written(
      AppendQueue.Request request,
      BranchState after,
      Optional<FrameAddress> address,
      Optional<Seal> seal) {}

  /**
   * Writes what everybody wants who waits, and syncs once.
   *
   * @param stop ends the wait for the lock, when nobody's plan has been begun
   */
  private void appendForAll(StopSignal.Check stop) throws StoreException {
    Guard lock = StopSignal.during(stop, this::lock);
    try {
      synchronized (this) {
        leading = true;
      }
      BranchState head = refresh();
      BranchEntry entry = entry(roots.current());
      List<Written> written = new ArrayList<>();
      for (int i = 0; i < LARGEST_GROUP; i++) {
        Optional<AppendQueue.Request> request = queue.take();
        if (request.isEmpty() || !write(request.get(), entry, head, written)) {
          break;
        }
        head = written.isEmpty() ? head : written.get(written.size() - 1).after();
      }
      sync(entry, written);
    } finally {
      synchronized (this) {
        appending = false;
        leading = false;
      }
      lock.close();
    }
  }

  /** Answers whether the log can take another frame: not after a write that failed. */
  private boolean write(
      AppendQueue.Request request, BranchEntry entry, BranchState head, List<Written> written) {
    FrameDraft draft;
    try {
      Root root = roots.current(); // who came meanwhile may name a branch that was made meanwhile
      if (head.closed()) {
        throw new StoreException(
            Code.NO_SUCH_REF, entry.display() + " was dropped; nothing can be written to it");
      }
      if (entry.end().isPresent()) {
        throw new StoreException(
            Code.REF_MOVED,
            entry.display()
                + " has a damaged log, and was replaced by CHECK STORE REPAIR; try again");
      }
      Optional<FrameDraft> planned = request.plan().on(entry, head);
      if (planned.isEmpty()) {
        written.add(new Written(request, head, Optional.empty(), Optional.empty()));
        return true;
      }
      draft = planned.get();
      checkSize(entry, draft.payload());
      draft.refuseWhatGoes(root, objects);
    } catch (StoreException | RuntimeException | Error e) {
      queue.fail(request, e);
      return true;
    }
    try {
      written.add(write(request, entry, head, draft));
      return true;
    } catch (StoreException | RuntimeException | Error e) {
      queue.fail(request, e);
      return false;
    }
  }

  private static void checkSize(BranchEntry entry, byte[] payload) throws StoreException {
    if (payload.length > BranchLog.MAX_PAYLOAD_BYTES) {
      throw new StoreException(
          Code.LIMIT,
          entry.display()
              + ": one statement or transaction changes "
              + payload.length
              + " bytes of rows and row ids in the log, at most "
              + BranchLog.MAX_PAYLOAD_BYTES
              + " are allowed; split it");
    }
  }

  private Written write(
      AppendQueue.Request request, BranchEntry entry, BranchState head, FrameDraft draft)
      throws StoreException {
    BranchLog open;
    synchronized (this) {
      appending = true;
      if (!entry.hasLog() && head.position().frame() < 0) {
        closeLog();
        log = history.create(branchId);
      }
      open = openLog();
    }
    FrameAddress address = place(open, head, draft.payload().length);
    BranchState after = draft.after(address);
    open.append(draft.payload());
    history.keep(address, draft.payload());
    return new Written(request, after, Optional.of(address), draft.seal());
  }

  /** Makes what was written durable, then visible, and tells those who wait. */
  private void sync(BranchEntry entry, List<Written> written) {
    try {
      if (written.stream().anyMatch(one -> one.address().isPresent())) {
        BranchLog open;
        synchronized (this) {
          open = openLog();
        }
        open.sync();
        if (!entry.hasLog()) {
          roots.update(root -> root.withBranch(entry(root).withLog()));
        }
      }
      synchronized (this) {
        for (Written one : written) {
          if (one.address().isPresent()) {
            FrameAddress address = one.address().get();
            one.seal().ifPresent(seal -> history.keep(address, seal));
            if (state != null) { // else all is read again, with the commits before these
              reached(one.after());
            }
            forced = address.frame();
          }
        }
      }
    } catch (StoreException | RuntimeException | Error e) {
      forgetAfter(e);
      written.forEach(one -> queue.fail(one.request(), e));
      return;
    }
    written.forEach(one -> queue.done(one.request(), one.after()));
  }

  /** What was written may not be what is found there later. */
  private void forgetAfter(Throwable failure) {
    try {
      history.forget(branchId);
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }

  /** Where the frame will be that follows {@code head}. */
  private FrameAddress place(BranchLog open, BranchState head, int payloadBytes)
      throws StoreException {
    try {
      FrameAddress address = open.place(payloadBytes);
      if (address.frame() == head.position().frame() + 1) {
        return address;
      }
    } catch (StoreException e) {
      if (e.code() == Code.REF_MOVED) {
        reload();
      }
      throw e;
    }
    reload();
    throw new StoreException(
        Code.REF_MOVED,
        "the log of branch number "
            + branchId
            + " does not end with the frame that was read last; try again");
  }

  /**
   * Goes over to a checkpoint of this branch that the root names, so that memory holds only what
   * came after it.
   *
   * @param checkpoint a state of this branch as it was stored
   */
  synchronized void adopt(BranchState checkpoint, long indexedFrame) throws StoreException {
    if (state == null || checkpoint.position().frame() > state.position().frame()) {
      return; // the next refresh starts from the root anyway
    }
    BranchState target = state;
    BranchState next = checkpoint;
    try (LogCursor cursor = openLog().readFrom(checkpoint.next())) {
      while (next.position().frame() < target.position().frame()) {
        Optional<Frame> frame = cursor.next();
        if (frame.isEmpty()) {
          return;
        }
        next = history.replay().apply(next, frame.get());
      }
    }
    state = next;
    recentSeals.values().removeIf(seal -> seal.frame() < indexedFrame);
  }

  private void closeLog() throws StoreException {
    if (log != null) {
      BranchLog old = log;
      log = null;
      old.close();
    }
  }

  /** Gives files back while nobody asks for this branch, and memory if it has much. */
  public synchronized void park() throws StoreException {
    if (log == null || leading) {
      return; // what is known of the log must last from reading it to having appended
    }
    log.park();
    if (state != null && state.interval().bytes() > PARKED_BYTES) {
      state = null;
      recentSeals.clear();
    }
  }

  @Override
  public synchronized void close() throws StoreException {
    closeLog();
  }
}
