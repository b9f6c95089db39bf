package io.versor.format.tree;

import java.util.List;

/**
 * A node of a {@link CountedTree}, immutable.
 *
 * @param <E> the entry
 */
sealed interface Node<E> {
  /**
   * Most entries or children of a node: with 20 to 120 bytes each, a node stays within 4-16 KiB,
   * and a million chunks are four levels.
   */
  int MAX_WIDTH = 64;

  Summary summary();

  int width();

  record Leaf<E>(List<E> entries, Summary summary) implements Node<E> {
    static <E> Leaf<E> of(EntryKind<E> kind, List<E> entries) {
      Summary sum = Summary.of(kind, entries.get(0));
      for (int i = 1; i < entries.size(); i++) {
        sum = sum.and(Summary.of(kind, entries.get(i)));
      }
      return new Leaf<>(List.copyOf(entries), sum);
    }

    @Override
    public int width() {
      return entries.size();
    }
  }

  record Inner<E>(List<Child<E>> children, Summary summary) implements Node<E> {
    static <E> Inner<E> of(List<Child<E>> children) {
      Summary sum = children.get(0).summary();
      for (int i = 1; i < children.size(); i++) {
        sum = sum.and(children.get(i).summary());
      }
      return new Inner<>(List.copyOf(children), sum);
    }

    @Override
    public int width() {
      return children.size();
    }
  }
}
