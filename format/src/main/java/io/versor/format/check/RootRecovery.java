package io.versor.format.check;

import io.versor.format.check.Damage.Severity;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.ObjectWriter;
import io.versor.format.log.BranchLog;
import io.versor.format.log.Frame;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.LogArchive;
import io.versor.format.log.LogCheck;
import io.versor.format.log.PackedLog;
import io.versor.format.pack.Address;
import io.versor.format.pack.MovedPack;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.PackObject;
import io.versor.format.pack.PackReader;
import io.versor.format.pack.PackedSegment;
import io.versor.format.pack.Packs;
import io.versor.format.pack.ServedPack;
import io.versor.format.record.NamedFrames;
import io.versor.format.record.Record;
import io.versor.format.record.RecordCodec;
import io.versor.format.record.RowIds;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.BranchName;
import io.versor.format.ref.CheckpointRef;
import io.versor.format.ref.Expiry;
import io.versor.format.ref.IdRange;
import io.versor.format.ref.PackRedirect;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootJson;
import io.versor.format.ref.RootStore;
import io.versor.format.ref.Start;
import io.versor.format.ref.StoreId;
import io.versor.format.ref.UnknownKeys;
import io.versor.format.table.BranchState;
import io.versor.format.table.Checkpoint;
import io.versor.format.table.Checkpoints;
import io.versor.format.table.PackedLogs;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ForeignChunks;
import io.versor.format.tree.NodeCache;
import io.versor.format.tree.TreeCheck;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Makes a root again that cannot be read, or is missing, of what logs and packs say. Names of
 * branches and tags are in the root alone: they are lost, and so are branches that nobody has
 * written to. Used by one thread, under the locks of all branches.
 */
final class RootRecovery {
  /** What there may have been that is nowhere to be seen any more: ids are never given twice. */
  private static final long MARGIN = 1 << 16;

  private static final int OPEN_PACKS = 32;
  private static final String MAIN = "main";

  private final ObjectStore objects;
  private final UUID storeId;
  private final Map<Long, Found> branches = new TreeMap<>();
  private final Map<PackId, ServedPack> moved = new TreeMap<>();

  /** Logs that lie in packs, by their branches. */
  private final Map<Long, Address> packed = new TreeMap<>();

  private long mostBranch;
  private long mostOrigin;

  /** What is known of one branch. */
  private static final class Found {
    private Optional<FrameAddress> parent = Optional.empty();
    private boolean closed;
    private boolean hasLog;
    private OptionalLong origin = OptionalLong.empty();
    private long originSince = -1;
    private Optional<Checkpoint> checkpoint = Optional.empty();
    private Optional<Address> address = Optional.empty();
  }

  private RootRecovery(ObjectStore objects, UUID storeId) {
    this.objects = objects;
    this.storeId = storeId;
  }

  /** Does nothing if the root can be read. */
  static void run(
      ObjectStore objects,
      RootStore roots,
      BufferAllocator allocator,
      long nowMicros,
      Consumer<Damage> told)
      throws StoreException {
    StoreException fault;
    try {
      roots.current();
      return;
    } catch (StoreException e) {
      fault = e;
    }
    boolean missing = fault.code() == Code.NOT_A_STORE;
    if (fault.code() != Code.CORRUPT && !missing) {
      throw fault;
    }
    Optional<UUID> store = LogCheck.findStore(objects);
    if (store.isEmpty()) {
      store = Packs.findStore(objects);
    }
    if (store.isEmpty()) {
      throw fault; // nothing is here that a store could be made of
    }
    RootRecovery recovery = new RootRecovery(objects, store.get());
    recovery.read(allocator);
    Root root = recovery.root(nowMicros);
    put(objects, root, nowMicros);
    told.accept(
        new Damage(
            Severity.REPAIRED,
            objects.display() + "/" + RootStore.NAME,
            OptionalLong.empty(),
            missing ? "the root is missing" : fault.getMessage(),
            List.of("branches " + String.join(", ", root.branchNames())),
            List.of(),
            "it was made again of what logs and packs say; names of branches and all tags are lost,"
                + " and so are branches that nobody had written to: rename and tag what is there."
                + " Commits that had expired are there again, and damaged where VACUUM has freed"
                + " what they held; let them expire again"
                + (missing ? "" : "; what was left of it is kept in the folder damaged")));
  }

