package io.versor.format;

import io.versor.format.io.StopSignal;
import io.versor.format.log.BranchLog;
import io.versor.format.log.Frame;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.LogCursor;
import io.versor.format.record.Record;
import io.versor.format.record.RecordCodec;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.Root;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All commits of a store, expired ones too, as its logs tell of them. Costs a reading of every log.
 * Used by one thread.
 */
final class CommitGraph {
  private final Map<FrameAddress, Node> nodes = new LinkedHashMap<>();
  private final Map<Long, List<Reset>> resets = new HashMap<>();
  private final Map<Long, Long> ends = new HashMap<>();

  /** A commit, and of what is said in it what its place among others needs. */
  record Node(
      FrameAddress address,
      CommitId id,
      List<FrameAddress> parents,
      long depth,
      long generation,
      long committedAt) {
    Optional<FrameAddress> parent() {
      return parents.stream().findFirst();
    }
  }

  /** A frame that made a branch what it was after a commit. */
  record Reset(long frame, FrameAddress target) {}

  private CommitGraph() {}

  static CommitGraph of(Core core, Root root) throws StoreException {
    CommitGraph graph = new CommitGraph();
    for (BranchEntry branch : root.branches()) {
      if (branch.hasLog() && !branch.isLost()) {
        graph.read(core.history.log(branch.id()));
      }
    }
    return graph;
  }

  private void read(BranchLog log) throws StoreException {
    try (LogCursor cursor = log.readFrom(log.start())) {
      for (Optional<Frame> frame = cursor.next(); frame.isPresent(); frame = cursor.next()) {
        StopSignal.check();
        FrameAddress address = frame.get().address();
        ends.put(address.branchId(), address.frame());
        for (Record record : RecordCodec.read(frame.get().payload(), address.toString())) {
          if (record instanceof Record.Sealed sealed) {
            add(address, sealed.seal());
          } else if (record instanceof Record.Reset reset) {
            addReset(address, reset.target());
          } else if (record instanceof Record.SoftReset reset) {
            addReset(address, reset.target());
          }
        }
      }
    }
  }

  private void add(FrameAddress address, Seal seal) {
    nodes.put(
        address,
        new Node(
            address,
            seal.id(),
            seal.parents().stream().map(Seal.Parent::seal).toList(),
            seal.depth(),
            seal.generation(),
            seal.committedAt()));
  }

  private void addReset(FrameAddress address, FrameAddress target) {
    resets
        .computeIfAbsent(address.branchId(), id -> new ArrayList<>())
        .add(new Reset(address.frame(), target));
  }

  /** By log, and in the order of a log. */
  Collection<Node> nodes() {
    return nodes.values();
  }

  /** A commit; empty where a frame made none, or came after the logs were read. */
  Optional<Node> find(FrameAddress address) {
    return Optional.ofNullable(nodes.get(address));
  }

  List<Reset> resets(long branchId) {
    return resets.getOrDefault(branchId, List.of());
  }

  /** The last frame that was read of a log; -1 if none was. */
  long end(long branchId) {
    return ends.getOrDefault(branchId, -1L);
  }

  /** What a commit reaches, itself apart. */
  Set<FrameAddress> before(FrameAddress commit) throws StoreException {
    Set<FrameAddress> reached = new HashSet<>();
    List<FrameAddress> open = new ArrayList<>(List.of(commit));
    while (!open.isEmpty()) {
      StopSignal.check();
      Optional<Node> node = find(open.remove(open.size() - 1));
      for (FrameAddress parent : node.map(Node::parents).orElse(List.of())) {
        if (reached.add(parent)) {
          open.add(parent);
        }
      }
    }
    return reached;
  }

  /**
   * Commits that any two of some may be merged over, now or after more was committed on top of
   * them, and those that several such are merged over first. There may be more.
   */
  Set<FrameAddress> mergeBases(Set<FrameAddress> tips) throws StoreException {
    Set<FrameAddress> found = new HashSet<>();
    Set<FrameAddress> from = new HashSet<>(tips);
    while (from.addAll(joints(List.copyOf(from), found))) {
      // Several nearest ones have nearest ones of their own.
    }
    return found;
  }

  /**
   * Where ways from the tips first meet: what a commit is reached from is more than what any of its
   * children is.
   */
  private Set<FrameAddress> joints(List<FrameAddress> tips, Set<FrameAddress> found)
      throws StoreException {
    Map<FrameAddress, List<BitSet>> reachedBy = new HashMap<>();
    for (int i = 0; i < tips.size(); i++) {
      BitSet itself = new BitSet();
      itself.set(i);
      reachedBy.computeIfAbsent(tips.get(i), tip -> new ArrayList<>()).add(itself);
    }
    List<Node> newestFirst = new ArrayList<>(nodes.values());
    newestFirst.sort(Comparator.comparingLong(Node::generation).reversed());
    for (Node node : newestFirst) {
      StopSignal.check();
      List<BitSet> ways = reachedBy.remove(node.address());
      if (ways == null) {
        continue;
      }
      BitSet all = ways.get(0);
      if (ways.size() > 1) {
        all = (BitSet) all.clone();
        ways.forEach(all::or);
        if (!ways.contains(all)) {
          found.add(node.address());
        }
      }
      for (FrameAddress parent : node.parents()) {
        List<BitSet> known = reachedBy.computeIfAbsent(parent, each -> new ArrayList<>());
        if (!known.contains(all)) {
          known.add(all);
        }
      }
    }
    return found;
  }
}
