package io.versor.format.tree;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.log.Position;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one tensor in slot order. Immutable; edits answer a new tree in O(log n).
 *
 * <p>Thread-safe for reading; appends to one lineage of trees must come from one thread at a time,
 * for they share growing memory.
 */
public final class ChunkTree {
  /** Rows up to this many bytes are gathered into one growing chunk in memory. */
  private static final long GATHER_BYTES = 64 << 10;

  /** A written range at least this long becomes an entry of its own, not overlay cells. */
  private static final int ENTRY_CELLS = 256;

  /** Keeps a row of an all-NULL entry, plus its length, an int. */
  private static final long MAX_NULLS = 1 << 30;

  private final CountedTree<ChunkEntry> entries;

  ChunkTree(CountedTree<ChunkEntry> entries) {
    this.entries = entries;
  }

  /** No samples yet. */
  public static ChunkTree empty(NodeSource source) {
    return new ChunkTree(CountedTree.empty(ChunkEntry.KIND, source));
  }

  CountedTree<ChunkEntry> entries() {
    return entries;
  }

  public long slots() {
    return entries.slots();
  }

  /** Stored bytes of all chunks, and bytes of those still in memory; overlays not counted. */
  public long bytes() {
    return entries.weight();
  }

  public boolean same(ChunkTree other) {
    return entries.same(other.entries);
  }

  /**
   * Samples at the end. Few bytes are copied behind the last ones in memory, many are referred to.
   */
  public ChunkTree append(HeapColumn column) throws StoreException {
    if (column.rows() == 0) {
      return this;
    }
    Optional<ChunkEntry> last = entries.last();
    if (last.isPresent()
        && last.get().ref() instanceof ChunkRef.Heap heap
        && last.get().firstRow() + last.get().count() == heap.column().rows()
        && last.get().written().isEmpty()
        && column.bytes() < GATHER_BYTES
        && heap.column().bytes() + column.bytes() <= ChunkSizes.targetBytes(column.type())
        && heap.column().rows() + column.rows() <= ChunkSizes.MAX_ROWS
        && heap.column().type().equals(column.type())) {
      ChunkEntry entry = last.get();
      ColumnBuilder builder = ColumnBuilder.extend(heap.column());
      builder.append(column, 0, column.rows());
      ChunkEntry grown =
          new ChunkEntry(
              new ChunkRef.Heap(builder.column()),
              entry.firstRow(),
              entry.count() + column.rows(),
              entry.hash(),
              entry.chunkStats(),
              entry.written(),
              entry.overlay(),
              entry.writes());
      return new ChunkTree(entries.replace(entries.slots() - entry.count(), List.of(grown)));
    }
    HeapColumn own = column;
    if (column.bytes() < GATHER_BYTES) {
      // The column may be a caller's that goes on growing; the gathered one must be ours alone.
      ColumnBuilder builder = new ColumnBuilder(column.type());
      builder.append(column, 0, column.rows());
      own = builder.column();
    }
    return append(ChunkEntry.of(new ChunkRef.Heap(own), 0, own.rows()));
  }

  /** Rows {@code firstRow ..} of a chunk at the end. */
  public ChunkTree append(ChunkPiece piece) throws StoreException {
    return append(
        new ChunkEntry(
            piece.ref(),
            piece.firstRow(),
            piece.count(),
            piece.hash(),
            piece.stats(),
            Optional.empty(),
            null,
            null));
  }

  ChunkTree append(ChunkEntry entry) throws StoreException {
    return new ChunkTree(entries.append(entry));
  }

  /** NULLs at the end. */
  public ChunkTree appendNulls(long count) throws StoreException {
    ChunkTree tree = this;
    for (long left = count; left > 0; ) {
      Optional<ChunkEntry> last = tree.entries.last();
      boolean grows =
          last.isPresent()
              && last.get().ref() instanceof ChunkRef.Nulls
              && last.get().firstRow() == 0
              && last.get().overlay() == null
              && last.get().written().isEmpty()
              && last.get().count() < MAX_NULLS;
      long before = grows ? last.get().count() : 0;
      long part = Math.min(left, MAX_NULLS - before);
      ChunkEntry entry = ChunkEntry.of(new ChunkRef.Nulls(), 0, before + part);
      tree =
          grows
              ? new ChunkTree(tree.entries.replace(tree.slots() - before, List.of(entry)))
              : tree.append(entry);
      left -= part;
    }
    return tree;
  }

