package io.versor.format.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link CountedTree}, immutable.
 *
 * @param <E> the entry
 */
abstract sealed class Node<E> {
  /**
   * Most entries or children of a node: with 20 to 120 bytes each, a node stays within 4-16 KiB,
   * and a million chunks are four levels.
   */
  static final int MAX_WIDTH = 64;

  private final Summary summary;

  /** Counted when first asked for: nodes that are on their way to become others never are. */
  private volatile @Nullable Starts starts;

  private Node(Summary summary) {
    this.summary = summary;
  }

  final Summary summary() {
    return summary;
  }

  abstract int width();

  final Starts starts(EntryKind<E> kind) {
    Starts known = starts;
    if (known == null) {
      known = count(kind);
      starts = known;
    }
    return known;
  }

  abstract Starts count(EntryKind<E> kind);

  static final class Leaf<E> extends Node<E> {
    private final List<E> entries;

    Leaf(List<E> entries, Summary summary) {
      super(summary);
      this.entries = entries;
    }

    static <E> Leaf<E> of(EntryKind<E> kind, List<E> entries) {
      Summary sum = Summary.of(kind, entries.get(0));
      for (int i = 1; i < entries.size(); i++) {
        sum = sum.and(Summary.of(kind, entries.get(i)));
      }
      return new Leaf<>(List.copyOf(entries), sum);
    }

    List<E> entries() {
      return entries;
    }

    @Override
    int width() {
      return entries.size();
    }

    @Override
    Starts count(EntryKind<E> kind) {
      return Starts.of(entries, kind::slots, kind::weight);
    }
  }

  static final class Inner<E> extends Node<E> {
    private final List<Child<E>> children;

    private Inner(List<Child<E>> children, Summary summary) {
      super(summary);
      this.children = children;
    }

    static <E> Inner<E> of(List<Child<E>> children) {
      Summary sum = children.get(0).summary();
      for (int i = 1; i < children.size(); i++) {
        sum = sum.and(children.get(i).summary());
      }
      return new Inner<>(List.copyOf(children), sum);
    }

    List<Child<E>> children() {
      return children;
    }

    @Override
    int width() {
      return children.size();
    }

    @Override
    Starts count(EntryKind<E> kind) {
      return Starts.of(
          children, child -> child.summary().slots(), child -> child.summary().weight());
    }
  }
}
