package io.versor.format.tree;

import io.versor.format.chunk.Bound;
import io.versor.format.chunk.DecodedChunk;
import io.versor.format.chunk.SampleReader;
import io.versor.format.chunk.Samples;
import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.pack.Address;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads one tensor in windows of slots, best from left to right. A window is handed out where it
 * lies if one chunk has all of it and no cell was written over; else it is put together.
 *
 * <p>Used by one thread. A vector is borrowed until the next call of any method.
 */
public final class ColumnReader implements AutoCloseable {
  /** Chunks that overlays take cells from, kept open besides the one that is read. */
  private static final int MAX_OPEN = 64;

  /** What they take, at most: nobody counts it, and a scan goes over all chunks of a table. */
  private static final long MAX_OPEN_BYTES = 16 << 20;

  /**
   * Samples of a chunk at least this large are read one by one if few of them are wanted: to check
   * all its bytes, or to decode all its rows, would take longer.
   */
  private static final long SINGLE_BYTES = 16 << 10;

  private static final int SINGLE_ROWS = 1 << 10;

  /** Fewer than one in so many is few. */
  private static final int FEW = 16;

  private final ChunkTree tree;
  private final TensorType type;
  private final ChunkCache chunks;
  private final BufferAllocator allocator;

  /** What windows are put together in, if any was. */
  private @Nullable VectorBuffer buffer;

  private final Map<Address, DecodedChunk> open = new HashMap<>();
  private long openBytes;
  private final Map<Address, SampleReader> singles = new HashMap<>();

  /** How many samples of a chunk windows were asked for that began in it, but for the last one. */
  private final Map<Address, Long> asked = new HashMap<>();

  /** The chunk in which the last window began. */
  private @Nullable Address last;

  private long askedOfLast;

  /** What a window may take without looking where its chunks end: cheap to put together. */
  private static final long SMALL_WINDOW_BYTES = 1 << 20;

  /** How many samples the present window is asked for. */
  private int wanted;

  private @Nullable TreeWalk<ChunkEntry> walk;
  private @Nullable TreeWalk<ChunkEntry> pruning;
  private long matchesUntil;

  public ColumnReader(
      ChunkTree tree, TensorType type, ChunkCache chunks, BufferAllocator allocator) {
    this.tree = tree;
    this.type = type;
    this.chunks = chunks;
    this.allocator = allocator;
  }

  /** The samples of slots {@code from .. from + count}. */
  public Vector window(long from, int count) throws StoreException {
    return window(from, count, null, count);
  }

  /**
   * The same, but only these rows of the window are sure to be there: what else a sparse window
   * would cost is left out.
   *
   * @param rows of the window, rising
   * @param n how many of them count
   */
  public Vector window(long from, int count, int @Nullable [] rows, int n) throws StoreException {
    if (from < 0 || count < 1 || from + count > tree.slots()) {
      throw new IndexOutOfBoundsException(
          "slots " + from + " to " + (from + count) + " of " + tree.slots());
    }
    wanted = type.layout() == Layout.FIXED ? count : n; // those of fixed width are copied at once
    TreeWalk<ChunkEntry> at = seek(from);
    ChunkEntry entry = at.entry();
    closeSurplus(entry.ref());
    if (entry.ref() instanceof ChunkRef.Stored stored) {
      // Window by window a scan asks for all of a chunk.
      countAsked(stored.address());
    }
    if (at.end() >= from + count && entry.ref() instanceof ChunkRef.Stored stored) {
      long firstRow = entry.firstRow() + (from - at.start());
      if (!hasCells(entry, firstRow, count)) {
        Optional<Vector> inPlace = samples(stored).window((int) firstRow, count);
        if (inPlace.isPresent()) {
          return inPlace.get();
        }
      }
    }
    return assembled(from, count, rows, n);
  }

