package io.versor.format.change;

import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Sequences;
import io.versor.format.chunk.Vector;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ChunkTree;
import io.versor.format.tree.ColumnReader;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    boolean byName = !samePrefix(olderType.labels(), newerType.labels());
    Roaring64Bitmap candidates = new Roaring64Bitmap();
    Roaring64Bitmap different = new Roaring64Bitmap();
    for (RowAlignment.Range range : rows.shared()) {
      candidates.clear();
      ChunkTree.markDifferent(
          older, range.from(), newer, range.to(), range.count(), !byName, candidates::addLong);
      if (candidates.isEmpty()) {
        continue;
      }
      if (!olderType.sameBytes(newerType)) {
        different.or(candidates);
        continue;
      }
      try (ColumnReader before = new ColumnReader(older, olderType, chunks, allocator);
          ColumnReader after = new ColumnReader(newer, newerType, chunks, allocator)) {
        Comparison same =
            byName
                ? (old, oldRow, now, nowRow) ->
                    sameLabel(old, oldRow, olderType, now, nowRow, newerType)
                : Vector::sameSample;
        compare(before, after, range, candidates, same, different);
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
    return samePrefix(aType.labels(), bType.labels())
        ? a.sameSample(0, b, 0)
        : sameLabel(a, 0, aType, b, 0, bType);
  }

  /** Of two samples, whether they are the same. */
  @FunctionalInterface
  private interface Comparison {
    boolean of(Vector a, int aRow, Vector b, int bRow) throws StoreException;
  }

  /** Whether a code that both know stands for the same label. */
  private static boolean samePrefix(List<String> a, List<String> b) {
    int common = Math.min(a.size(), b.size());
    return a.subList(0, common).equals(b.subList(0, common));
  }

  private static boolean sameLabel(
      Vector a, int aRow, TensorType aType, Vector b, int bRow, TensorType bType)
      throws StoreException {
    if (a.isNull(aRow) || b.isNull(bRow)) {
      return a.isNull(aRow) && b.isNull(bRow);
    }
    return aType.htype() == Htype.SEQUENCE
        ? labels(a, aRow, aType).equals(labels(b, bRow, bType))
        : aType.label(a.longAt(aRow)).equals(bType.label(b.longAt(bRow)));
  }

  /** Of a sequence; empty for an element that is NULL. */
  private static List<Optional<String>> labels(Vector samples, int row, TensorType type)
      throws StoreException {
    HeapColumn codes = Sequences.elements(type, samples, row);
    List<Optional<String>> labels = new ArrayList<>(codes.rows());
    for (int i = 0; i < codes.rows(); i++) {
      labels.add(codes.isNull(i) ? Optional.empty() : Optional.of(type.label(codes.longAt(i))));
    }
    return labels;
  }

  /** Of the candidates, which are offsets into the range, keeps those whose bytes differ. */
  private static void compare(
      ColumnReader before,
      ColumnReader after,
      RowAlignment.Range range,
      Roaring64Bitmap candidates,
      Comparison same,
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
        if (!same.of(old, selection[i], now, selection[i])) {
          different.addLong(range.to() + start + selection[i]);
        }
      }
    }
  }
}