  /** The samples of a column that a frame adds to rows that are there. */
  public static ChunkTree added(NodeSource source, long slots, Position written)
      throws StoreException {
    CountedTree<ChunkEntry> entries = CountedTree.empty(ChunkEntry.KIND, source);
    for (long left = slots; left > 0; ) {
      long part = Math.min(left, MAX_NULLS);
      entries = entries.append(ChunkEntry.of(new ChunkRef.Nulls(), 0, part).withWritten(written));
      left -= part;
    }
    return new ChunkTree(entries);
  }

  /**
   * Writes cells: slot {@code i} of the ascending {@code slots} takes row {@code firstRow + i} of
   * {@code values}.
   */
  public ChunkTree patch(long[] slots, ChunkRef values, int firstRow, Position written)
      throws StoreException {
    CountedTree<ChunkEntry> tree = entries;
    Overlay.Source source = new Overlay.Source(values, written);
    for (int i = 0; i < slots.length; ) {
      var found = tree.at(slots[i]);
      long end = found.start() + found.entry().count();
      int until = i;
      while (until < slots.length && slots[until] < end) {
        until++;
      }
      tree =
          tree.replace(
              found.start(),
              patched(found.entry(), found.start(), slots, i, until, source, firstRow));
      i = until;
    }
    return new ChunkTree(tree);
  }

  private List<ChunkEntry> patched(
      ChunkEntry entry,
      long start,
      long[] slots,
      int from,
      int until,
      Overlay.Source source,
      int firstRow)
      throws StoreException {
    List<ChunkEntry> result = new ArrayList<>();
    long done = start;
    int cellsFrom = from;
    for (int i = from; i < until; ) {
      int run = i + 1;
      while (run < until && slots[run] == slots[run - 1] + 1) {
        run++;
      }
      if (run - i >= ENTRY_CELLS || run - i == entry.count()) {
        if (done < slots[i]) {
          result.add(overlaid(entry, start, done, slots[i], slots, cellsFrom, i, source, firstRow));
        }
        result.add(
            ChunkEntry.of(source.ref(), firstRow + i, run - i).withWritten(source.written()));
        done = slots[run - 1] + 1;
        cellsFrom = run;
      }
      i = run;
    }
    long end = start + entry.count();
    if (done < end) {
      result.add(overlaid(entry, start, done, end, slots, cellsFrom, until, source, firstRow));
    }
    return result;
  }