  /**
   * Where a window of so many slots had better end. Large samples are handed out where they lie, so
   * that the window keeps to one chunk; what has to be copied comes in portions of a mebibyte.
   */
  public long end(long from, int count) throws StoreException {
    TreeWalk<ChunkEntry> at = seek(from);
    ChunkEntry entry = at.entry();
    ChunkRef ref = entry.ref();
    long bytes = ref.bytes() / Math.max(1, ref.rows());
    if (bytes * count <= SMALL_WINDOW_BYTES) {
      return from + count;
    }
    long end = Math.min(from + count, at.end());
    return ref instanceof ChunkRef.Stored && entry.overlay() == null
        ? end
        : Math.min(end, from + Math.max(1, SMALL_WINDOW_BYTES / bytes));
  }

  private void countAsked(Address chunk) {
    if (!chunk.equals(last)) {
      if (last != null) {
        asked.put(last, askedOfLast);
      }
      last = chunk;
      askedOfLast = asked.getOrDefault(chunk, 0L);
    }
    askedOfLast += wanted;
  }

  private long asked(Address chunk) {
    return chunk.equals(last) ? askedOfLast : asked.getOrDefault(chunk, (long) wanted);
  }

  private boolean hasCells(ChunkEntry entry, long firstRow, int count) throws StoreException {
    if (entry.overlay() == null) {
      return false;
    }
    Overlay overlay = entry.overlay().load(tree.entries().source());
    int cell = overlay.firstAtOrAfter((int) firstRow);
    return cell < overlay.size() && overlay.row(cell) < firstRow + count;
  }

  private TreeWalk<ChunkEntry> seek(long slot) throws StoreException {
    TreeWalk<ChunkEntry> at = walk;
    if (at == null || !at.isPresent() || slot < at.start()) {
      at = tree.entries().walk();
      walk = at;
    }
    at.seek(slot);
    return at;
  }

  /**
   * Reads samples one by one where decoding the chunk, and checking all its bytes, would cost more
   * than it is worth.
   */
  private Optional<SampleReader> single(ChunkRef.Stored stored) throws StoreException {
    if ((stored.bytes() < SINGLE_BYTES && stored.rows() < SINGLE_ROWS)
        || asked(stored.address()) * FEW > stored.rows()
        || open.containsKey(stored.address())) {
      return Optional.empty();
    }
    SampleReader known = singles.get(stored.address());
    if (known != null) {
      return Optional.of(known);
    }
    Optional<DecodedChunk> kept = chunks.findKept(stored.address(), type);
    if (kept.isPresent()) {
      keepOpen(stored, kept.get());
      return Optional.empty();
    }
    Optional<SampleReader> found = chunks.findSamples(stored.address(), type);
    found.ifPresent(samples -> singles.put(stored.address(), samples));
    return found;
  }

  private Samples samples(ChunkRef.Stored stored) throws StoreException {
    Optional<SampleReader> single = single(stored);
    return single.isPresent() ? single.get() : chunk(stored);
  }

  private DecodedChunk chunk(ChunkRef.Stored stored) throws StoreException {
    DecodedChunk known = open.get(stored.address());
    if (known != null) {
      return known;
    }
    DecodedChunk opened = chunks.open(stored.address(), type);
    keepOpen(stored, opened);
    return opened;
  }

  private void keepOpen(ChunkRef.Stored stored, DecodedChunk opened) throws StoreException {
    if (opened.rows() != stored.rows()) {
      opened.close();
      throw new StoreException(
          StoreException.Code.CORRUPT,
          "chunk "
              + stored.address()
              + ": has "
              + opened.rows()
              + " rows, the tree says "
              + stored.rows());
    }
    open.put(stored.address(), opened);
    openBytes += opened.bytes();
  }

  private void closeSurplus(ChunkRef next) {
    if (open.size() > MAX_OPEN || openBytes > MAX_OPEN_BYTES) {
      DecodedChunk kept =
          next instanceof ChunkRef.Stored there ? open.remove(there.address()) : null;
      closeChunks();
      if (kept != null && next instanceof ChunkRef.Stored there) {
        open.put(there.address(), kept); // it would be decoded again at once
        openBytes = kept.bytes();
      }
    }
    if (singles.size() > MAX_OPEN || asked.size() > MAX_OPEN) {
      singles.clear();
      asked.clear();
      last = null;
    }
  }

