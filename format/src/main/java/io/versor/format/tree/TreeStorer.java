package io.versor.format.tree;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.chunk.ChunkWriter;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.DecodedChunk;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Purpose;
import io.versor.format.io.BinaryReader;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stores what a tree holds in memory, and nothing else: every node that is in a pack already is
 * referred to. Also the bytes by which an object refers to a tree: FORMAT.md, "Roots of trees".
 */
public final class TreeStorer {
  /** Chunks from here on are left alone; smaller ones at the end are taken up into the next. */
  private static final long SETTLED_BYTES = 128 << 10;

  /**
   * A chunk is taken up by what comes behind it unless it has more than so many times the bytes and
   * the rows. Bytes alone would not do: a stored chunk of one row is mostly its header.
   */
  private static final long COMPARABLE = 2;

  /** Longer overlays become objects of their own, so that nodes stay small. */
  private static final int OVERLAY_INLINE_BYTES = 512;

  /** Trees of one leaf with so few entries lie in the object that refers to them. */
  private static final int INLINE_ENTRIES = 4;

  private static final int EMPTY = 0;
  private static final int STORED = 1;
  private static final int INLINE = 2;

  private TreeStorer() {}

  /** An equal tree, all of which is in packs or will be when the sink is done. */
  public static RowTree store(RowTree tree, NodeSink sink) throws StoreException {
    return new RowTree(store(tree.runs(), sink), store(tree.index(), sink));
  }

  /**
   * An equal tree, all of which is in packs or will be when the sink is done. Samples in memory are
   * cut into chunks of the usual sizes; the last chunk takes up small ones before it.
   */
  public static ChunkTree store(ChunkTree tree, TensorType type, NodeSink sink, ChunkCache chunks)
      throws StoreException {
    CountedTree<ChunkEntry> entries = withMergedTail(tree.entries(), type, chunks);
    EntryStorer storer = new EntryStorer(type, sink, entries.source());
    for (CountedTree.Located<ChunkEntry> dirty : inMemory(entries)) {
      entries = entries.replace(dirty.start(), storer.store(dirty.entry()));
    }
    return new ChunkTree(store(entries, sink));
  }

  /** Entries that no pack holds, each with its first slot; replacing one moves no other. */
  private static List<CountedTree.Located<ChunkEntry>> inMemory(CountedTree<ChunkEntry> tree)
      throws StoreException {
    List<CountedTree.Located<ChunkEntry>> found = new ArrayList<>();
    TreeWalk<ChunkEntry> walk = tree.walk();
    while (walk.isPresent()) {
      if (walk.isEntry()) {
        if (!walk.entry().isStored()) {
          found.add(new CountedTree.Located<>(walk.entry(), walk.start(), 0));
        }
        walk.skip();
      } else if (walk.subtree().address().isPresent()) {
        walk.skip();
      } else {
        walk.descend();
      }
    }
    return found;
  }

  /** Samples in memory at the end, put together with small chunks right before them. */
  private static CountedTree<ChunkEntry> withMergedTail(
      CountedTree<ChunkEntry> tree, TensorType type, ChunkCache chunks) throws StoreException {
    Optional<ChunkEntry> last = tree.last();
    if (last.isEmpty() || !last.get().isFreshTail()) {
      return tree;
    }
    HeapColumn fresh = ((ChunkRef.Heap) last.get().ref()).column();
    List<CountedTree.Located<ChunkEntry>> taken = new ArrayList<>();
    long start = tree.slots() - last.get().count();
    long bytes = fresh.bytes();
    long rows = last.get().count();
    long room = ChunkSizes.targetBytes(type) - bytes;
    while (start > 0) {
      CountedTree.Located<ChunkEntry> before = tree.at(start - 1);
      ChunkEntry entry = before.entry();
      boolean joins =
          entry.isWholeChunk()
              && entry.ref().bytes() < SETTLED_BYTES
              && (entry.ref().bytes() <= COMPARABLE * bytes || entry.count() <= COMPARABLE * rows)
              && rows + entry.count() <= ChunkSizes.MAX_ROWS;
      if (!joins) {
        break;
      }
      // What is small in a pack may be a full chunk that can be packed well.
      room -= decodedBytes(entry, type, chunks);
      if (room < 0) {
        break;
      }
      taken.add(0, before);
      bytes += entry.ref().bytes();
      rows += entry.count();
      start = before.start();
    }
    if (taken.isEmpty()) {
      return tree;
    }
    ColumnBuilder builder = new ColumnBuilder(type);
    for (CountedTree.Located<ChunkEntry> each : taken) {
      ChunkRef.Stored chunk = (ChunkRef.Stored) each.entry().ref();
      try (DecodedChunk samples = chunks.open(chunk.address(), type)) {
        builder.append(samples, 0, samples.rows());
      }
    }
    builder.append(fresh, last.get().firstRow(), (int) last.get().count());
    CountedTree<ChunkEntry> merged = tree.replace(tree.slots() - last.get().count(), List.of());
    for (int i = taken.size() - 1; i >= 0; i--) {
      merged = merged.replace(taken.get(i).start(), List.of());
    }
    return merged.append(ChunkEntry.of(new ChunkRef.Heap(builder.column()), 0, builder.rows()));
  }

