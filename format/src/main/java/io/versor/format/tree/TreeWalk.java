package io.versor.format.tree;

import io.versor.format.type.StoreException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tree from left to right, standing on a subtree or an entry: {@link #skip} passes what it
 * stands on, {@link #descend} goes into it. Not thread-safe.
 *
 * @param <E> the entry
 */
final class TreeWalk<E> {
  /** A node on the way down, and which part of it the way goes through. */
  private static final class Level<E> {
    private final @Nullable Level<E> above;
    private final Node<E> node;
    private final long start;
    private final long weightBefore;
    private int index;

    private Level(@Nullable Level<E> above, Node<E> node, long start, long weightBefore) {
      this.above = above;
      this.node = node;
      this.start = start;
      this.weightBefore = weightBefore;
    }

    private long end() {
      return start + node.summary().slots();
    }
  }

  private final EntryKind<E> kind;
  private final NodeSource source;
  private @Nullable Level<E> level;
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
    return Objects.requireNonNull(entry, "the walk stands on a subtree");
  }

  Child<E> subtree() {
    return Objects.requireNonNull(subtree, "the walk stands on an entry");
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
    for (Level<E> next = level; next != null; next = next.above) {
      level = next;
      if (++next.index < next.node.width()) {
        stand(next);
        return;
      }
    }
    level = null;
  }

  /** Into the subtree it stands on, to its first child or entry. */
  void descend() throws StoreException {
    enter();
    stand(Objects.requireNonNull(level));
  }

  private void enter() throws StoreException {
    Node<E> node = subtree().node(kind, source);
    subtree = null;
    level = new Level<>(level, node, start, weightBefore);
  }

  /** Down to an entry, if anything is left. */
  void descendToEntry() throws StoreException {
    while (subtree != null) {
      descend();
    }
  }

  /** Forward to the entry that covers a slot at or after the present one. */
  void seek(long slot) throws StoreException {
    if (isPresent() && end() <= slot) {
      pass(slot);
    }
    while (subtree != null) {
      enter();
      stand(Objects.requireNonNull(level), slot);
    }
  }

  /** Over all that ends before a slot, without a step for each. */
  private void pass(long slot) {
    start = end();
    weightBefore += entry != null ? kind.weight(entry) : subtree().summary().weight();
    entry = null;
    subtree = null;
    for (Level<E> next = level; next != null; next = next.above) {
      level = next;
      if (next.end() > slot) {
        stand(next, slot);
        return;
      }
      start = next.end();
      weightBefore = next.weightBefore + next.node.summary().weight();
    }
    level = null;
  }

  private long slots() {
    return entry != null ? kind.slots(entry) : subtree().summary().slots();
  }

  /** On the part of a node that covers a slot; on the first if it lies before the node. */
  private void stand(Level<E> at, long slot) {
    Starts starts = at.node.starts(kind);
    at.index = starts.partOfSlot(slot - at.start);
    start = at.start + starts.slot(at.index);
    weightBefore = at.weightBefore + starts.weight(at.index);
    stand(at);
  }

  private void stand(Level<E> at) {
    if (at.node instanceof Node.Leaf<E> leaf) {
      entry = leaf.entries().get(at.index);
    } else {
      subtree = ((Node.Inner<E>) at.node).children().get(at.index);
    }
  }
}