  private void closeChunks() {
    open.values().forEach(DecodedChunk::close);
    open.clear();
    openBytes = 0;
  }

  private Vector assembled(long from, int count, int @Nullable [] rows, int n)
      throws StoreException {
    VectorBuffer out = emptied();
    // Skipping rows pays where they have bytes of their own; else one copy takes them all.
    if (rows == null || n == count || type.layout() == Layout.FIXED) {
      append(out, from, from + count);
      return out.vector();
    }
    long done = from;
    for (int i = 0; i < n; ) {
      int end = i + 1;
      while (end < n && rows[end] == rows[end - 1] + 1) {
        end++;
      }
      out.appendNulls((int) (from + rows[i] - done));
      append(out, from + rows[i], from + rows[end - 1] + 1);
      done = from + rows[end - 1] + 1;
      i = end;
    }
    out.appendNulls((int) (from + count - done));
    return out.vector();
  }

  private VectorBuffer emptied() {
    VectorBuffer emptied = buffer;
    if (emptied == null) {
      emptied = new VectorBuffer(type, allocator);
      buffer = emptied;
    }
    emptied.clear();
    return emptied;
  }

  private void append(VectorBuffer out, long from, long to) throws StoreException {
    long slot = from;
    while (slot < to) {
      TreeWalk<ChunkEntry> at = seek(slot);
      long end = Math.min(to, at.end());
      append(out, at.entry(), slot - at.start(), end - at.start());
      slot = end;
    }
  }

  private void append(VectorBuffer out, ChunkEntry entry, long from, long to)
      throws StoreException {
    if (entry.overlay() == null) {
      append(out, entry.ref(), entry.firstRow() + from, (int) (to - from));
      return;
    }
    Overlay overlay = entry.overlay().load(tree.entries().source());
    long row = entry.firstRow() + from;
    long end = entry.firstRow() + to;
    int cell = overlay.firstAtOrAfter((int) row);
    while (row < end) {
      long next = cell < overlay.size() ? Math.min(end, overlay.row(cell)) : end;
      if (row < next) {
        append(out, entry.ref(), row, (int) (next - row));
        row = next;
      } else {
        append(out, overlay.source(cell).ref(), overlay.sourceRow(cell), 1);
        row++;
        cell++;
      }
    }
  }

  private void append(VectorBuffer out, ChunkRef ref, long firstRow, int count)
      throws StoreException {
    if (ref instanceof ChunkRef.Nulls) {
      out.appendNulls(count);
      return;
    }
    Samples samples =
        ref instanceof ChunkRef.Heap heap ? heap.column() : samples((ChunkRef.Stored) ref);
    if (firstRow + count > samples.rows()) {
      throw new StoreException(
          StoreException.Code.CORRUPT,
          "rows " + firstRow + " to " + (firstRow + count) + " of a chunk of " + samples.rows());
    }
    out.append(samples, (int) firstRow, count);
  }

  /**
   * The first slot from {@code from} on whose sample may match; the number of slots if there is
   * none. Looks at statistics only, and at those of inner nodes first.
   */
  public long prune(Bound bound, long from) throws StoreException {
    if (from < matchesUntil) {
      return from;
    }
    TreeWalk<ChunkEntry> at = pruning;
    if (at == null || !at.isPresent() || from < at.start()) {
      at = tree.entries().walk();
      pruning = at;
    }
    while (at.isPresent()) {
      boolean passed = at.end() <= from;
      if (passed || !at.summary().stats().map(bound::mayMatch).orElse(true)) {
        at.skip();
      } else if (at.isEntry()) {
        matchesUntil = at.end();
        return Math.max(from, at.start());
      } else {
        at.descend();
      }
    }
    return tree.slots();
  }

  /** Gives back what it has open. */
  @Override
  public void close() {
    closeChunks();
    if (buffer != null) {
      buffer.close();
    }
  }
}