  private static void put(ObjectStore objects, Root root, long nowMicros) throws StoreException {
    Optional<byte[]> before;
    try {
      before = objects.load(RootStore.NAME, RootJson.MAX_BYTES);
    } catch (StoreException e) {
      if (e.code() != Code.CORRUPT) {
        throw e;
      }
      objects.delete(RootStore.NAME); // far too long for a root
      before = Optional.empty();
    }
    if (before.isPresent()) {
      try (ObjectWriter aside = objects.create("damaged/root." + nowMicros)) {
        aside.write(before.get(), 0, before.get().length);
        aside.finish();
      }
    }
    if (!objects.swap(RootStore.NAME, before, RootJson.encode(root))) {
      throw new StoreException(
          Code.WRONG_STATE, objects.display() + "/root: was changed meanwhile; try again");
    }
  }

  // --- logs

  private Found found(long branchId) {
    mostBranch = Math.max(mostBranch, branchId);
    return branches.computeIfAbsent(branchId, id -> new Found());
  }

  private void readLogs(LogArchive archive) throws StoreException {
    Set<Long> ids = BranchLog.branches(objects);
    packed.keySet().removeAll(ids); // the file was not deleted yet
    ids.addAll(packed.keySet());
    for (long id : ids) {
      Found branch = found(id);
      branch.hasLog = true;
      LogCheck.run(
          objects,
          archive,
          storeId,
          id,
          Optional.empty(),
          new LogCheck.Visitor() {
            @Override
            public void frame(Frame frame) throws StoreException {
              try {
                String display = frame.address().toString();
                for (Record record : RecordCodec.read(frame.payload(), display)) {
                  note(branch, frame.address(), record);
                }
              } catch (StoreException e) {
                TreeCheck.damage(e); // repairs of the branch will come to it
              }
            }

            @Override
            public void damaged(String file, long offset, long frame, StoreException problem) {
              // likewise
            }
          });
    }
    // Logs that are named and have gone: their versions are lost, but who starts on them is not.
    for (Found branch : List.copyOf(branches.values())) {
      branch.parent.ifPresent(parent -> found(parent.branchId()));
    }
  }

  private void note(Found branch, FrameAddress address, Record record) {
    for (FrameAddress frame : NamedFrames.of(record)) {
      mostBranch = Math.max(mostBranch, frame.branchId());
    }
    if (record instanceof Record.Started started) {
      branch.parent = started.parent();
    } else if (record instanceof Record.Closed) {
      branch.closed = true;
    } else if (record instanceof Record.OriginChanged changed) {
      branch.origin = OptionalLong.of(changed.origin());
      branch.originSince = address.frame();
      origin(changed.origin());
    } else if (record instanceof Record.TablePut put) {
      origin(put.schema().id() >>> 32);
      put.schema().columns().forEach(column -> origin(column.id() >>> 32));
    } else if (record instanceof Record.ViewPut put) {
      origin(put.view().id() >>> 32);
    } else if (record instanceof Record.RowsAppended appended) {
      for (RowIds.Run run : appended.runs().runs()) {
        origin(run.first() >>> 32);
      }
    }
  }

  private void origin(long seen) {
    mostOrigin = Math.max(mostOrigin, seen);
  }

  // --- packs

  private void read(BufferAllocator allocator) throws StoreException {
    try (Packs packs =
            new Packs(objects, storeId, OPEN_PACKS, pack -> Optional.ofNullable(moved.get(pack)));
        ChunkCache chunks =
            new ChunkCache(
                packs, ForeignChunks.NONE, allocator, MemoryBudget.of(MemoryBudget.LEAST_BYTES))) {
      readMoved(packs);
      findLogs(packs);
      readLogs(new PackedLogs(packs, id -> Optional.ofNullable(packed.get(id))));
      StoredCheckpoints.visit(
          packs,
          new Checkpoints(packs, new NodeCache(packs), chunks, allocator),
          (address, head) -> note(address, head));
    }
  }

  /** What packs say of those that were moved into them; the last move counts. */
  private void readMoved(Packs packs) throws StoreException {
    List<PackId> files = packs.list();
    Set<PackId> readable = new HashSet<>();
    for (PackId file : files) { // oldest first
      try {
        for (MovedPack each : packs.borrow(file).moved()) {
          moved.put(each.pack(), new ServedPack(file, each.first(), each.count()));
        }
        readable.add(file);
      } catch (StoreException e) {
        TreeCheck.damage(e);
      }
    }
    moved.keySet().removeAll(readable); // the old file was not deleted yet
  }

