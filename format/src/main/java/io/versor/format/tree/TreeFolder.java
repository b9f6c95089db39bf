package io.versor.format.tree;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.chunk.ChunkWriter;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Purpose;
import io.versor.format.log.Position;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Folds a tree: samples that lie in small chunks, in parts of chunks or written over chunks come to
 * lie in full chunks, in slot order. What every slot holds, and which frame wrote it, stays.
 */
public final class TreeFolder {
  /** Chunks from here on are left alone unless cells were written over them. */
  private static final long SETTLED_BYTES = 128 << 10;

  /** Of a chunk that is cut up, less than one in so many parts is worth copying out. */
  private static final int MIN_PART = 2;

  /** NULLs longer than this stay an entry without samples, cells over them or not. */
  private static final long MAX_NULLS = 1 << 20;

  private static final int BATCH_ROWS = 2_048;

  private final ChunkTree tree;
  private final TensorType type;
  private final NodeSink sink;
  private final ChunkCache chunks;
  private final BufferAllocator allocator;

  private TreeFolder(
      ChunkTree tree,
      TensorType type,
      NodeSink sink,
      ChunkCache chunks,
      BufferAllocator allocator) {
    this.tree = tree;
    this.type = type;
    this.sink = sink;
    this.chunks = chunks;
    this.allocator = allocator;
  }

  /** An equal tree; itself if nothing is worth folding. New chunks go to the sink. */
  public static ChunkTree fold(
      ChunkTree tree, TensorType type, NodeSink sink, ChunkCache chunks, BufferAllocator allocator)
      throws StoreException {
    return new TreeFolder(tree, type, sink, chunks, allocator).fold();
  }

  /** Neighbouring entries that become chunks together. */
  private record Region(List<CountedTree.Located<ChunkEntry>> entries) {
    long start() {
      return entries.get(0).start();
    }

    long end() {
      CountedTree.Located<ChunkEntry> last = entries.get(entries.size() - 1);
      return last.start() + last.entry().count();
    }
  }

  private ChunkTree fold() throws StoreException {
    List<Region> regions = regions();
    CountedTree<ChunkEntry> folded = tree.entries();
    try (ColumnReader reader = new ColumnReader(tree, type, chunks, allocator)) {
      // From the right, so that what is to the left stays where it is.
      for (int i = regions.size() - 1; i >= 0; i--) {
        Region region = regions.get(i);
        List<ChunkEntry> replacement = chunks(region, reader);
        for (int k = region.entries().size() - 1; k > 0; k--) {
          folded = folded.replace(region.entries().get(k).start(), List.of());
        }
        folded = folded.replace(region.start(), replacement);
      }
    }
    return regions.isEmpty() ? tree : new ChunkTree(folded);
  }

  private List<Region> regions() throws StoreException {
    List<Region> regions = new ArrayList<>();
    List<CountedTree.Located<ChunkEntry>> open = new ArrayList<>();
    TreeWalk<ChunkEntry> walk = tree.entries().walk();
    walk.descendToEntry();
    while (walk.isPresent()) {
      ChunkEntry entry = walk.entry();
      if (!isPoor(entry)) {
        close(open, regions);
      } else {
        open.add(new CountedTree.Located<>(entry, walk.start(), 0));
      }
      walk.skip();
      walk.descendToEntry();
    }
    close(open, regions);
    return regions;
  }

  private static boolean isPoor(ChunkEntry entry) {
    if (entry.ref() instanceof ChunkRef.Nulls) {
      return entry.overlay() != null && entry.count() <= MAX_NULLS;
    }
    if (entry.overlay() != null || entry.ref() instanceof ChunkRef.Heap) {
      return true;
    }
    ChunkRef.Stored chunk = (ChunkRef.Stored) entry.ref();
    boolean part = entry.count() * MIN_PART < chunk.rows();
    return part
        || (chunk.bytes() < SETTLED_BYTES && entry.count() * MIN_PART <= ChunkSizes.MAX_ROWS);
  }

