package io.versor.format.tree;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.io.BinaryReader;
import io.versor.format.io.BinaryWriter;
import io.versor.format.log.Position;
import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive slots of a tensor: a slice of an object, and the cells written over it since.
 *
 * @param firstRow first row of the object in the slice
 * @param count slots
 * @param hash first 16 bytes of the SHA-256 of the chunk's stored bytes; empty where unknown
 * @param chunkStats statistics of the object's samples, without the overlay's
 * @param written the frame that wrote the whole slice over older samples; empty = written when the
 *     rows were born
 * @param overlay cells written since, keyed by row of the object
 * @param writes who wrote cells that the object itself holds, where that was neither {@code
 *     written} nor the birth of the row: what folding leaves of an overlay. Its sources are the
 *     object
 */
final class ChunkEntry {
  static final EntryKind<ChunkEntry> KIND = new Kind();

  /** 128 bit. */
  static final int HASH_BYTES = 16;

  private final ChunkRef ref;
  private final int firstRow;
  private final long count;
  private final byte[] hash;
  private final Optional<ChunkStats> chunkStats;
  private final Optional<Position> written;
  private final @Nullable OverlayRef overlay;
  private final @Nullable OverlayRef writes;

  ChunkEntry(
      ChunkRef ref,
      int firstRow,
      long count,
      byte[] hash,
      Optional<ChunkStats> chunkStats,
      Optional<Position> written,
      @Nullable OverlayRef overlay,
      @Nullable OverlayRef writes) {
    if (count < 1) {
      throw new IllegalArgumentException("a chunk entry of " + count + " slots");
    }
    this.ref = ref;
    this.firstRow = firstRow;
    this.count = count;
    this.hash = hash;
    this.chunkStats = chunkStats;
    this.written = written;
    this.overlay = overlay;
    this.writes = writes;
  }

  static ChunkEntry of(ChunkRef ref, int firstRow, long count) {
    return new ChunkEntry(
        ref, firstRow, count, new byte[0], Optional.empty(), Optional.empty(), null, null);
  }

  ChunkRef ref() {
    return ref;
  }

  int firstRow() {
    return firstRow;
  }

  long count() {
    return count;
  }

  byte[] hash() {
    return hash;
  }

  Optional<ChunkStats> chunkStats() {
    return chunkStats;
  }

  Optional<Position> written() {
    return written;
  }

  @Nullable OverlayRef overlay() {
    return overlay;
  }

  @Nullable OverlayRef writes() {
    return writes;
  }

  /** The frame that wrote the sample of a row of the object; empty = the row's birth. */
  Optional<Position> writtenAt(long row, NodeSource source) throws StoreException {
    for (OverlayRef cells : new OverlayRef[] {overlay, writes}) {
      Overlay loaded = cells == null ? null : cells.load(source);
      int cell = loaded == null ? 0 : loaded.firstAtOrAfter(Math.toIntExact(row));
      if (loaded != null && cell < loaded.size() && loaded.row(cell) == row) {
        return Optional.of(loaded.source(cell).written());
      }
    }
    return written;
  }

  /** Statistics that hold for every cell: unknown as soon as cells were written over. */
  Optional<ChunkStats> stats() {
    return overlay == null ? chunkStats : Optional.empty();
  }

  /** Whether packs hold all of it, or will hold it as it stands. */
  boolean isStored() {
    return isStored(overlay) && !(ref instanceof ChunkRef.Heap);
  }

  private static boolean isStored(@Nullable OverlayRef cells) {
    return cells == null || cells.address().isPresent() || cells.inMemory().isStored();
  }

  /** Whether it is one chunk from end to end, never written over. */
  boolean isWholeChunk() {
    return ref instanceof ChunkRef.Stored stored
        && firstRow == 0
        && count == stored.rows()
        && written.isEmpty()
        && overlay == null
        && writes == null;
  }

  /** Whether it is samples in memory that were appended and never written over. */
  boolean isFreshTail() {
    return ref instanceof ChunkRef.Heap && written.isEmpty() && overlay == null;
  }

  ChunkEntry withOverlay(@Nullable OverlayRef newer) {
    return new ChunkEntry(ref, firstRow, count, hash, chunkStats, written, newer, writes);
  }

  ChunkEntry withWritten(Position position) {
    return new ChunkEntry(
        ref, firstRow, count, hash, chunkStats, Optional.of(position), overlay, writes);
  }

  /** Slots {@code from .. to} of this entry. */
  ChunkEntry slice(long from, long to, NodeSource source) throws StoreException {
    if (from == 0 && to == count) {
      return this;
    }
    int first = ref instanceof ChunkRef.Nulls && overlay == null ? 0 : (int) (firstRow + from);
    return new ChunkEntry(
        ref,
        first,
        to - from,
        hash,
        chunkStats,
        written,
        within(overlay, firstRow + from, firstRow + to, source),
        within(writes, firstRow + from, firstRow + to, source));
  }

