package io.versor.format.tree;

import io.versor.format.type.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tree from left to right, standing on a subtree or an entry: {@link #skip} passes what it
 * stands on, {@link #descend} goes into it. Not thread-safe.
 *
 * @param <E> the entry
 */
final class TreeWalk<E> {
  /** A level of the way down: what remains to be visited to the right. */
  private record Level<E>(@Nullable Node<E> node, int index) {}

  private final EntryKind<E> kind;
  private final NodeSource source;
  private final Deque<Level<E>> levels = new ArrayDeque<>();
  private @Nullable Child<E> subtree;
  private @Nullable E entry;
  private long start;
  private long weightBefore;

  TreeWalk(CountedTree<E> tree) {
    kind = tree.kind();
    source = tree.source();
    subtree = tree.root().orElse(null);
  }

  /** False once everything was passed. */
  boolean isPresent() {
    return subtree != null || entry != null;
  }

  boolean isEntry() {
    return entry != null;
  }

  E entry() {
    return java.util.Objects.requireNonNull(entry, "the walk stands on a subtree");
  }

  Child<E> subtree() {
    return java.util.Objects.requireNonNull(subtree, "the walk stands on an entry");
  }

  /** First slot of what it stands on. */
  long start() {
    return start;
  }

  long end() {
    return start + slots();
  }

  /** Weight of everything to the left. */
  long weightBefore() {
    return weightBefore;
  }

  Summary summary() {
    return entry != null ? Summary.of(kind, entry) : subtree().summary();
  }

  void skip() {
    start += slots();
    weightBefore += entry != null ? kind.weight(entry) : subtree().summary().weight();
    entry = null;
    subtree = null;
    while (!levels.isEmpty()) {
      Level<E> level = levels.pop();
      Node<E> node = java.util.Objects.requireNonNull(level.node());
      if (level.index() < node.width()) {
        stand(node, level.index());
        return;
      }
    }
  }

  /** Into the subtree it stands on, to its first child or entry. */
  void descend() throws StoreException {
    Node<E> node = subtree().node(kind, source);
    subtree = null;
    stand(node, 0);
  }

  /** Down to an entry, if anything is left. */
  void descendToEntry() throws StoreException {
    while (subtree != null) {
      descend();
    }
  }

  /** Forward to the entry that covers a slot at or after the present one. */
  void seek(long slot) throws StoreException {
    while (isPresent()) {
      if (end() <= slot) {
        skip();
      } else if (isEntry()) {
        return;
      } else {
        descend();
      }
    }
  }

  private long slots() {
    return entry != null ? kind.slots(entry) : subtree().summary().slots();
  }

  private void stand(Node<E> node, int index) {
    levels.push(new Level<>(node, index + 1));
    if (node instanceof Node.Leaf<E> leaf) {
      List<E> entries = leaf.entries();
      entry = entries.get(index);
    } else {
      subtree = ((Node.Inner<E>) node).children().get(index);
    }
  }
}
