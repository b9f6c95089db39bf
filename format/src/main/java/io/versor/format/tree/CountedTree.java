package io.versor.format.tree;

import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sequence of entries, each covering some slots, as a copy-on-write B+tree whose inner
 * nodes count slots and weight. Edits answer a new tree and cost O(log n); both share every node
 * off the edited path.
 *
 * <p>Thread-safe. Errors: {@code CORRUPT} and {@code IO} when a stored node cannot be loaded.
 *
 * @param <E> the entry
 */
final class CountedTree<E> {
  private final EntryKind<E> kind;
  private final NodeSource source;
  private final @Nullable Child<E> root;

  private CountedTree(EntryKind<E> kind, NodeSource source, @Nullable Child<E> root) {
    this.kind = kind;
    this.source = source;
    this.root = root;
  }

  static <E> CountedTree<E> empty(EntryKind<E> kind, NodeSource source) {
    return new CountedTree<>(kind, source, null);
  }

  static <E> CountedTree<E> of(EntryKind<E> kind, NodeSource source, Child<E> root) {
    return new CountedTree<>(kind, source, root);
  }

  EntryKind<E> kind() {
    return kind;
  }

  NodeSource source() {
    return source;
  }

  Optional<Child<E>> root() {
    return Optional.ofNullable(root);
  }

  long slots() {
    return root == null ? 0 : root.summary().slots();
  }

  long weight() {
    return root == null ? 0 : root.summary().weight();
  }

  /** Whether both are surely equal, by identity of their roots. */
  boolean same(CountedTree<E> other) {
    return root == null ? other.root == null : other.root != null && root.same(other.root);
  }

  /** A walk whose first stop is the root. */
  TreeWalk<E> walk() throws StoreException {
    return new TreeWalk<>(this);
  }

  /** The entry that covers a slot, with where it starts. */
  Located<E> at(long slot) throws StoreException {
    if (slot < 0 || slot >= slots()) {
      throw new IndexOutOfBoundsException("slot " + slot + " of " + slots());
    }
    return locate((starts, start, before) -> starts.partOfSlot(slot - start));
  }

  /** The entry in which the running weight first passes {@code weight}. */
  Located<E> atWeight(long weight) throws StoreException {
    if (weight < 0 || weight >= weight()) {
      throw new IndexOutOfBoundsException("weight " + weight + " of " + weight());
    }
    return locate((starts, start, before) -> starts.partOfWeight(weight - before));
  }

  /** Goes down to the entry that a way leads to. */
  private Located<E> locate(Way way) throws StoreException {
    Child<E> child = present();
    long start = 0;
    long before = 0;
    while (true) {
      Node<E> node = child.node(kind, source);
      Starts starts = node.starts(kind);
      int part = way.part(starts, start, before);
      if (part == node.width()) {
        throw new StoreException(
            StoreException.Code.CORRUPT, kind.display() + " tree: counts of inner nodes disagree");
      }
      start += starts.slot(part);
      before += starts.weight(part);
      if (node instanceof Node.Leaf<E> leaf) {
        return new Located<>(leaf.entries().get(part), start, before);
      }
      child = ((Node.Inner<E>) node).children().get(part);
    }
  }

  /** Which part of a node to go into. */
  @FunctionalInterface
  private interface Way {
    /**
     * @param start first slot of the node
     * @param weightBefore weight to the left of it
     */
    int part(Starts starts, long start, long weightBefore);
  }

  /** The last entry whose key is at most {@code key}, unsigned; entries must be sorted by key. */
  Optional<Located<E>> floor(long key) throws StoreException {
    if (root == null || Long.compareUnsigned(key, root.summary().firstKey()) < 0) {
      return Optional.empty();
    }
    Child<E> child = root;
    long start = 0;
    while (true) {
      Node<E> node = child.node(kind, source);
      if (node instanceof Node.Leaf<E> leaf) {
        int index = 0;
        while (index + 1 < leaf.width()
            && Long.compareUnsigned(kind.key(leaf.entries().get(index + 1)), key) <= 0) {
          start += kind.slots(leaf.entries().get(index));
          index++;
        }
        return Optional.of(new Located<>(leaf.entries().get(index), start, 0));
      }
      List<Child<E>> children = ((Node.Inner<E>) node).children();
      int index = 0;
      while (index + 1 < children.size()
          && Long.compareUnsigned(children.get(index + 1).summary().firstKey(), key) <= 0) {
        start += children.get(index).summary().slots();
        index++;
      }
      child = children.get(index);
    }
  }

  Optional<E> last() throws StoreException {
    return root == null ? Optional.empty() : Optional.of(at(slots() - 1).entry());
  }

  CountedTree<E> append(E entry) throws StoreException {
    if (root == null) {
      return with(List.of(Child.inMemory(Node.Leaf.of(kind, List.of(entry)))));
    }
    return with(appendBelow(root, entry));
  }

