package io.versor.format.check;

import io.versor.format.check.Damage.Severity;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.ObjectStore;
import io.versor.format.key.KeyedRows;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.LogArchive;
import io.versor.format.log.LogCheck;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.Packs;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CheckpointRef;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.CommitLocation;
import io.versor.format.ref.CommitRun;
import io.versor.format.ref.RetainedFrames;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootSource;
import io.versor.format.ref.RootStore;
import io.versor.format.ref.RunRef;
import io.versor.format.table.Checkpoint;
import io.versor.format.table.CheckpointLink;
import io.versor.format.table.Checkpoints;
import io.versor.format.table.History;
import io.versor.format.table.PackedLogs;
import io.versor.format.table.Replay;
import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ForeignChunks;
import io.versor.format.tree.NodeCache;
import io.versor.format.tree.TreeCheck;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What a check reads a store with: nothing that was read before it is used, by whomever. Used by
 * one thread.
 */
final class Reading implements AutoCloseable {
  /** Packs kept open: trees of a version are spread over few. */
  private static final int OPEN_PACKS = 32;

  private final ObjectStore objects;
  private final RootStore roots;
  private final Root root;
  private final BufferAllocator allocator;
  private final Packs packs;
  private final ChunkCache chunks;
  private final Checkpoints checkpoints;
  private final LogArchive archive;
  private final History history;
  private final Replay replay;
  private final TreeCheck trees;
  private final Findings findings;
  private final List<CommitRun> index = new ArrayList<>();
  private boolean indexed = true;
  private @Nullable RetainedFrames retained;
  private @Nullable Map<Long, StoredByFrame> stored;

  /** By the id of a branch, what its first state is hit by. */
  private final Map<Long, Set<Finding>> atStart = new HashMap<>();

  Reading(ObjectStore objects, RootStore roots, ForeignChunks foreign, BufferAllocator allocator)
      throws StoreException {
    this(objects, roots, roots, foreign, allocator);
  }

  /**
   * @param view what states are looked up by: the root, perhaps without what is not to be trusted
   */
  Reading(
      ObjectStore objects,
      RootStore roots,
      RootSource view,
      ForeignChunks foreign,
      BufferAllocator allocator)
      throws StoreException {
    this.objects = objects;
    this.roots = roots;
    this.root = roots.current();
    this.allocator = allocator;
    packs = new Packs(objects, storeId(), OPEN_PACKS, roots::servedBy);
    findings = new Findings(objects, packs);
    chunks = new ChunkCache(packs, foreign, allocator, MemoryBudget.of(MemoryBudget.LEAST_BYTES));
    NodeCache nodes = new NodeCache(packs);
    checkpoints = new Checkpoints(packs, nodes, chunks, allocator);
    archive = PackedLogs.of(roots, packs);
    history = new History(objects, view, archive, storeId(), checkpoints, nodes);
    replay = new Replay(nodes, history);
    trees = new TreeCheck(packs, chunks, nodes);
  }

  ObjectStore objects() {
    return objects;
  }

  Root root() {
    return root;
  }

  RootStore roots() {
    return roots;
  }

  UUID storeId() {
    return root.store().uuid();
  }

