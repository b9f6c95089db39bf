package io.versor.format.check;

import io.versor.format.check.Damage.Severity;
import io.versor.format.io.Guard;
import io.versor.format.io.ObjectStore;
import io.versor.format.log.BranchLog;
import io.versor.format.log.SegmentMender;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackedSegment;
import io.versor.format.pack.Packs;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CommitLocation;
import io.versor.format.ref.CommitRun;
import io.versor.format.ref.LockKeys;
import io.versor.format.ref.Refs;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootSource;
import io.versor.format.ref.RootStore;
import io.versor.format.ref.RunRef;
import io.versor.format.ref.TagEntry;
import io.versor.format.table.PackSink;
import io.versor.format.tree.ForeignChunks;
import io.versor.format.tree.TreeCheck;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Sets a damaged store right, as far as what is whole says how. Whatever is damaged stays where it
 * is or is kept aside; what follows from the logs is made again: checkpoints, keys, statistics, the
 * commit index, and the root itself.
 *
 * <p>Nobody else may write meanwhile: the locks of maintenance and of all branches are held. A
 * crash leaves a store that is damaged still, and that the next repair sets right; a store that is
 * whole is left as it is.
 */
public final class StoreRepair {
  private static final long LOCK_TIMEOUT_MILLIS = 30_000;

  private static final int OPEN_PACKS = 8;

  private final ObjectStore objects;
  private final RootStore roots;
  private final ForeignChunks foreign;
  private final BufferAllocator allocator;
  private final List<Damage> done = new ArrayList<>();

  private StoreRepair(ObjectStore objects, ForeignChunks foreign, BufferAllocator allocator) {
    this.objects = objects;
    this.roots = new RootStore(objects);
    this.foreign = foreign;
    this.allocator = allocator;
  }

  /**
   * Repairs a store, whether it can be opened or not.
   *
   * @param nowMicros since 1970, UTC
   * @return what was done ({@code REPAIRED}), and what is damaged still
   * @throws StoreException {@code NOT_A_STORE} where neither a root nor a log is; {@code
   *     WRONG_STATE} while others write
   */
  public static List<Damage> run(
      ObjectStore objects, ForeignChunks foreign, BufferAllocator allocator, long nowMicros)
      throws StoreException {
    return new StoreRepair(objects, foreign, allocator).run(nowMicros);
  }

  private List<Damage> run(long nowMicros) throws StoreException {
    Guard maintenance = objects.lock(LockKeys.MAINTENANCE, LOCK_TIMEOUT_MILLIS);
    try {
      repairLocked(nowMicros);
      List<Damage> all = new ArrayList<>(done);
      all.addAll(StoreCheck.run(objects, foreign, allocator));
      return all;
    } finally {
      maintenance.close();
    }
  }

  private void repairLocked(long nowMicros) throws StoreException {
    List<Guard> locks = new ArrayList<>();
    try {
      locks.add(objects.lock(LockKeys.DROP, LOCK_TIMEOUT_MILLIS));
      for (long branch : branches()) {
        locks.add(objects.lock(LockKeys.branch(branch), LOCK_TIMEOUT_MILLIS));
      }
      RootRecovery.run(objects, roots, allocator, nowMicros, done::add);
      mendHeaders();
      mendPacked();
      repair();
    } finally {
      for (int i = locks.size() - 1; i >= 0; i--) {
        locks.get(i).close();
      }
    }
  }

  /** All that the root names, if it can be read, and all that have logs. */
  private Set<Long> branches() throws StoreException {
    Set<Long> ids = new TreeSet<>(BranchLog.branches(objects));
    try {
      roots.current().branches().forEach(branch -> ids.add(branch.id()));
    } catch (StoreException e) {
      if (e.code() != StoreException.Code.CORRUPT
          && (e.code() != StoreException.Code.NOT_A_STORE || ids.isEmpty())) {
        throw e;
      }
    }
    return ids;
  }

  private void mendHeaders() throws StoreException {
    Root root = roots.current();
    for (BranchEntry branch : root.branches()) {
      if (!branch.hasLog() || branch.end().isPresent()) {
        continue;
      }
      for (String file : SegmentMender.mend(objects, root.store().uuid(), branch.id())) {
        tell(
            objects.display() + "/" + file,
            "the header of the segment was damaged",
            List.of(),
            "it was written anew, as its first frame says; nothing is lost");
      }
    }
  }

  /** Logs in packs are written anew elsewhere: a pack is never changed. */
  private void mendPacked() throws StoreException {
    Root root = roots.current();
    Map<Long, Address> mended = new HashMap<>();
    try (Packs packs = new Packs(objects, root.store().uuid(), OPEN_PACKS, roots::servedBy);
        PackSink sink = new PackSink(packs)) {
      for (BranchEntry branch : root.branches()) {
        if (branch.packed().isPresent() && branch.end().isEmpty()) {
          Optional<byte[]> right = mended(packs, branch);
          if (right.isPresent()) {
            mended.put(branch.id(), sink.store(ObjectKind.LOG, right.get()));
            tell(
                packs.display(packs.file(branch.packed().get().pack())),
                "the header of the log of " + branch.display() + " was damaged",
                List.of(),
                "it was written anew, as its first frame says; nothing is lost");
          }
        }
      }
      sink.finish();
    }
    if (!mended.isEmpty()) {
      roots.update(now -> now.withPacked(mended));
    }
  }

