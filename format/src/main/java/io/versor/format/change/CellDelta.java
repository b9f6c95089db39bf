package io.versor.format.change;

import io.versor.format.chunk.Vector;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ChunkTree;
import io.versor.format.tree.ColumnReader;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import org.apache.arrow.memory.BufferAllocator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Which cells of one tensor differ between two states. */
public final class CellDelta {
  private static final int BATCH_ROWS = 2_048;

  private CellDelta() {}

  /** Slots of the newer state, among the rows both have. */
  static Roaring64Bitmap of(
      ChunkTree older,
      TensorType olderType,
      ChunkTree newer,
      TensorType newerType,
      RowAlignment rows,
      ChunkCache chunks,
      BufferAllocator allocator)
      throws StoreException {
    Roaring64Bitmap candidates = new Roaring64Bitmap();
    Roaring64Bitmap different = new Roaring64Bitmap();
    for (RowAlignment.Range range : rows.shared()) {
      candidates.clear();
      ChunkTree.markDifferent(
          older, range.from(), newer, range.to(), range.count(), candidates::addLong);
      if (candidates.isEmpty()) {
        continue;
      }
      if (!olderType.sameBytes(newerType)) {
        different.or(candidates);
        continue;
      }
      try (ColumnReader before = new ColumnReader(older, olderType, chunks, allocator);
          ColumnReader after = new ColumnReader(newer, newerType, chunks, allocator)) {
        compare(before, after, range, candidates, different);
      }
    }
    return different;
  }

  /** Whether the first samples of two windows are the same; labels are compared by name. */
  public static boolean same(Vector a, TensorType aType, Vector b, TensorType bType)
      throws StoreException {
    if (!aType.sameBytes(bType)) {
      return a.isNull(0) && b.isNull(0);
    }
    if (a.isNull(0) || b.isNull(0) || aType.labels().equals(bType.labels())) {
      return a.sameSample(0, b, 0);
    }
    return label(a, aType).equals(label(b, bType));
  }

  private static String label(Vector codes, TensorType type) {
    int code = (int) codes.longAt(0);
    return code >= 0 && code < type.labels().size() ? type.labels().get(code) : "#" + code;
  }

  /** Of the candidates, which are offsets into the range, keeps those whose bytes differ. */
  private static void compare(
      ColumnReader before,
      ColumnReader after,
      RowAlignment.Range range,
      Roaring64Bitmap candidates,
      Roaring64Bitmap different)
      throws StoreException {
    int[] selection = new int[BATCH_ROWS];
    var each = candidates.getLongIterator();
    long next = each.hasNext() ? each.next() : -1;
    while (next >= 0) {
      long start = next;
      int n = 0;
      while (next >= 0 && next < start + BATCH_ROWS) {
        selection[n++] = (int) (next - start);
        next = each.hasNext() ? each.next() : -1;
      }
      int length = selection[n - 1] + 1;
      Vector old = before.window(range.from() + start, length, selection, n);
      Vector now = after.window(range.to() + start, length, selection, n);
      for (int i = 0; i < n; i++) {
        if (!old.sameSample(selection[i], now, selection[i])) {
          different.addLong(range.to() + start + selection[i]);
        }
      }
    }
  }
}
