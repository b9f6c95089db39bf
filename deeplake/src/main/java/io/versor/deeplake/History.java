package io.versor.deeplake;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The nodes that are to be replayed, each behind its parents, and which tensors of them are the
 * same. Only metadata is read. Immutable once made.
 */
final class History {
  /**
   * A node on its way into a store.
   *
   * @param branch that it is made on, a name that no other branch has
   * @param startsBranch whether it is the first on that
   * @param mergedFrom the node that the message names as merged, if it is there and is a commit
   * @param tensors by their lineages, in the node's order
   */
  record Step(
      VersionNode node,
      DatasetVersion version,
      String branch,
      boolean startsBranch,
      Optional<VersionNode> mergedFrom,
      Map<Lineage, Tensor> tensors) {
    /** A row is as long as the longest tensor goes. */
    long rows() {
      return tensors.values().stream().mapToLong(Tensor::length).max().orElse(0);
    }
  }

  private final Map<String, Step> steps;

  private History(Map<String, Step> steps) {
    this.steps = steps;
  }

  /** In the order of replay. */
  List<Step> steps() {
    return List.copyOf(steps.values());
  }

  Step step(String node) {
    Step step = steps.get(node);
    if (step == null) {
      throw new IllegalArgumentException("node " + node + " is not replayed");
    }
    return step;
  }

  /**
   * @param branches whose HEADs are wanted, by Deep Lake's names
   */
  static History of(DeepLakeDataset dataset, Set<String> branches) throws StoreException {
    VersionTree tree = dataset.tree();
    Set<String> needed = new LinkedHashSet<>();
    for (String branch : branches) {
      String head = tree.heads().get(branch);
      if (head == null) {
        throw new StoreException(Code.NO_SUCH_REF, "the dataset has no branch '" + branch + "'");
      }
      need(tree, head, needed);
    }
    BranchTitles titles = new BranchTitles(tree);
    Map<String, Step> steps = new LinkedHashMap<>();
    for (VersionNode node : ordered(tree, needed)) {
      Map<Lineage, Tensor> before =
          node.parent().isEmpty() ? Map.of() : steps.get(node.parent().get()).tensors();
      DatasetVersion version = dataset.version(node.id());
      steps.put(
          node.id(),
          new Step(
              node,
              version,
              titles.of(node),
              titles.isFirst(node),
              merged(tree, node),
              Lineage.follow(before, version)));
    }
    return new History(steps);
  }

  /** The node, and everything that it comes of. */
  private static void need(VersionTree tree, String id, Set<String> needed) throws StoreException {
    List<String> waiting = new ArrayList<>(List.of(id));
    while (!waiting.isEmpty()) {
      VersionNode node = tree.node(waiting.remove(waiting.size() - 1));
      if (needed.add(node.id())) {
        node.parent().ifPresent(waiting::add);
        merged(tree, node).ifPresent(other -> waiting.add(other.id()));
      }
    }
  }

  private static Optional<VersionNode> merged(VersionTree tree, VersionNode node) {
    return node.mergedFrom()
        .map(id -> tree.nodes().get(tree.heads().getOrDefault(id, id)))
        .map(other -> other.isHead() ? tree.nodes().get(other.parent().orElse("")) : other)
        .filter(other -> !other.isHead())
        .filter(other -> !isOnWay(tree, other, node))
        .filter(other -> !isOnWay(tree, node, other));
  }

  /** Whether a node is another one or comes before it along parents. */
  private static boolean isOnWay(VersionTree tree, VersionNode older, VersionNode newer) {
    VersionNode at = newer;
    while (at != null && !at.id().equals(older.id())) {
      at = at.parent().map(tree.nodes()::get).orElse(null);
    }
    return at != null;
  }

  /** Older ones first, as far as parents come before children. */
  private static List<VersionNode> ordered(VersionTree tree, Set<String> needed)
      throws StoreException {
    Map<String, Integer> missing = new HashMap<>();
    Map<String, List<VersionNode>> followers = new HashMap<>();
    PriorityQueue<VersionNode> ready =
        new PriorityQueue<>(
            Comparator.comparing(VersionNode::isHead)
                .thenComparing(node -> node.committedAt().orElse(Instant.MAX))
                .thenComparing(VersionNode::id));
    for (String id : needed) {
      VersionNode node = tree.node(id);
      Set<String> before = new HashSet<>();
      node.parent().ifPresent(before::add);
      merged(tree, node).ifPresent(other -> before.add(other.id()));
      missing.put(id, before.size());
      for (String each : before) {
        followers.computeIfAbsent(each, key -> new ArrayList<>()).add(node);
      }
      if (before.isEmpty()) {
        ready.add(node);
      }
    }
    List<VersionNode> ordered = new ArrayList<>();
    while (!ready.isEmpty()) {
      VersionNode node = ready.remove();
      ordered.add(node);
      for (VersionNode follower : followers.getOrDefault(node.id(), List.of())) {
        if (missing.merge(follower.id(), -1, Integer::sum) == 0) {
          ready.add(follower);
        }
      }
    }
    if (ordered.size() < needed.size()) {
      throw new StoreException(
          Code.CORRUPT,
          "the messages of "
              + (needed.size() - ordered.size())
              + " commits name merges in a circle");
    }
    return ordered;
  }
}
