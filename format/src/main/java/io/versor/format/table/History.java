package io.versor.format.table;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.versor.format.io.ObjectStore;
import io.versor.format.log.BranchLog;
import io.versor.format.log.Frame;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.LogArchive;
import io.versor.format.log.LogCursor;
import io.versor.format.log.Position;
import io.versor.format.pack.Address;
import io.versor.format.record.Record;
import io.versor.format.record.RecordCodec;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.Refs;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootSource;
import io.versor.format.tree.NodeSource;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Every state a store ever had: the nearest checkpoint of its lineage, and the frames after it.
 * Thread-safe.
 */
public final class History implements StateSource, AutoCloseable {
  /** Bytes of log that kept states were replayed from, about what they take; they share much. */
  private static final long KEPT_STATE_BYTES = 64 << 20;

  /** What a state takes that was stored as it is. */
  private static final int LEAST_STATE_BYTES = 256 << 10;

  private static final int KEPT_SEALS = 4_096;

  /** Frames kept as they were appended, for those who append next and must look through them. */
  private static final long KEPT_PAYLOAD_BYTES = 4 << 20;

  /** Logs kept open; each costs two file descriptors. */
  private static final int OPEN_LOGS = 64;

  private final ObjectStore objects;
  private final RootSource roots;
  private final LogArchive archive;
  private final UUID storeId;
  private final Checkpoints checkpoints;
  private final Replay replay;
  private final Map<Long, BranchLog> logs = new LinkedHashMap<>(16, 0.75f, true);
  private final Cache<Position, Kept> states =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_STATE_BYTES)
          .weigher((Position position, Kept kept) -> weight(kept.state()))
          .build();

  /** States that this thread is computing: none of them may depend on itself. */
  private final ThreadLocal<Set<Position>> underWay = ThreadLocal.withInitial(HashSet::new);

  private final Cache<Position, byte[]> payloads =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_PAYLOAD_BYTES)
          .weigher((Position position, byte[] payload) -> 64 + payload.length)
          .build();
  private final Cache<Position, Seal> seals = Caffeine.newBuilder().maximumSize(KEPT_SEALS).build();

  /**
   * @param collected {@link Root#collected} before the state was read
   */
  private record Kept(BranchState state, long collected) {}

  public History(
      ObjectStore objects,
      RootSource roots,
      LogArchive archive,
      UUID storeId,
      Checkpoints checkpoints,
      NodeSource nodes) {
    this.objects = objects;
    this.roots = roots;
    this.archive = archive;
    this.storeId = storeId;
    this.checkpoints = checkpoints;
    this.replay = new Replay(nodes, this);
  }

  private static int weight(BranchState state) {
    return (int) Math.min(Integer.MAX_VALUE, LEAST_STATE_BYTES + state.interval().bytes());
  }

  Replay replay() {
    return replay;
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  /**
   * Opens the log of a branch that has one, wherever it lies. Caller closes.
   *
   * @param end where it ends by decision, if it does
   */
  public BranchLog open(long branchId, Optional<FrameAddress> end) throws StoreException {
    return BranchLog.open(objects, archive, storeId, branchId, end);
  }

  /** A log without frames, of a branch that had none; the caller holds its lock and closes it. */
  BranchLog create(long branchId) throws StoreException {
    return BranchLog.create(objects, archive, storeId, branchId);
  }

  /** The log of a branch that has one, open; still ours: do not close it. */
  public BranchLog log(long branchId) throws StoreException {
    BranchLog surplus = null;
    try {
      synchronized (logs) {
        BranchLog known = logs.get(branchId);
        if (known != null) {
          return known;
        }
        Optional<FrameAddress> end = roots.current().findBranch(branchId).flatMap(BranchEntry::end);
        BranchLog opened = ofLog(branchId, () -> open(branchId, end));
        logs.put(branchId, opened);
        if (logs.size() > OPEN_LOGS) {
          long eldest = logs.keySet().iterator().next();
          surplus = logs.remove(eldest);
        }
        return opened;
      }
    } finally {
      if (surplus != null) {
        surplus.close();
      }
    }
  }

  /** Something that is read of a log. */
  @FunctionalInterface
  public interface Reading<T> {
    T read() throws StoreException;
  }

  /** What was read of a log; {@code NO_SUCH_REF} if VACUUM removed the branch meanwhile. */
  public <T> T ofLog(long branchId, Reading<T> reading) throws StoreException {
    try {
      return reading.read();
    } catch (StoreException e) {
      if (e.code() == StoreException.Code.CORRUPT) {
        entry(roots.current(), branchId);
      }
      throw e;
    }
  }

  /**
   * Remembers a state that was just reached.
   *
   * @param collected {@link Root#collected} before what it stands on was read
   */
  void keep(BranchState state, long collected) {
    states.put(state.position(), new Kept(state, collected));
  }

  /** Remembers a commit that was just appended: who made it asks for it at once. */
  void keep(FrameAddress address, Seal seal) {
    seals.put(new Position(address.branchId(), address.frame()), seal);
  }

  /** Remembers a frame that was just appended. */
  void keep(FrameAddress address, byte[] payload) {
    payloads.put(new Position(address.branchId(), address.frame()), payload);
  }

  /** Forgets what was read of a log that turned out to be another one now. */
  public void forget(long branchId) throws StoreException {
    states.asMap().keySet().removeIf(position -> position.branchId() == branchId);
    seals.asMap().keySet().removeIf(position -> position.branchId() == branchId);
    payloads.asMap().keySet().removeIf(position -> position.branchId() == branchId);
    BranchLog log;
    synchronized (logs) {
      log = logs.remove(branchId);
    }
    if (log != null) {
      log.close();
    }
  }

  @Override
  public BranchState at(FrameAddress frame) throws StoreException {
    Position position = new Position(frame.branchId(), frame.frame());
    Root root = roots.current();
    Kept known = states.getIfPresent(position);
    if (known != null && known.collected() == root.collected()) {
      return known.state(); // else it may stand on what is being deleted
    }
    if (!underWay.get().add(position)) {
      throw new StoreException(
          StoreException.Code.CORRUPT,
          position + ": its state depends on itself, by resets or starts of branches");
    }
    try {
      BranchEntry branch = entry(root, frame.branchId());
      BranchState state = base(branch, position);
      state = nearestKept(state, position, root.collected()).orElse(state);
      if (state.position().frame() < position.frame()) {
        BranchState before = state;
        state = ofLog(position.branchId(), () -> replayed(before, position));
      }
      keep(state, root.collected());
      return state;
    } finally {
      underWay.get().remove(position);
      if (underWay.get().isEmpty()) {
        underWay.remove();
      }
    }
  }

  /** Whoever goes through versions one after the other need not replay all frames for each. */
  private Optional<BranchState> nearestKept(BranchState base, Position position, long collected) {
    Optional<BranchState> nearest = Optional.empty();
    for (Kept kept : states.asMap().values()) {
      Position at = kept.state().position();
      boolean between =
          kept.collected() == collected
              && at.branchId() == position.branchId()
              && at.frame() < position.frame()
              && at.frame() > nearest.orElse(base).position().frame();
      if (between) {
        nearest = Optional.of(kept.state());
      }
    }
    return nearest;
  }

  /** A branch that something led to before VACUUM may have removed it. */
  private static BranchEntry entry(Root root, long branchId) throws StoreException {
    Optional<BranchEntry> entry = root.findBranch(branchId);
    if (entry.isPresent()) {
      return entry.get();
    }
    if (branchId < root.nextBranchId()) {
      throw Refs.gone(branchId);
    }
    throw new StoreException(
        StoreException.Code.CORRUPT,
        "branch number " + branchId + " is referred to, but the root does not have it");
  }

  /** The nearest state at or before a position that needs no replay of this branch. */
  BranchState base(BranchEntry branch, Position position) throws StoreException {
    if (branch.checkpoint().isPresent()) {
      Optional<Address> stored =
          checkpoints.findAtOrBefore(branch.checkpoint().get().address(), position);
      if (stored.isPresent()) {
        return checkpoints.read(stored.get()).state();
      }
    }
    return start(branch);
  }

  /** What a branch was before its first frame. */
  public BranchState start(BranchEntry branch) throws StoreException {
    return branch.start().isEmpty()
        ? BranchState.empty(branch.id(), branch.origin())
        : at(branch.start().get().position()).branched(branch.id(), branch.origin());
  }

  private BranchState replayed(BranchState base, Position target) throws StoreException {
    BranchState state = base;
    try (LogCursor cursor = log(target.branchId()).readFrom(base.next())) {
      while (state.position().frame() < target.frame()) {
        Optional<Frame> frame = cursor.next();
        if (frame.isEmpty()) {
          throw new StoreException(
              StoreException.Code.CORRUPT,
              "log of branch number "
                  + target.branchId()
                  + ": ends after frame "
                  + state.position().frame()
                  + ", frame "
                  + target.frame()
                  + " is referred to");
        }
        state = replay.apply(state, frame.get());
      }
    }
    return state;
  }

  /** What was appended between two states of one log. */
  public List<Record> recordsBetween(BranchState from, BranchState to) throws StoreException {
    List<Record> records = new ArrayList<>();
    long frame = from.position().frame();
    for (; frame < to.position().frame(); frame++) {
      Position position = new Position(to.position().branchId(), frame + 1);
      byte[] payload = payloads.getIfPresent(position);
      if (payload == null) {
        break;
      }
      records.addAll(RecordCodec.read(payload, position.toString()));
    }
    if (frame == to.position().frame()) {
      return records;
    }
    records.clear();
    frame = from.position().frame();
    try (LogCursor cursor = log(to.position().branchId()).readFrom(from.next())) {
      for (; frame < to.position().frame(); frame++) {
        Optional<Frame> next = cursor.next();
        if (next.isEmpty()) {
          break;
        }
        records.addAll(RecordCodec.read(next.get().payload(), next.get().address().toString()));
      }
    }
    if (frame < to.position().frame()) {
      throw new StoreException(
          StoreException.Code.CORRUPT,
          "log of branch number " + to.position().branchId() + ": ends after frame " + frame);
    }
    return records;
  }

  /** The commit made by a frame; {@code CORRUPT} if the frame makes none. */
  public Seal seal(FrameAddress address) throws StoreException {
    Position position = new Position(address.branchId(), address.frame());
    Seal known = seals.getIfPresent(position);
    if (known != null) {
      return known;
    }
    Frame frame = ofLog(address.branchId(), () -> log(address.branchId()).read(address));
    List<Record> records = RecordCodec.read(frame.payload(), address.toString());
    if (!records.isEmpty() && records.get(records.size() - 1) instanceof Record.Sealed sealed) {
      seals.put(position, sealed.seal());
      return sealed.seal();
    }
    throw new StoreException(
        StoreException.Code.CORRUPT, address + ": is referred to as a commit, but makes none");
  }

  /** The commit a state was last at. */
  public Optional<Seal> lastSeal(BranchState state) throws StoreException {
    return state.lastSeal().isEmpty()
        ? Optional.empty()
        : Optional.of(seal(state.lastSeal().get().address()));
  }

  /** Where the skip pointer of the commit after {@code last} goes: see {@link Seal#jump}. */
  public Seal.Jump jumpAfter(LastSeal last) throws StoreException {
    Seal.Jump one = new Seal.Jump(last.address(), last.depth());
    if (last.jump().isEmpty()) {
      return one;
    }
    Seal.Jump two = last.jump().get();
    Optional<Seal.Jump> three;
    try {
      three = seal(two.seal()).jump();
    } catch (StoreException e) {
      if (e.code() != StoreException.Code.CORRUPT && e.code() != StoreException.Code.NO_SUCH_REF) {
        throw e;
      }
      return one; // what lies there is damaged or gone: a shorter leap leads as far
    }
    boolean even =
        three.isPresent() && last.depth() - two.depth() == two.depth() - three.get().depth();
    return even ? three.get() : one;
  }

  /** Frees the logs. */
  @Override
  public void close() throws StoreException {
    synchronized (logs) {
      for (BranchLog log : logs.values()) {
        log.close();
      }
      logs.clear();
    }
  }
}