  /** Replaces the entry that starts at {@code start} by others, possibly none. */
  CountedTree<E> replace(long start, List<E> entries) throws StoreException {
    return with(replaceBelow(present(), 0, start, 1, entries));
  }

  /** Puts an entry before the one that starts at {@code start}. */
  CountedTree<E> insertBefore(long start, E entry) throws StoreException {
    return start == slots()
        ? append(entry)
        : with(replaceBelow(present(), 0, start, 0, List.of(entry)));
  }

  /** An iteration over all entries from the one that covers {@code slot} on. */
  List<E> entries(long fromSlot, long toSlot) throws StoreException {
    List<E> found = new ArrayList<>();
    TreeWalk<E> walk = walk();
    walk.seek(fromSlot);
    while (walk.isPresent() && walk.start() < toSlot) {
      found.add(walk.entry());
      walk.skip();
      walk.descendToEntry();
    }
    return found;
  }

  private Child<E> present() {
    if (root == null) {
      throw new IllegalStateException("an empty tree has no root");
    }
    return root;
  }

  private CountedTree<E> with(List<Child<E>> top) {
    List<Child<E>> level = top;
    while (level.size() > 1) {
      level = group(level);
    }
    return new CountedTree<>(kind, source, level.isEmpty() ? null : level.get(0));
  }

  private static <E> List<Child<E>> group(List<Child<E>> children) {
    List<Child<E>> parents = new ArrayList<>();
    for (List<Child<E>> part : parts(children)) {
      parents.add(Child.inMemory(Node.Inner.of(part)));
    }
    return parents;
  }

  private List<Child<E>> appendBelow(Child<E> child, E entry) throws StoreException {
    Node<E> node = child.node(kind, source);
    if (node instanceof Node.Leaf<E> leaf) {
      if (leaf.width() == Node.MAX_WIDTH) {
        // A sequence grows at its end: full nodes stay full, the new one starts with the entry.
        return List.of(child, Child.inMemory(Node.Leaf.of(kind, List.of(entry))));
      }
      List<E> entries = new ArrayList<>(leaf.entries());
      entries.add(entry);
      return List.of(
          Child.inMemory(
              new Node.Leaf<>(List.copyOf(entries), leaf.summary().and(Summary.of(kind, entry)))));
    }
    List<Child<E>> children = new ArrayList<>(((Node.Inner<E>) node).children());
    List<Child<E>> last = appendBelow(children.remove(children.size() - 1), entry);
    children.addAll(last);
    if (children.size() <= Node.MAX_WIDTH) {
      return List.of(Child.inMemory(Node.Inner.of(children)));
    }
    Child<E> grown = children.remove(children.size() - 1);
    return List.of(
        Child.inMemory(Node.Inner.of(children)), Child.inMemory(Node.Inner.of(List.of(grown))));
  }

  private List<Child<E>> replaceBelow(
      Child<E> child, long childStart, long start, int removed, List<E> added)
      throws StoreException {
    Node<E> node = child.node(kind, source);
    long position = childStart;
    if (node instanceof Node.Leaf<E> leaf) {
      List<E> entries = new ArrayList<>(leaf.entries());
      int index = 0;
      while (index < entries.size() && position < start) {
        position += kind.slots(entries.get(index++));
      }
      if (position != start || index == entries.size()) {
        throw new IllegalArgumentException("no " + kind.display() + " starts at slot " + start);
      }
      for (int i = 0; i < removed; i++) {
        entries.remove(index);
      }
      entries.addAll(index, added);
      List<Child<E>> leaves = new ArrayList<>();
      for (List<E> part : parts(entries)) {
        leaves.add(Child.inMemory(Node.Leaf.of(kind, part)));
      }
      return leaves;
    }
    List<Child<E>> children = new ArrayList<>(((Node.Inner<E>) node).children());
    int index = 0;
    while (index + 1 < children.size()
        && position + children.get(index).summary().slots() <= start) {
      position += children.get(index++).summary().slots();
    }
    List<Child<E>> below = replaceBelow(children.remove(index), position, start, removed, added);
    children.addAll(index, below);
    if (children.size() == 1) {
      return children;
    }
    return group(children);
  }

  /** Cuts a list into near-equal parts of at most {@link Node#MAX_WIDTH}. */
  private static <T> List<List<T>> parts(List<T> whole) {
    List<List<T>> parts = new ArrayList<>();
    int count = (whole.size() + Node.MAX_WIDTH - 1) / Node.MAX_WIDTH;
    for (int i = 0; i < count; i++) {
      parts.add(
          whole.subList(
              (int) ((long) whole.size() * i / count),
              (int) ((long) whole.size() * (i + 1) / count)));
    }
    return parts;
  }

  /**
   * An entry and where it stands.
   *
   * @param start its first slot
   * @param weightBefore weight of all entries before it
   */
  record Located<E>(E entry, long start, long weightBefore) {}
}