  /** Logs in packs say themselves whose they are. */
  private void findLogs(Packs packs) throws StoreException {
    for (PackId file : packs.list()) {
      try {
        PackReader pack = packs.borrow(file);
        for (int i = 0; i < pack.objects(); i++) {
          PackObject object = pack.object(i);
          if (object.kind() == ObjectKind.LOG && object.length() > 0) {
            Address address = pack.address(i);
            PackedLog.branchOf(new PackedSegment(object)).ifPresent(id -> packed.put(id, address));
          }
        }
      } catch (StoreException e) {
        TreeCheck.damage(e);
      }
    }
  }

  private void note(Address address, Checkpoint checkpoint) {
    BranchState state = checkpoint.state();
    origin(state.ids().origin());
    Found branch = branches.get(state.position().branchId());
    if (branch == null) {
      mostBranch = Math.max(mostBranch, state.position().branchId());
      return; // of a branch that is gone
    }
    boolean newer =
        branch.checkpoint.isEmpty() || order(checkpoint) > order(branch.checkpoint.get());
    boolean deeper =
        branch.checkpoint.isPresent()
            && order(checkpoint) == order(branch.checkpoint.get())
            && checkpoint.depth() > branch.checkpoint.get().depth();
    if (newer || deeper) {
      branch.checkpoint = Optional.of(checkpoint);
      branch.address = Optional.of(address);
    }
  }

  private static long order(Checkpoint checkpoint) {
    return checkpoint.state().position().frame();
  }

  // --- the root

  private Root root(long nowMicros) {
    List<BranchEntry> entries = new ArrayList<>();
    long nextOrigin = Math.min(Root.MAX_ORIGIN, mostOrigin + MARGIN);
    boolean named = false;
    for (Map.Entry<Long, Found> each : branches.entrySet()) {
      long id = each.getKey();
      Found branch = each.getValue();
      long origin;
      OptionalLong known = origin(branch);
      if (known.isPresent()) {
        origin = known.getAsLong();
      } else {
        origin = nextOrigin++;
      }
      Optional<BranchName> name =
          branch.closed || !branch.hasLog || packed.containsKey(id)
              ? Optional.empty()
              : Optional.of(new BranchName(named ? "recovered_" + id : MAIN));
      named |= name.isPresent();
      Optional<FrameAddress> parent = branch.parent.filter(at -> at.branchId() < id);
      BranchEntry entry =
          new BranchEntry(
                  id,
                  new BranchName(MAIN),
                  origin,
                  parent.map(at -> new Start(at, Optional.empty())))
              .withName(name)
              .withCheckpoint(
                  branch.address.map(address -> new CheckpointRef(address, id, frame(branch))));
      entry = branch.hasLog ? entry.withLog() : entry.withEnd(FrameAddress.first(id));
      entries.add(packed.containsKey(id) ? entry.withPacked(packed.get(id)) : entry);
    }
    long nextBranch = Math.min(Root.MAX_BRANCH_ID, mostBranch + MARGIN);
    if (!named) {
      entries.add(
          new BranchEntry(nextBranch++, new BranchName(MAIN), nextOrigin++, Optional.empty()));
    }
    return new Root(
        new StoreId(storeId.getMostSignificantBits(), storeId.getLeastSignificantBits()),
        nowMicros, // more than any number of swaps
        nowMicros,
        nextBranch,
        nextOrigin,
        entries,
        List.of(),
        List.of(),
        moved.entrySet().stream()
            .map(
                each ->
                    new PackRedirect(
                        each.getKey(),
                        each.getValue().by(),
                        each.getValue().first(),
                        each.getValue().count()))
            .toList(),
        List.of(),
        nowMicros, // likewise
        IdRange.WHOLE.upTo(Math.max(nextBranch, nextOrigin) + MARGIN),
        Expiry.NONE,
        UnknownKeys.none());
  }

  private static long frame(Found branch) {
    return branch.checkpoint.map(RootRecovery::order).orElse(0L);
  }

  /** What it gives out ids under; a fresh one does, too, where nothing says it. */
  private static OptionalLong origin(Found branch) {
    if (branch.checkpoint.isPresent() && order(branch.checkpoint.get()) >= branch.originSince) {
      return OptionalLong.of(branch.checkpoint.get().state().ids().origin());
    }
    return branch.origin;
  }
}