  private static long decodedBytes(ChunkEntry entry, TensorType type, ChunkCache chunks)
      throws StoreException {
    try (DecodedChunk samples = chunks.open(((ChunkRef.Stored) entry.ref()).address(), type)) {
      return Math.max(entry.ref().bytes(), samples.bytes());
    }
  }

  private static <E> CountedTree<E> store(CountedTree<E> tree, NodeSink sink)
      throws StoreException {
    Optional<Child<E>> root = tree.root();
    if (root.isEmpty() || root.get().address().isPresent() || isInline(tree)) {
      return tree;
    }
    return CountedTree.of(
        tree.kind(), tree.source(), store(tree.kind(), tree.source(), root.get(), sink));
  }

  private static <E> boolean isInline(CountedTree<E> tree) throws StoreException {
    Child<E> root = tree.root().orElseThrow();
    return root.address().isEmpty()
        && root.node(tree.kind(), tree.source()) instanceof Node.Leaf<E> leaf
        && leaf.width() <= INLINE_ENTRIES;
  }

  private static <E> Child<E> store(
      EntryKind<E> kind, NodeSource source, Child<E> child, NodeSink sink) throws StoreException {
    if (child.address().isPresent()) {
      return child;
    }
    Node<E> node = child.node(kind, source);
    if (node instanceof Node.Inner<E> inner) {
      List<Child<E>> children = new ArrayList<>();
      for (Child<E> below : inner.children()) {
        children.add(store(kind, source, below, sink));
      }
      node = Node.Inner.of(children);
    }
    NodeOutput output = new NodeOutput();
    NodeCodec.write(kind, node, output);
    Address address = sink.store(ObjectKind.NODE, output.toBytes());
    return Child.stored(node.summary(), address);
  }

  /** An overlay that an entry can refer to: in place, or an object of its own if it is long. */
  static OverlayRef stored(Overlay overlay, NodeSink sink) throws StoreException {
    NodeOutput output = new NodeOutput();
    overlay.write(output);
    byte[] bytes = output.toBytes();
    return bytes.length <= OVERLAY_INLINE_BYTES
        ? OverlayRef.inMemory(overlay)
        : OverlayRef.stored(sink.store(ObjectKind.OVERLAY, bytes));
  }

  // --- roots

  /** Refers to a stored tree. */
  public static void writeRoot(RowTree tree, NodeOutput output) throws StoreException {
    writeRoot(tree.runs(), output);
    writeRoot(tree.index(), output);
  }

  /** Refers to a stored tree. */
  public static void writeRoot(ChunkTree tree, NodeOutput output) throws StoreException {
    writeRoot(tree.entries(), output);
  }

  private static <E> void writeRoot(CountedTree<E> tree, NodeOutput output) throws StoreException {
    Optional<Child<E>> root = tree.root();
    if (root.isEmpty()) {
      output.body().u8(EMPTY);
    } else if (root.get().address().isPresent()) {
      output.body().u8(STORED);
      NodeCodec.writeChild(root.get(), output);
    } else {
      output.body().u8(INLINE);
      NodeCodec.write(tree.kind(), root.get().node(tree.kind(), tree.source()), output);
    }
  }

