package io.versor.format.check;

import io.versor.format.check.Damage.Severity;
import io.versor.format.log.Frame;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.LogCheck;
import io.versor.format.pack.PackId;
import io.versor.format.record.Cells;
import io.versor.format.record.Record;
import io.versor.format.record.RecordCodec;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CheckpointRef;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.CommitLocation;
import io.versor.format.ref.Root;
import io.versor.format.ref.Start;
import io.versor.format.table.BranchState;
import io.versor.format.table.CheckpointLink;
import io.versor.format.table.LastSeal;
import io.versor.format.tree.TreeCheck;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a repair learns of all branches before it does anything: what their frames name, and which
 * checkpoints can be built on; later, which states there are. Used by one thread.
 */
final class Survey {
  /** Frames in a row whose states are known, and the last of them. */
  private record Known(long from, long to, FrameAddress last, Optional<CommitId> head) {}

  /**
   * One checkpoint of a branch.
   *
   * @param needed whether somebody can ask for a state that is read from it: else VACUUM may have
   *     taken what it refers to
   * @param readable whether its tables can be opened
   * @param hits what is damaged of it
   */
  record Stored(CheckpointLink link, boolean needed, boolean readable, Set<Finding> hits) {}

  /**
   * The checkpoints of a branch, oldest first.
   *
   * @param whole whether links lead to all of them
   */
  record Chain(List<Stored> stored, boolean whole) {}

  private final Map<Long, Chain> chains = new HashMap<>();
  private final Map<Long, Optional<CheckpointRef>> trusted = new HashMap<>();
  private final Map<Long, List<Known>> known = new HashMap<>();
  private final Set<PackId> named = new HashSet<>();
  private final List<CommitLocation> commits = new ArrayList<>();

  // --- before

  /** Reads all logs, then all checkpoints. */
  void read(Reading reading) throws StoreException {
    for (BranchEntry branch : reading.root().branches()) {
      readLog(
          reading,
          branch,
          (frame, records) -> {
            named.addAll(packs(records));
            commit(frame, records, commits::add);
          });
    }
    reading.retain(commits);
    for (BranchEntry branch : reading.root().branches()) {
      Chain chain = chain(reading, branch);
      chains.put(branch.id(), chain);
      Optional<CheckpointRef> last = Optional.empty();
      for (Stored stored : chain.whole() ? chain.stored() : List.<Stored>of()) {
        boolean right = stored.readable() && stored.hits().stream().noneMatch(this::isDerived);
        if (stored.needed() && !right) {
          break;
        }
        last = Optional.of(ref(branch.id(), stored.link()));
      }
      trusted.put(branch.id(), last);
    }
  }

  /** Takes what a frame says. */
  @FunctionalInterface
  interface FrameVisitor {
    void frame(FrameAddress address, List<Record> records);
  }

  /** Reads the log of a branch, as far as there is one and it can be read. */
  static void readLog(Reading reading, BranchEntry branch, FrameVisitor visitor)
      throws StoreException {
    if (!branch.hasLog() || branch.isLost()) {
      return;
    }
    reading.readLog(
        branch,
        new LogCheck.Visitor() {
          @Override
          public void frame(Frame frame) throws StoreException {
            List<Record> records;
            try {
              records = RecordCodec.read(frame.payload(), frame.address().toString());
            } catch (StoreException e) {
              TreeCheck.damage(e);
              return;
            }
            visitor.frame(frame.address(), records);
          }

          @Override
          public void damaged(String file, long offset, long frame, StoreException problem) {
            // whoever replays the log will come to it
          }
        });
  }

  /** Tells of the commit that a frame makes, if it makes one. */
  static void commit(FrameAddress frame, List<Record> records, Consumer<CommitLocation> told) {
    if (!records.isEmpty() && records.get(records.size() - 1) instanceof Record.Sealed sealed) {
      told.accept(new CommitLocation(sealed.seal().id(), frame));
    }
  }

