package io.versor.format.change;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.chunk.ChunkWriter;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Purpose;
import io.versor.format.chunk.Sequences;
import io.versor.format.chunk.Vector;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.record.Cells;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ChunkPiece;
import io.versor.format.tree.ChunkRef;
import io.versor.format.tree.ChunkTree;
import io.versor.format.tree.ColumnReader;
import io.versor.format.tree.ContentHash;
import io.versor.format.tree.NodeSink;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Takes samples of one state over into records for another log: few of them by value, many by
 * referring to the chunks they are in. Their bytes stay what they are. Used by one thread.
 */
public final class CellCopier {
  /** Samples of one frame up to here are copied into it; beyond, they are referred to. */
  private static final long INLINE_BYTES = 1 << 20;

  private static final int BATCH_ROWS = 2_048;

  private final ChunkCache chunks;
  private final BufferAllocator allocator;
  private final Optional<NodeSink> sink;
  private long inlineBytes;

  /**
   * @param sink takes samples that are in no pack yet; the caller makes it durable
   */
  public CellCopier(ChunkCache chunks, BufferAllocator allocator, NodeSink sink) {
    this(chunks, allocator, Optional.of(sink));
  }

  private CellCopier(ChunkCache chunks, BufferAllocator allocator, Optional<NodeSink> sink) {
    this.chunks = chunks;
    this.allocator = allocator;
    this.sink = sink;
  }

  /** One for records that no log will get: what is in no pack yet stays in memory. */
  public static CellCopier inMemory(ChunkCache chunks, BufferAllocator allocator) {
    return new CellCopier(chunks, allocator, Optional.empty());
  }

  /**
   * The samples of these slots, in this order; quickest where they rise.
   *
   * @param target the type they are to be read with; labels are mapped by name
   */
  public Cells copy(ChunkTree samples, TensorType type, TensorType target, long[] slots)
      throws StoreException {
    boolean mapped = !isPrefix(type.labels(), target.labels());
    boolean referable = !mapped && (sink.isPresent() || inPacks(samples, slots));
    ColumnBuilder builder = new ColumnBuilder(target);
    try (ColumnReader reader = new ColumnReader(samples, type, chunks, allocator)) {
      int[] selection = new int[BATCH_ROWS];
      for (int i = 0; i < slots.length; ) {
        long start = slots[i];
        int n = 0;
        do {
          selection[n++] = (int) (slots[i++] - start);
        } while (i < slots.length && slots[i] > slots[i - 1] && slots[i] < start + BATCH_ROWS);
        Vector window = reader.window(start, selection[n - 1] + 1, selection, n);
        for (int k = 0; k < n; k++) {
          append(builder, window, selection[k], type, target, mapped);
        }
        if (referable && inlineBytes + builder.bytes() > INLINE_BYTES) {
          return new Cells.Packed(slices(samples, type, slots));
        }
      }
    }
    HeapColumn column = builder.column();
    if (column.nullCount() == column.rows()) {
      return new Cells.Nulls(column.rows());
    }
    if (sink.isPresent() && inlineBytes + column.bytes() > INLINE_BYTES) {
      return new Cells.Packed(List.of(stored(column, 0, column.rows())));
    }
    byte[] chunk = ChunkWriter.encode(column, 0, column.rows(), Purpose.LOG);
    inlineBytes += chunk.length;
    return new Cells.Inline(chunk, column.rows());
  }

  /** Whether packs hold all of these samples already. Stops at the first that none holds. */
  private static boolean inPacks(ChunkTree samples, long[] slots) throws StoreException {
    for (int i = 0; i < slots.length; ) {
      int end = i + 1;
      while (end < slots.length && slots[end] == slots[end - 1] + 1) {
        end++;
      }
      for (ChunkPiece piece : samples.pieces(slots[i], slots[end - 1] + 1)) {
        if (!(piece.ref() instanceof ChunkRef.Stored)) {
          return false;
        }
      }
      i = end;
    }
    return true;
  }

  private static boolean isPrefix(List<String> labels, List<String> of) {
    return labels.size() <= of.size() && of.subList(0, labels.size()).equals(labels);
  }

  private static void append(
      ColumnBuilder builder,
      Vector window,
      int row,
      TensorType type,
      TensorType target,
      boolean mapped)
      throws StoreException {
    if (!mapped || window.isNull(row)) {
      builder.append(window, row);
      return;
    }
    if (type.htype() == Htype.SEQUENCE) {
      Sequences.append(
          builder,
          Sequences.elements(type, window, row),
          (labels, i) -> mapped(labels.longAt(i), type, target));
    } else {
      builder.appendLong(mapped(window.longAt(row), type, target));
    }
  }

  private static long mapped(long code, TensorType type, TensorType target) {
    boolean named = code >= 0 && code < type.labels().size();
    return named ? target.labels().indexOf(type.labels().get((int) code)) : code;
  }

  private List<Cells.Slice> slices(ChunkTree samples, TensorType type, long[] slots)
      throws StoreException {
    List<Cells.Slice> slices = new ArrayList<>();
    for (int i = 0; i < slots.length; ) {
      int end = i + 1;
      while (end < slots.length && slots[end] == slots[end - 1] + 1) {
        end++;
      }
      for (ChunkPiece piece : samples.pieces(slots[i], slots[end - 1] + 1)) {
        slices.add(slice(piece, type));
      }
      i = end;
    }
    return slices;
  }

  private Cells.Slice slice(ChunkPiece piece, TensorType type) throws StoreException {
    if (piece.ref() instanceof ChunkRef.Stored stored) {
      return new Cells.Slice(
          stored.address(),
          stored.rows(),
          stored.bytes(),
          piece.firstRow(),
          piece.count(),
          piece.hash(),
          piece.stats());
    }
    if (piece.ref() instanceof ChunkRef.Heap heap) {
      return stored(heap.column(), piece.firstRow(), (int) piece.count());
    }
    ColumnBuilder nulls = new ColumnBuilder(type);
    nulls.appendNulls((int) piece.count());
    return stored(nulls.column(), 0, (int) piece.count());
  }

  private Cells.Slice stored(HeapColumn column, int from, int count) throws StoreException {
    byte[] chunk = ChunkWriter.encode(column, from, count, Purpose.PACK);
    Address address = sink.orElseThrow().store(ObjectKind.CHUNK, chunk);
    return new Cells.Slice(
        address,
        count,
        chunk.length,
        0,
        count,
        ContentHash.of(chunk),
        Optional.of(ChunkStats.of(column, from, count)));
  }
}
