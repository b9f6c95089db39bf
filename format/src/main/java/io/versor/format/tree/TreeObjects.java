package io.versor.format.tree;

import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.type.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells of the objects that trees are made of: their nodes, chunks and overlays. */
public final class TreeObjects {
  private TreeObjects() {}

  /** Nodes of a row tree and its index. */
  public static void visit(RowTree tree, ObjectVisitor visitor) throws StoreException {
    visit(tree.runs(), visitor, (run, source) -> {});
    visit(tree.index(), visitor, (run, source) -> {});
  }

  /** Nodes, chunks and overlays of a chunk tree. */
  public static void visit(ChunkTree tree, ObjectVisitor visitor) throws StoreException {
    visit(tree.entries(), visitor, (entry, source) -> visit(entry, source, visitor));
  }

  private interface EntryVisit<E> {
    void of(E entry, NodeSource source) throws StoreException;
  }

  private static <E> void visit(CountedTree<E> tree, ObjectVisitor visitor, EntryVisit<E> entries)
      throws StoreException {
    Optional<Child<E>> root = tree.root();
    if (root.isPresent()) {
      visit(tree, root.get(), visitor, entries);
    }
  }

  private static <E> void visit(
      CountedTree<E> tree, Child<E> child, ObjectVisitor visitor, EntryVisit<E> entries)
      throws StoreException {
    Optional<Address> address = child.address();
    if (address.isPresent() && !visitor.visit(address.get(), ObjectKind.NODE)) {
      return;
    }
    Node<E> node = child.node(tree.kind(), tree.source());
    if (node instanceof Node.Inner<E> inner) {
      for (Child<E> below : inner.children()) {
        visit(tree, below, visitor, entries);
      }
    } else {
      for (E entry : ((Node.Leaf<E>) node).entries()) {
        entries.of(entry, tree.source());
      }
    }
  }

  private static void visit(ChunkEntry entry, NodeSource source, ObjectVisitor visitor)
      throws StoreException {
    visit(entry.ref(), visitor);
    visit(entry.overlay(), source, visitor);
    visit(entry.writes(), source, visitor);
  }

  private static void visit(@Nullable OverlayRef ref, NodeSource source, ObjectVisitor visitor)
      throws StoreException {
    if (ref == null
        || (ref.address().isPresent() && !visitor.visit(ref.address().get(), ObjectKind.OVERLAY))) {
      return;
    }
    for (Overlay.Source cells : ref.load(source).sources()) {
      visit(cells.ref(), visitor);
    }
  }

  private static void visit(ChunkRef ref, ObjectVisitor visitor) throws StoreException {
    if (ref instanceof ChunkRef.Stored stored) {
      visitor.visit(stored.address(), ObjectKind.CHUNK);
    }
  }
}