  /** Packs that records name. */
  static Set<PackId> packs(List<Record> records) {
    Set<PackId> packs = new HashSet<>();
    for (Record record : records) {
      if (record instanceof Record.RowsAppended appended) {
        appended.columns().forEach(cells -> addPacks(cells.cells(), packs));
      } else if (record instanceof Record.CellsPatched patched) {
        addPacks(patched.cells().cells(), packs);
      }
    }
    return packs;
  }

  private static void addPacks(Cells cells, Set<PackId> packs) {
    if (cells instanceof Cells.Packed packed) {
      packed.slices().forEach(slice -> packs.add(slice.address().pack()));
    }
  }

  private static Chain chain(Reading reading, BranchEntry branch) throws StoreException {
    List<CheckpointLink> links = new ArrayList<>();
    boolean[] whole = {true};
    reading.checkpoints(branch, link -> links.add(0, link), (address, problem) -> whole[0] = false);
    List<Stored> chain = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      CheckpointLink link = links.get(i);
      boolean newest = i == links.size() - 1;
      long next = newest ? Long.MAX_VALUE : links.get(i + 1).position().frame();
      chain.add(
          stored(reading, link, reading.isRetained(branch, link.position().frame(), next), newest));
    }
    return new Chain(chain, whole[0]);
  }

  private static Stored stored(Reading reading, CheckpointLink link, boolean needed, boolean newest)
      throws StoreException {
    TableCheck tables = new TableCheck(reading);
    if (!needed) {
      return new Stored(link, false, tables.findState(link.address()).isPresent(), Set.of());
    }
    Set<Finding> hits = new LinkedHashSet<>();
    boolean readable = tables.check(link.address(), newest, Severity.DERIVED, hits::add);
    return new Stored(link, true, readable, hits);
  }

  private static CheckpointRef ref(long branchId, CheckpointLink link) {
    return new CheckpointRef(link.address(), branchId, link.position().frame());
  }

  Chain chain(long branchId) {
    return chains.getOrDefault(branchId, new Chain(List.of(), true));
  }

  /**
   * Whether what is damaged follows from frames: in other packs are samples that are nowhere else.
   */
  boolean isDerived(Finding finding) {
    return finding.pack().isEmpty() || !named.contains(finding.pack().get());
  }

  List<CommitLocation> commits() {
    return commits;
  }

  /** The root with those checkpoints only that a state may be built on. */
  Root view(Root root) {
    Root view = root;
    for (BranchEntry branch : root.branches()) {
      Optional<CheckpointRef> ref = trusted.getOrDefault(branch.id(), Optional.empty());
      if (!ref.equals(branch.checkpoint())) {
        view = view.withBranch(branch.withCheckpoint(ref));
      }
    }
    return view;
  }

  /** The checkpoints of a branch are right now. */
  Optional<CheckpointRef> trust(long branchId, Optional<CheckpointLink> newest) {
    Optional<CheckpointRef> ref = newest.map(link -> ref(branchId, link));
    trusted.put(branchId, ref);
    return ref;
  }

  // --- meanwhile

  /** A state is known; states of a branch are told in their order. */
  void reached(BranchState state) {
    if (state.last().isEmpty()) {
      return;
    }
    long frame = state.position().frame();
    List<Known> ranges =
        known.computeIfAbsent(state.position().branchId(), id -> new ArrayList<>());
    int last = ranges.size() - 1;
    boolean follows = last >= 0 && ranges.get(last).to() >= frame - 1;
    Known range =
        new Known(
            follows ? ranges.get(last).from() : frame,
            frame,
            state.last().get(),
            state.lastSeal().map(LastSeal::id));
    if (follows) {
      ranges.set(last, range);
    } else {
      ranges.add(range);
    }
  }

  /** The last state of a branch at or before one that is not known; empty if there is none. */
  Optional<Start> lastBefore(FrameAddress frame) {
    Optional<Start> nearest = Optional.empty();
    for (Known range : known.getOrDefault(frame.branchId(), List.of())) {
      if (range.to() <= frame.frame()) {
        nearest = Optional.of(new Start(range.last(), range.head()));
      }
    }
    return nearest;
  }
}