  private static Optional<byte[]> mended(Packs packs, BranchEntry branch) throws StoreException {
    try {
      Address place = branch.packed().orElseThrow();
      return SegmentMender.mended(new PackedSegment(packs.object(place)), branch.id());
    } catch (StoreException e) {
      TreeCheck.damage(e); // of the whole pack
      return Optional.empty();
    }
  }

  private void repair() throws StoreException {
    Survey survey = new Survey();
    RootSource view = () -> survey.view(roots.current());
    try (Reading reading = new Reading(objects, roots, view, foreign, allocator)) {
      reading.openIndex();
      survey.read(reading);
      List<BranchRepair> repairs = new ArrayList<>();
      for (BranchEntry branch : reading.root().branches()) { // a parent comes first
        BranchRepair repair = new BranchRepair(reading, survey, branch, done::add);
        repair.mend();
        repairs.add(repair);
      }
      for (BranchRepair repair : repairs) {
        repair.end();
      }
      repairIndex(reading, survey);
      dropTags(reading);
    }
  }

  // --- the commit index

  private void repairIndex(Reading reading, Survey survey) throws StoreException {
    Map<Long, BranchEntry> branches = new HashMap<>();
    roots.current().branches().forEach(branch -> branches.put(branch.id(), branch));
    List<CommitLocation> commits = new ArrayList<>();
    for (CommitLocation commit : survey.commits()) {
      BranchEntry branch = branches.get(commit.seal().branchId());
      boolean read =
          branch != null
              && (branch.end().isEmpty() || commit.seal().frame() < branch.end().get().frame());
      if (read) {
        commits.add(commit);
      }
    }
    if (isIndexed(reading, branches, commits)) {
      return;
    }
    List<List<CommitLocation>> parts = new ArrayList<>();
    for (int at = 0; at < commits.size(); at += CommitRun.MAX_COMMITS) {
      parts.add(commits.subList(at, Math.min(commits.size(), at + CommitRun.MAX_COMMITS)));
    }
    try (PackSink sink = new PackSink(reading.packs())) {
      List<RunRef> runs = new ArrayList<>();
      for (List<CommitLocation> part : parts) {
        byte[] bytes = CommitRun.encode(part);
        Address address = sink.store(ObjectKind.COMMIT_RUN, bytes);
        runs.add(new RunRef(address, CommitRun.open(bytes, "new run").count()));
      }
      sink.finish();
      roots.update(
          now -> {
            if (!now.commitRuns().equals(reading.root().commitRuns())) {
              // Of a branch that is newer than the locks: its commits are in no log that was read.
              throw new StoreException(
                  StoreException.Code.REF_MOVED,
                  objects.display()
                      + ": a checkpoint was written during the repair, which is not done; try"
                      + " again");
            }
            return indexed(now.withCommitRuns(runs));
          });
    }
    tell(
        objects.display() + "/root",
        "the commit index was damaged",
        List.of(),
        "it was made again from the logs");
  }

  private static boolean isIndexed(
      Reading reading, Map<Long, BranchEntry> branches, List<CommitLocation> commits)
      throws StoreException {
    if (!reading.indexIsReadable()) {
      return false;
    }
    for (CommitLocation commit : commits) {
      BranchEntry branch = branches.get(commit.seal().branchId());
      long from = // commits from there on are found in the log
          branch == null ? 0 : Math.max(branch.indexedFrame(), checkpointed(branch));
      if (commit.seal().frame() < from && !reading.isIndexed(commit.id(), commit.seal())) {
        return false;
      }
    }
    return true;
  }

  private static long checkpointed(BranchEntry branch) {
    return branch.checkpoint().isEmpty() ? 0 : branch.checkpoint().get().frame() + 1;
  }

  /** All commits are in the index; what lies behind a checkpoint is found there all the same. */
  private static Root indexed(Root root) {
    Root changed = root;
    for (BranchEntry branch : root.branches()) {
      changed = changed.withBranch(branch.withIndexedFrame(checkpointed(branch)));
    }
    return changed;
  }

  // --- tags

  private void dropTags(Reading reading) throws StoreException {
    for (TagEntry tag : roots.current().tags()) {
      try {
        boolean right = reading.history().seal(tag.seal()).id().equals(tag.commit());
        if (right) {
          reading.history().at(tag.seal());
          continue;
        }
      } catch (StoreException e) {
        TreeCheck.damage(e);
      }
      roots.update(now -> Refs.dropTag(now, tag.name().value()));
      tell(
          objects.display() + "/root",
          "tag " + tag.name() + " names a commit that cannot be read",
          List.of("commit " + tag.commit().hex()),
          "the tag was dropped");
    }
  }

  private void tell(String file, String problem, List<String> versions, String action) {
    done.add(
        new Damage(
            Severity.REPAIRED, file, OptionalLong.empty(), problem, versions, List.of(), action));
  }
}