  /** Slots {@code from .. to} of an entry, with the cells {@code slots[cellsFrom .. cellsTo]}. */
  private ChunkEntry overlaid(
      ChunkEntry entry,
      long start,
      long from,
      long to,
      long[] slots,
      int cellsFrom,
      int cellsTo,
      Overlay.Source source,
      int firstRow)
      throws StoreException {
    ChunkEntry part = entry;
    if (from > start || to < start + entry.count()) {
      part = entry.slice(from - start, to - start, entries.source());
    }
    if (cellsFrom == cellsTo) {
      return part;
    }
    int[] rows = new int[cellsTo - cellsFrom];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Math.toIntExact(part.firstRow() + (slots[cellsFrom + i] - from));
    }
    Overlay cells = Overlay.of(rows, source, firstRow + cellsFrom);
    OverlayRef old = part.overlay();
    Overlay merged = old == null ? cells : old.load(entries.source()).and(cells);
    return part.withOverlay(OverlayRef.inMemory(merged));
  }

  /** The frame that wrote the sample of a slot; empty = it came with its row. */
  public Optional<Position> writtenAt(long slot) throws StoreException {
    var found = entries.at(slot);
    ChunkEntry entry = found.entry();
    return entry.writtenAt(entry.firstRow() + (slot - found.start()), entries.source());
  }

  /** As many NULLs, for comparing with a column that was not there. */
  public ChunkTree nulls(long slots) throws StoreException {
    return empty(entries.source()).appendNulls(slots);
  }

  /** Statistics that hold for every sample, where they are known. */
  public Optional<ChunkStats> stats() {
    return entries.root().flatMap(root -> root.summary().stats());
  }

  /**
   * Statistics of the samples and of no others; empty where they are not known without reading
   * chunks. Samples in memory are looked at; a slice has the statistics of the whole chunk, and so
   * of more samples than it holds.
   */
  public Optional<ChunkStats> exactStats() throws StoreException {
    ChunkStats all = ChunkStats.counts(0, 0);
    TreeWalk<ChunkEntry> walk = entries.walk();
    while (walk.isPresent()) {
      long slots = walk.end() - walk.start();
      Optional<ChunkStats> stats = walk.summary().stats().filter(known -> known.rows() == slots);
      if (stats.isEmpty() && !walk.isEntry()) {
        walk.descend();
        continue;
      }
      if (stats.isEmpty()) {
        stats = looked(walk.entry());
      }
      if (stats.isEmpty()) {
        return stats;
      }
      all = all.and(stats.get());
      walk.skip();
    }
    return Optional.of(all);
  }

  /** Of samples that are in memory. */
  private static Optional<ChunkStats> looked(ChunkEntry entry) throws StoreException {
    if (entry.overlay() != null) {
      return Optional.empty();
    }
    if (entry.ref() instanceof ChunkRef.Nulls) {
      return Optional.of(ChunkStats.counts(entry.count(), entry.count()));
    }
    return entry.ref() instanceof ChunkRef.Heap heap
        ? Optional.of(
            ChunkStats.of(heap.column(), entry.firstRow(), Math.toIntExact(entry.count())))
        : Optional.empty();
  }

  /**
   * Statistics that hold for every sample of slots {@code from .. to}; empty = nothing is known.
   * Those of whole chunks, so that values beyond the slots may be among them.
   */
  public Optional<ChunkStats> stats(long from, long to) throws StoreException {
    TreeWalk<ChunkEntry> walk = entries.walk();
    Optional<ChunkStats> all = Optional.empty();
    for (walk.seek(from); walk.isPresent() && walk.start() < to; ) {
      Optional<ChunkStats> stats = walk.entry().stats();
      if (stats.isEmpty()) {
        return stats;
      }
      all = all.isEmpty() ? stats : all.map(before -> before.and(stats.get()));
      walk.skip();
      walk.descendToEntry();
    }
    return all;
  }

  /** Is told of runs of samples that lie together. */
  @FunctionalInterface
  public interface RunVisitor {
    /**
     * @param isOverwritten whether some of its cells were written anew elsewhere since
     */
    void run(long firstSlot, long slots, ChunkRef ref, boolean isOverwritten) throws StoreException;
  }

  /** Goes through all runs, by slots. */
  public void forEachRun(RunVisitor visitor) throws StoreException {
    TreeWalk<ChunkEntry> walk = entries.walk();
    walk.descendToEntry();
    while (walk.isPresent()) {
      ChunkEntry entry = walk.entry();
      visitor.run(walk.start(), entry.count(), entry.ref(), entry.overlay() != null);
      walk.skip();
      walk.descendToEntry();
    }
  }

  /** Runs of samples that lie together. Visits all of them. */
  public long chunks() throws StoreException {
    long[] chunks = {0};
    forEachRun((first, slots, ref, isOverwritten) -> chunks[0]++);
    return chunks[0];
  }

  /** Where the samples of slots {@code from .. to} lie. */
  public List<ChunkPiece> pieces(long from, long to) throws StoreException {
    List<ChunkPiece> pieces = new ArrayList<>();
    if (from >= to) {
      return pieces;
    }
    TreeWalk<ChunkEntry> walk = entries.walk();
    walk.seek(from);
    while (walk.isPresent() && walk.start() < to) {
      long low = Math.max(from, walk.start()) - walk.start();
      long high = Math.min(to, walk.end()) - walk.start();
      addPieces(walk.entry(), low, high, pieces);
      walk.skip();
      walk.descendToEntry();
    }
    return pieces;
  }

  private void addPieces(ChunkEntry entry, long from, long to, List<ChunkPiece> pieces)
      throws StoreException {
    if (entry.overlay() == null) {
      pieces.add(piece(entry, from, to));
      return;
    }
    Overlay overlay = entry.overlay().load(entries.source());
    long done = from;
    int cell = overlay.firstAtOrAfter(Math.toIntExact(entry.firstRow() + from));
    while (cell < overlay.size() && overlay.row(cell) < entry.firstRow() + to) {
      long at = overlay.row(cell) - entry.firstRow();
      if (done < at) {
        pieces.add(piece(entry, done, at));
      }
      ChunkRef source = overlay.source(cell).ref();
      int firstRow = overlay.sourceRow(cell);
      int count = 1;
      while (cell + count < overlay.size()
          && overlay.row(cell + count) == overlay.row(cell) + count
          && overlay.row(cell + count) < entry.firstRow() + to
          && overlay.source(cell + count).ref().same(source)
          && overlay.sourceRow(cell + count) == firstRow + count) {
        count++;
      }
      pieces.add(new ChunkPiece(source, firstRow, count, new byte[0], Optional.empty()));
      cell += count;
      done = at + count;
    }
    if (done < to) {
      pieces.add(piece(entry, done, to));
    }
  }

  private static ChunkPiece piece(ChunkEntry entry, long from, long to) {
    boolean nulls = entry.ref() instanceof ChunkRef.Nulls;
    int firstRow = nulls ? 0 : Math.toIntExact(entry.firstRow() + from);
    return new ChunkPiece(entry.ref(), firstRow, to - from, entry.hash(), entry.chunkStats());
  }

  /**
   * Finds samples that may differ: row {@code i} of the range is slot {@code olderFrom + i} of one
   * tree and {@code newerFrom + i} of the other. What both share is passed without being read.
   *
   * @param byHash whether chunks of equal bytes are the same samples: not where both sides gave the
   *     same codes to different labels
   * @param mark is given offsets into the range, rising
   */
  public static void markDifferent(
      ChunkTree older,
      long olderFrom,
      ChunkTree newer,
      long newerFrom,
      long count,
      boolean byHash,
      LongConsumer mark)
      throws StoreException {
    TreeWalk<ChunkEntry> a = older.entries.walk();
    TreeWalk<ChunkEntry> b = newer.entries.walk();
    long done = 0;
    while (done < count) {
      while (a.end() <= olderFrom + done) {
        a.skip();
      }
      while (b.end() <= newerFrom + done) {
        b.skip();
      }
      if (!a.isEntry() && !b.isEntry()) {
        boolean aligned = a.start() - olderFrom == b.start() - newerFrom;
        if (aligned && a.subtree().same(b.subtree())) {
          done = a.end() - olderFrom;
        } else if (a.end() - a.start() >= b.end() - b.start()) {
          a.descend();
        } else {
          b.descend();
        }
      } else if (!a.isEntry()) {
        a.descend();
      } else if (!b.isEntry()) {
        b.descend();
      } else {
        long end = Math.min(count, Math.min(a.end() - olderFrom, b.end() - newerFrom));
        markEntries(
            older.entries.source(),
            a.entry(),
            olderFrom + done - a.start(),
            b.entry(),
            newerFrom + done - b.start(),
            done,
            end - done,
            byHash,
            mark);
        done = end;
      }
    }
  }

  private static void markEntries(
      NodeSource source,
      ChunkEntry a,
      long aFrom,
      ChunkEntry b,
      long bFrom,
      long offset,
      long count,
      boolean byHash,
      LongConsumer mark)
      throws StoreException {
    long aRow = a.firstRow() + aFrom;
    long bRow = b.firstRow() + bFrom;
    boolean bothNull = a.ref() instanceof ChunkRef.Nulls && b.ref() instanceof ChunkRef.Nulls;
    boolean sameChunk =
        a.ref().same(b.ref())
            || (byHash && a.hash().length > 0 && Arrays.equals(a.hash(), b.hash()));
    if (!bothNull && (!sameChunk || aRow != bRow)) {
      for (long i = 0; i < count; i++) {
        mark.accept(offset + i);
      }
      return;
    }
    OverlayRef aRef = a.overlay();
    OverlayRef bRef = b.overlay();
    if (aRow == bRow && (aRef == null ? bRef == null : aRef.same(bRef))) {
      return;
    }
    Overlay aCells = aRef == null ? null : aRef.load(source);
    Overlay bCells = bRef == null ? null : bRef.load(source);
    int i = aCells == null ? 0 : aCells.firstAtOrAfter((int) aRow);
    int j = bCells == null ? 0 : bCells.firstAtOrAfter((int) bRow);
    while (true) {
      long aNext = next(aCells, i, aRow, count);
      long bNext = next(bCells, j, bRow, count);
      long at = Math.min(aNext, bNext);
      if (at == count) {
        return;
      }
      boolean both = aNext == bNext;
      if (!both || !aCells.sameCell(i, bCells, j)) {
        mark.accept(offset + at);
      }
      i += aNext == at ? 1 : 0;
      j += bNext == at ? 1 : 0;
    }
  }

  /** Offset of an overlay's cell into the range; its end if there is none. */
  private static long next(@Nullable Overlay overlay, int cell, long fromRow, long count) {
    return overlay == null || cell >= overlay.size()
        ? count
        : Math.min(count, overlay.row(cell) - fromRow);
  }

  /** Entries that overlap slots {@code from .. to}, cut to that range. */
  public ChunkTree slice(long from, long to) throws StoreException {
    ChunkTree part = empty(entries.source());
    if (from >= to) {
      return part;
    }
    TreeWalk<ChunkEntry> walk = entries.walk();
    walk.seek(from);
    while (walk.isPresent() && walk.start() < to) {
      ChunkEntry entry = walk.entry();
      long low = Math.max(from, walk.start()) - walk.start();
      long high = Math.min(to, walk.end()) - walk.start();
      part = part.append(entry.slice(low, high, entries.source()));
      walk.skip();
      walk.descendToEntry();
    }
    return part;
  }
}