  /** A region of one small chunk that is as it should be is none. */
  private static void close(List<CountedTree.Located<ChunkEntry>> open, List<Region> regions) {
    boolean worth =
        open.size() > 1
            || (open.size() == 1
                && (open.get(0).entry().overlay() != null
                    || !(open.get(0).entry().ref() instanceof ChunkRef.Stored)));
    if (worth) {
      regions.add(new Region(List.copyOf(open)));
    }
    open.clear();
  }

  private List<ChunkEntry> chunks(Region region, ColumnReader reader) throws StoreException {
    List<ChunkEntry> made = new ArrayList<>();
    ColumnBuilder builder = new ColumnBuilder(type);
    long first = region.start();
    // Samples of any size: one by one, so that no more than one lies about beyond the chunk.
    int batch = type.layout() == Layout.FIXED ? BATCH_ROWS : 1;
    for (long slot = region.start(); slot < region.end(); ) {
      int count = (int) Math.min(batch, region.end() - slot);
      builder.append(reader.window(slot, count), 0, count);
      slot += count;
      if (ChunkSizes.isFull(builder.column()) || slot == region.end()) {
        HeapColumn column = builder.column();
        for (int from = 0; from < column.rows(); ) {
          int rows = ChunkSizes.rowsOfChunk(column, from);
          made.add(chunk(column, from, rows, first + from, region));
          from += rows;
        }
        first = slot;
        builder = new ColumnBuilder(type);
      }
    }
    return made;
  }

  private ChunkEntry chunk(HeapColumn column, int from, int rows, long firstSlot, Region region)
      throws StoreException {
    byte[] bytes = ChunkWriter.encode(column, from, rows, Purpose.PACK);
    Address address = sink.store(ObjectKind.CHUNK, bytes);
    ChunkRef.Stored chunk = new ChunkRef.Stored(address, rows, bytes.length);
    List<Optional<Position>> writes = writes(region, firstSlot, rows);
    Optional<Position> common = common(writes);
    return new ChunkEntry(
        chunk,
        0,
        rows,
        ContentHash.of(bytes),
        Optional.of(ChunkStats.of(column, from, rows)),
        common,
        null,
        others(writes, common, chunk));
  }

  /** What to say of the whole entry: nothing, unless every sample was written by some frame. */
  private static Optional<Position> common(List<Optional<Position>> writes) {
    Map<Position, Integer> counts = new LinkedHashMap<>();
    for (Optional<Position> write : writes) {
      if (write.isEmpty()) {
        return Optional.empty();
      }
      counts.merge(write.get(), 1, Integer::sum);
    }
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /** The samples that were written by another frame than most. */
  private @Nullable OverlayRef others(
      List<Optional<Position>> writes, Optional<Position> common, ChunkRef chunk)
      throws StoreException {
    int[] rows = new int[writes.size()];
    List<Position> positions = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      if (!writes.get(i).equals(common)) {
        rows[positions.size()] = i;
        positions.add(writes.get(i).orElseThrow());
      }
    }
    if (positions.isEmpty()) {
      return null;
    }
    return TreeStorer.stored(
        Overlay.ofWrites(Arrays.copyOf(rows, positions.size()), positions, chunk), sink);
  }

  /** The frame that wrote each slot; empty = the one that its row was born in. */
  private List<Optional<Position>> writes(Region region, long firstSlot, int rows)
      throws StoreException {
    NodeSource source = tree.entries().source();
    List<Optional<Position>> writes = new ArrayList<>(rows);
    for (CountedTree.Located<ChunkEntry> located : region.entries()) {
      ChunkEntry entry = located.entry();
      long from = Math.max(firstSlot, located.start());
      long to = Math.min(firstSlot + rows, located.start() + entry.count());
      boolean even = entry.overlay() == null && entry.writes() == null;
      for (long slot = from; slot < to; slot++) {
        writes.add(
            even
                ? entry.written()
                : entry.writtenAt(entry.firstRow() + (slot - located.start()), source));
      }
    }
    return writes;
  }
}