  /** What {@link #writeRoot(RowTree, NodeOutput)} wrote. */
  public static RowTree readRowRoot(NodeInput input, NodeSource source) throws StoreException {
    CountedTree<RowRun> runs = readRoot(RowRun.KIND, input, source);
    CountedTree<SlotRun> index = readRoot(SlotRun.KIND, input, source);
    if (runs.slots() != index.slots()) {
      throw input
          .body()
          .corrupt("an index of " + index.slots() + " rows for " + runs.slots() + " slots");
    }
    return new RowTree(runs, index);
  }

  /** What {@link #writeRoot(ChunkTree, NodeOutput)} wrote. */
  public static ChunkTree readChunkRoot(NodeInput input, NodeSource source) throws StoreException {
    return new ChunkTree(readRoot(ChunkEntry.KIND, input, source));
  }

  private static <E> CountedTree<E> readRoot(EntryKind<E> kind, NodeInput input, NodeSource source)
      throws StoreException {
    BinaryReader body = input.body();
    int how = body.u8();
    return switch (how) {
      case EMPTY -> CountedTree.empty(kind, source);
      case STORED -> CountedTree.of(kind, source, NodeCodec.readChild(input));
      case INLINE -> CountedTree.of(kind, source, Child.inMemory(NodeCodec.read(kind, input)));
      default -> throw body.corrupt("a root of kind " + how);
    };
  }

  /** Stores one entry: its samples, the cells written over them, and a long list of those. */
  private static final class EntryStorer {
    private final TensorType type;
    private final NodeSink sink;
    private final NodeSource source;

    EntryStorer(TensorType type, NodeSink sink, NodeSource source) {
      this.type = type;
      this.sink = sink;
      this.source = source;
    }

    List<ChunkEntry> store(ChunkEntry entry) throws StoreException {
      Optional<Overlay> overlay = Optional.empty();
      if (entry.overlay() != null) {
        overlay = Optional.of(storedCells(entry.overlay().load(source)));
      }
      List<ChunkEntry> stored = new ArrayList<>();
      if (!(entry.ref() instanceof ChunkRef.Heap heap)) {
        stored.add(entry.withOverlay(overlay.isPresent() ? stored(overlay.get(), sink) : null));
        return stored;
      }
      int end = (int) (entry.firstRow() + entry.count());
      for (int from = entry.firstRow(); from < end; ) {
        int count = Math.min(end - from, ChunkSizes.rowsOfChunk(heap.column(), from));
        Optional<Overlay> cells = Optional.empty();
        if (overlay.isPresent()) {
          int shift = from;
          cells = overlay.get().within(from, (long) from + count).map(o -> o.shifted(-shift));
        }
        stored.add(chunk(heap.column(), from, count, entry, cells));
        from += count;
      }
      return stored;
    }

    private ChunkEntry chunk(
        HeapColumn column, int from, int count, ChunkEntry entry, Optional<Overlay> cells)
        throws StoreException {
      byte[] bytes = ChunkWriter.encode(column, from, count, Purpose.PACK);
      Address address = sink.store(ObjectKind.CHUNK, bytes);
      return new ChunkEntry(
          new ChunkRef.Stored(address, count, bytes.length),
          0,
          count,
          ContentHash.of(bytes),
          Optional.of(ChunkStats.of(column, from, count)),
          entry.written(),
          cells.isPresent() ? stored(cells.get(), sink) : null,
          null);
    }

    /** The overlay with all samples that are in memory put together in one chunk. */
    private Overlay storedCells(Overlay overlay) throws StoreException {
      if (overlay.isStored()) {
        return overlay;
      }
      ColumnBuilder builder = new ColumnBuilder(type);
      int[] rowOf = new int[overlay.size()];
      for (int i = 0; i < overlay.size(); i++) {
        rowOf[i] = -1;
        if (overlay.source(i).ref() instanceof ChunkRef.Heap heap) {
          rowOf[i] = builder.rows();
          builder.append(heap.column(), overlay.sourceRow(i), 1);
        }
      }
      byte[] bytes = ChunkWriter.encode(builder.column(), 0, builder.rows(), Purpose.PACK);
      Address address = sink.store(ObjectKind.CHUNK, bytes);
      return overlay.moved(new ChunkRef.Stored(address, builder.rows(), bytes.length), rowOf);
    }
  }
}