  Packs packs() {
    return packs;
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  /** Reads the log of a branch, from end to end and behind what is damaged. */
  void readLog(BranchEntry branch, LogCheck.Visitor visitor) throws StoreException {
    LogCheck.run(objects, archive, storeId(), branch.id(), branch.end(), visitor);
  }

  History history() {
    return history;
  }

  Replay replay() {
    return replay;
  }

  TreeCheck trees() {
    return trees;
  }

  Findings findings() {
    return findings;
  }

  KeyedRows keyed(TableState table) {
    return table.keyed(chunks, allocator);
  }

  // --- the commit index

  void openIndex() throws StoreException {
    for (RunRef run : root.commitRuns()) {
      try {
        var object = packs.object(run.address(), ObjectKind.COMMIT_RUN);
        CommitRun opened = CommitRun.open(object.load(), object.display());
        if (opened.count() != run.count()) {
          throw new StoreException(
              Code.CORRUPT,
              object.display()
                  + ": a run of "
                  + opened.count()
                  + " commits, the root says "
                  + run.count());
        }
        index.add(opened);
      } catch (StoreException e) {
        indexed = false;
        findings
            .object(Severity.DERIVED, run.address(), TreeCheck.damage(e))
            .version("commits by their ids");
      }
    }
  }

  /**
   * Whether the state after a frame from {@code from} on and before {@code to} may be asked for: of
   * a commit, where a branch starts, or behind the last checkpoint.
   */
  boolean isRetained(BranchEntry branch, long from, long to) throws StoreException {
    if (retained == null) {
      retain(isIndexed() ? List.of() : commitsInLogs());
    }
    boolean known = branch.checkpoint().isPresent() && to <= branch.checkpoint().get().frame() + 1;
    return from < to && (!known || retained.any(branch.id(), from, to));
  }

  /**
   * @param commits those that the index may lack
   */
  void retain(List<CommitLocation> commits) throws StoreException {
    retained = RetainedFrames.of(root, index, commits);
  }

  /** Whether the index has all commits before the last checkpoints of branches. */
  private boolean isIndexed() {
    return indexed
        && root.branches().stream()
            .allMatch(
                branch ->
                    branch.checkpoint().isEmpty()
                        || branch.checkpoint().get().frame() < branch.indexedFrame());
  }

  private List<CommitLocation> commitsInLogs() throws StoreException {
    List<CommitLocation> commits = new ArrayList<>();
    for (BranchEntry branch : root.branches()) {
      Survey.readLog(this, branch, (frame, records) -> Survey.commit(frame, records, commits::add));
    }
    return commits;
  }

  /** Whether all runs of the index can be read. */
  boolean indexIsReadable() {
    return indexed;
  }

  boolean isIndexed(CommitId id, FrameAddress seal) throws StoreException {
    for (CommitRun run : index) {
      Optional<CommitLocation> found = run.find(id);
      if (found.isPresent() && found.get().seal().equals(seal)) {
        return true;
      }
    }
    return false;
  }

  /** Looks up a commit that the index should have. */
  void checkIndexed(CommitId id, FrameAddress seal) throws StoreException {
    if (!indexed || isIndexed(id, seal)) {
      return;
    }
    findings
        .root(
            Severity.DERIVED,
            new StoreException(
                Code.CORRUPT, "the commit index does not have a commit that lies at " + seal))
        .version("commit " + id.hex());
  }

  /** Looks up a commit that another place refers to. */
  void checkSeal(FrameAddress address, CommitId id) throws StoreException {
    try {
      Seal seal = history.seal(address);
      if (!seal.id().equals(id)) {
        throw new StoreException(
            Code.CORRUPT, address + ": is commit " + seal.id().hex() + ", expected " + id.hex());
      }
    } catch (StoreException e) {
      findings.frame(address, TreeCheck.damage(e)).version("commit " + id.hex());
    }
  }

  // --- checkpoints

  /** Takes a checkpoint that cannot be read. */
  @FunctionalInterface
  interface DamagedCheckpoint {
    void tell(Address address, StoreException problem) throws StoreException;
  }

  /**
   * Tells of a branch's checkpoints, newest first. Where one cannot be read that leads to those
   * before it, these are looked for in the packs.
   */
  void checkpoints(BranchEntry branch, Consumer<CheckpointLink> told, DamagedCheckpoint damaged)
      throws StoreException {
    Optional<Address> next = branch.checkpoint().map(CheckpointRef::address);
    long before = Long.MAX_VALUE;
    long depth = Long.MAX_VALUE;
    while (next.isPresent()) {
      try {
        Checkpoint head = checkpoints.head(next.get());
        if (head.state().position().frame() > before || head.depth() >= depth) {
          throw new StoreException(
              Code.CORRUPT, "checkpoint " + next.get() + ": is not older than the one after it");
        }
        before = head.state().position().frame();
        depth = head.depth();
        told.accept(new CheckpointLink(next.get(), head.state().position(), depth));
        next = head.previous().map(CheckpointLink::address);
      } catch (StoreException e) {
        damaged.tell(next.get(), TreeCheck.damage(e));
        next = stored(branch.id()).lastBefore(before);
        depth = Long.MAX_VALUE;
      }
    }
  }

  /** The checkpoints of a branch that lie in packs, by their last frames. */
  private record StoredByFrame(NavigableMap<Long, Address> byFrame) {
    Optional<Address> lastBefore(long frame) {
      return Optional.ofNullable(byFrame.lowerEntry(frame)).map(Map.Entry::getValue);
    }
  }

  private StoredByFrame stored(long branchId) throws StoreException {
    if (stored == null) {
      Map<Long, StoredByFrame> found = new HashMap<>();
      StoredCheckpoints.visit(
          packs,
          checkpoints,
          (address, head) ->
              found
                  .computeIfAbsent(
                      head.state().position().branchId(), id -> new StoredByFrame(new TreeMap<>()))
                  .byFrame()
                  .put(head.state().position().frame(), address));
      stored = found;
    }
    return stored.getOrDefault(branchId, new StoredByFrame(new TreeMap<>()));
  }

  // --- branches that start from others

  Set<Finding> hitAtStart(BranchEntry branch) {
    return atStart.getOrDefault(branch.id(), Set.of());
  }

  /** Hands on what frames after {@code after} and up to {@code to} are hit by. */
  void children(long branchId, long after, long to, Set<Finding> hits) {
    if (hits.isEmpty()) {
      return;
    }
    for (BranchEntry branch : root.branches()) {
      boolean starts =
          branch.start().isPresent()
              && branch.start().get().position().branchId() == branchId
              && branch.start().get().position().frame() > after
              && branch.start().get().position().frame() <= to;
      if (starts) {
        atStart.put(branch.id(), new LinkedHashSet<>(hits));
      }
    }
  }

  @Override
  public void close() throws StoreException {
    history.close();
    chunks.close();
    packs.close();
  }
}