  private static @Nullable OverlayRef within(
      @Nullable OverlayRef cells, long from, long to, NodeSource source) throws StoreException {
    return cells == null
        ? null
        : cells.load(source).within(from, to).map(OverlayRef::inMemory).orElse(null);
  }

  private static final class Kind implements EntryKind<ChunkEntry> {
    @Override
    public String display() {
      return "chunk entry";
    }

    @Override
    public int code() {
      return 3;
    }

    @Override
    public long slots(ChunkEntry entry) {
      return entry.count;
    }

    @Override
    public long weight(ChunkEntry entry) {
      return entry.ref.bytes();
    }

    @Override
    public long key(ChunkEntry entry) {
      return 0;
    }

    @Override
    public Optional<ChunkStats> stats(ChunkEntry entry) {
      return entry.stats();
    }

    private static final int HAS_HASH = 1;
    private static final int HAS_STATS = 2;
    private static final int HAS_WRITTEN = 4;
    private static final int HAS_OVERLAY = 8;
    private static final int OVERLAY_APART = 16;
    private static final int HAS_WRITES = 32;
    private static final int WRITES_APART = 64;
    private static final int KNOWN = 127;

    @Override
    public void write(ChunkEntry entry, NodeOutput output) {
      BinaryWriter body = output.body();
      body.u8(
          (entry.hash.length > 0 ? HAS_HASH : 0)
              | (entry.chunkStats.isPresent() ? HAS_STATS : 0)
              | (entry.written.isPresent() ? HAS_WRITTEN : 0)
              | flags(entry.overlay, HAS_OVERLAY, OVERLAY_APART)
              | flags(entry.writes, HAS_WRITES, WRITES_APART));
      ChunkRef.write(entry.ref, output);
      body.varint(entry.firstRow).varint(entry.count).raw(entry.hash);
      entry.chunkStats.ifPresent(stats -> body.bytes(stats.toBytes()));
      entry.written.ifPresent(position -> PositionCodec.write(position, body));
      write(entry.overlay, output);
      write(entry.writes, output);
    }

    private static int flags(@Nullable OverlayRef cells, int present, int apart) {
      return cells == null ? 0 : cells.address().isPresent() ? present | apart : present;
    }

    private static void write(@Nullable OverlayRef cells, NodeOutput output) {
      if (cells != null && cells.address().isPresent()) {
        output.address(cells.address().get());
      } else if (cells != null) {
        cells.inMemory().write(output);
      }
    }

    @Override
    public ChunkEntry read(NodeInput input) throws StoreException {
      BinaryReader body = input.body();
      int flags = body.u8();
      if ((flags & ~KNOWN) != 0) {
        throw body.corrupt("unknown flags " + flags + " of a chunk entry");
      }
      ChunkRef ref = ChunkRef.read(input);
      int firstRow = body.count("first row of a slice", Integer.MAX_VALUE);
      long count = body.varint();
      boolean fits =
          count > 0
              && (!(ref instanceof ChunkRef.Stored stored) || firstRow + count <= stored.rows());
      if (!fits) {
        throw body.corrupt("a slice of " + count + " rows from row " + firstRow + " of " + ref);
      }
      byte[] hash = (flags & HAS_HASH) != 0 ? body.raw(HASH_BYTES) : new byte[0];
      Optional<ChunkStats> stats = Optional.empty();
      if ((flags & HAS_STATS) != 0) {
        stats = Optional.of(ChunkStats.fromBytes(body.bytes(), body.display()));
      }
      Optional<Position> written = Optional.empty();
      if ((flags & HAS_WRITTEN) != 0) {
        written = Optional.of(PositionCodec.read(body));
      }
      OverlayRef overlay = read((flags & HAS_OVERLAY) != 0, (flags & OVERLAY_APART) != 0, input);
      OverlayRef writes = read((flags & HAS_WRITES) != 0, (flags & WRITES_APART) != 0, input);
      return new ChunkEntry(ref, firstRow, count, hash, stats, written, overlay, writes);
    }

    private static @Nullable OverlayRef read(boolean present, boolean apart, NodeInput input)
        throws StoreException {
      if (apart) {
        return OverlayRef.stored(input.address());
      }
      return present ? OverlayRef.inMemory(Overlay.read(input)) : null;
    }
  }

  @Override
  public String toString() {
    return "slots " + count + " of " + ref + " from row " + firstRow + " " + Arrays.toString(hash);
  }
}
