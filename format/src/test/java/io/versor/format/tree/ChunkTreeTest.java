package io.versor.format.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.log.Position;
import io.versor.format.pack.ObjectKind;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Samples of a tree against a list of samples. */
class ChunkTreeTest {
  private static final TensorType LONGS = TensorType.scalar(Dtype.INT64);

  private static HeapColumn column(TensorType type, List<Optional<Long>> cells)
      throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(type);
    for (Optional<Long> cell : cells) {
      if (cell.isEmpty()) {
        builder.appendNull();
      } else if (type.equals(LONGS)) {
        builder.appendLong(cell.get());
      } else {
        builder.appendText("v" + cell.get());
      }
    }
    return builder.column();
  }

  private static List<Optional<Long>> cells(int count, Random random) {
    List<Optional<Long>> cells = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cells.add(
          random.nextInt(9) == 0 ? Optional.empty() : Optional.of((long) random.nextInt(1_000)));
    }
    return cells;
  }

  @Property(tries = 80)
  void aTreeOfSamplesIsAListOfSamples(@ForAll long seed, @ForAll boolean text)
      throws StoreException {
    Random random = new Random(seed);
    TensorType type = text ? TensorType.text() : LONGS;
    List<Optional<Long>> model = new ArrayList<>();
    List<Optional<Position>> writes = new ArrayList<>();
    try (TreeShelf shelf = new TreeShelf()) {
      ChunkTree tree = ChunkTree.empty(shelf.nodes);
      int steps = 1 + random.nextInt(60);
      for (int frame = 1; frame <= steps; frame++) {
        int what = random.nextInt(22);
        if (what < 7 || model.isEmpty()) {
          List<Optional<Long>> added = cells(1 + random.nextInt(600), random);
          tree = tree.append(column(type, added));
          model.addAll(added);
        } else if (what < 9) {
          int nulls = 1 + random.nextInt(400);
          tree = tree.appendNulls(nulls);
          for (int i = 0; i < nulls; i++) {
            model.add(Optional.empty());
          }
        } else if (what < 15) {
          long[] slots = slots(model.size(), random);
          List<Optional<Long>> values = cells(slots.length + 3, random);
          ChunkRef ref = new ChunkRef.Heap(column(type, values));
          tree = tree.patch(slots, ref, 3, new Position(1, frame));
          for (int i = 0; i < slots.length; i++) {
            model.set((int) slots[i], values.get(3 + i));
            writes.set((int) slots[i], Optional.of(new Position(1, frame)));
          }
        } else if (what < 16) {
          int from = random.nextInt(model.size());
          int to = from + random.nextInt(model.size() - from + 1);
          tree = tree.slice(from, to);
          model = new ArrayList<>(model.subList(from, to));
          writes = new ArrayList<>(writes.subList(from, to));
        } else if (what < 20) {
          tree = shelf.reload(tree, type);
        } else {
          tree = shelf.fold(tree, type);
        }
        while (writes.size() < model.size()) {
          writes.add(Optional.empty());
        }
        assertEquals(model.size(), tree.slots());
      }
      for (int slot = 0; slot < writes.size(); slot++) {
        assertEquals(writes.get(slot), tree.writtenAt(slot), "who wrote slot " + slot);
      }
      assertWindows(model, tree, type, shelf, random);
      assertExact(model, tree, type);
      ChunkTree reloaded = shelf.reload(tree, type);
      assertWindows(model, reloaded, type, shelf, random);
      assertExact(model, reloaded, type);
    }
  }

  /** What statistics tell exactly is so. */
  private static void assertExact(List<Optional<Long>> model, ChunkTree tree, TensorType type)
      throws StoreException {
    Optional<ChunkStats> exact = tree.exactStats();
    if (exact.isPresent()) {
      assertEquals(model.stream().filter(Optional::isEmpty).count(), exact.get().nulls());
    }
    if (exact.isPresent() && type.equals(LONGS)) {
      LongSummaryStatistics values =
          model.stream().flatMap(Optional::stream).mapToLong(Long::longValue).summaryStatistics();
      if (values.getCount() > 0) {
        assertEquals(values.getMin(), exact.get().minLong().orElseThrow());
        assertEquals(values.getMax(), exact.get().maxLong().orElseThrow());
      }
    }
  }

  /** A slice has the statistics of its chunk, which bound its samples but are not theirs. */
  @Example
  void statisticsOfASliceAreNotExact() throws StoreException {
    List<Optional<Long>> cells = new ArrayList<>(cells(1_000, new Random(5)));
    cells.set(999, Optional.empty());
    try (TreeShelf shelf = new TreeShelf()) {
      ChunkTree whole =
          shelf.reload(ChunkTree.empty(shelf.nodes).append(column(LONGS, cells)), LONGS);
      assertTrue(whole.exactStats().isPresent());
      assertExact(cells, whole, LONGS);
      ChunkTree grown = whole.append(column(LONGS, List.of(Optional.of(Long.MIN_VALUE))));
      assertTrue(grown.stats().isEmpty());
      assertEquals(1_001, grown.exactStats().orElseThrow().rows());
      assertEquals(Long.MIN_VALUE, grown.exactStats().get().minLong().orElseThrow());
      ChunkTree slice = shelf.reload(whole.slice(0, 999), LONGS);
      assertEquals(whole.stats(), slice.stats());
      assertTrue(slice.exactStats().isEmpty());
      ChunkTree twice = shelf.reload(whole.slice(0, 500).append(column(LONGS, cells)), LONGS);
      assertTrue(twice.stats().isPresent());
      assertTrue(twice.exactStats().isEmpty());
    }
  }

  @Property(tries = 40)
  void aFoldedTreeLiesInFewChunksAndNothingIsWrittenOverThem(@ForAll long seed)
      throws StoreException {
    Random random = new Random(seed);
    try (TreeShelf shelf = new TreeShelf()) {
      ChunkTree tree = ChunkTree.empty(shelf.nodes);
      for (int frame = 1; frame <= 40; frame++) {
        tree = shelf.reload(tree.append(column(LONGS, cells(500, random))), LONGS);
        long[] slots = slots((int) tree.slots(), random);
        ChunkRef values = new ChunkRef.Heap(column(LONGS, cells(slots.length, random)));
        tree = tree.patch(slots, values, 0, new Position(1, frame));
      }
      ChunkTree folded = shelf.reload(shelf.fold(tree, LONGS), LONGS);
      assertEquals(1, folded.chunks());
      assertTrue(folded.stats().isPresent(), "statistics hold again");
      assertTrue(shelf.fold(folded, LONGS).same(folded), "there is nothing left to fold");
      assertEquals(20_000, folded.slots());
    }
  }

  /** Some slots, rising: scattered ones, a run of them, or both. */
  private static long[] slots(int size, Random random) {
    List<Long> slots = new ArrayList<>();
    int from = random.nextInt(size);
    int run = random.nextBoolean() ? random.nextInt(Math.min(700, size - from + 1)) : 0;
    for (long slot : random.longs(1 + random.nextInt(30), 0, size).toArray()) {
      slots.add(slot);
    }
    for (int i = 0; i < Math.min(run, size - from); i++) {
      slots.add((long) from + i);
    }
    return slots.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
  }

  private static void assertWindows(
      List<Optional<Long>> model, ChunkTree tree, TensorType type, TreeShelf shelf, Random random)
      throws StoreException {
    if (model.isEmpty()) {
      return;
    }
    try (ColumnReader reader = new ColumnReader(tree, type, shelf.chunks, shelf.allocator)) {
      for (int from = 0; from < model.size(); from += 256) {
        int count = Math.min(256, model.size() - from);
        Vector window = reader.window(from, count);
        for (int i = 0; i < count; i++) {
          assertEquals(model.get(from + i), cell(window, i), "slot " + (from + i));
        }
      }
      for (int n = 0; n < 20; n++) {
        int from = random.nextInt(model.size());
        int count = 1 + random.nextInt(Math.min(2_048, model.size() - from));
        int[] rows = random.ints(1 + n, 0, count).sorted().distinct().toArray();
        Vector window = reader.window(from, count, rows, rows.length);
        for (int row : rows) {
          assertEquals(model.get(from + row), cell(window, row), "slot " + (from + row));
        }
      }
    }
  }

  private static Optional<Long> cell(Vector window, int row) {
    if (window.isNull(row)) {
      return Optional.empty();
    }
    return window.type().equals(LONGS)
        ? Optional.of(window.longAt(row))
        : Optional.of(Long.valueOf(window.textAt(row).substring(1)));
  }

  @Example
  void commitsOfOneRowLeaveFewChunks() throws StoreException {
    try (TreeShelf shelf = new TreeShelf()) {
      ChunkTree tree = ChunkTree.empty(shelf.nodes);
      List<Optional<Long>> model = new ArrayList<>();
      for (long i = 0; i < 1_000; i++) {
        tree = shelf.reload(tree.append(column(LONGS, List.of(Optional.of(i)))), LONGS);
        model.add(Optional.of(i));
      }
      assertTrue(tree.chunks() <= 20, tree.chunks() + " chunks");
      assertWindows(model, tree, LONGS, shelf, new Random(1));
    }
  }

  @Example
  void oneCellWritesOneChunkAndOnePath() throws StoreException {
    try (TreeShelf shelf = new TreeShelf()) {
      ChunkTree tree = ChunkTree.empty(shelf.nodes);
      HeapColumn full = column(LONGS, cells(ChunkSizes.MAX_ROWS, new Random(3)));
      for (int i = 0; i < 200; i++) {
        tree = tree.append(full);
      }
      tree = shelf.reload(tree, LONGS);
      assertTrue(shelf.puts(ObjectKind.CHUNK) >= 200);
      ChunkRef one = new ChunkRef.Heap(column(LONGS, List.of(Optional.of(-5L))));
      ChunkTree edited =
          shelf.reload(tree.patch(new long[] {5_000_000}, one, 0, new Position(1, 9)), LONGS);
      assertEquals(1, shelf.puts(ObjectKind.CHUNK));
      assertEquals(2, shelf.puts(ObjectKind.NODE));
      assertEquals(3, shelf.puts.size());
      assertFalse(edited.same(tree));
      try (ColumnReader reader = new ColumnReader(edited, LONGS, shelf.chunks, shelf.allocator)) {
        assertEquals(-5, reader.window(5_000_000, 1).longAt(0));
      }
    }
  }

  /** Memory for a few of them, whatever the number. */
  @Example
  void aScanKeepsFewChunksOpen() throws StoreException {
    ColumnBuilder texts = new ColumnBuilder(TensorType.text());
    for (int i = 0; i < ChunkSizes.MAX_ROWS; i++) {
      texts.appendText(
          "a text that is found again and again, so that it is compressed, number " + i);
    }
    HeapColumn full = texts.column();
    try (TreeShelf shelf = new TreeShelf()) {
      ChunkTree tree = ChunkTree.empty(shelf.nodes);
      for (int i = 0; i < 24; i++) {
        tree = tree.append(full);
      }
      tree = shelf.reload(tree, TensorType.text());
      assertEquals(24, tree.chunks());
      try (ColumnReader reader =
          new ColumnReader(tree, TensorType.text(), shelf.chunks, shelf.allocator)) {
        for (long from = 0; from < tree.slots(); from += 4_096) {
          assertEquals(4_096, reader.window(from, 4_096).length());
        }
      }
      long most = shelf.allocator.getPeakMemoryAllocation();
      assertTrue(most > full.bytes() && most < 40 << 20, most + " bytes");
    }
  }

  /** A flipped bit of a node is refused, or read as another node; never anything else. */
  @Example
  void damagedNodesAreRefusedOrRead() throws StoreException {
    Random random = new Random(11);
    try (TreeShelf shelf = new TreeShelf()) {
      ChunkTree tree = ChunkTree.empty(shelf.nodes);
      for (int i = 0; i < 6; i++) {
        tree = tree.append(column(LONGS, cells(9_000, random)));
      }
      long[] slots = {3, 4, 700, 9_500, 20_000};
      ChunkRef values = new ChunkRef.Heap(column(LONGS, cells(5, random)));
      shelf.reload(tree.patch(slots, values, 0, new Position(2, 3)), LONGS);
      int nodes = 0;
      for (TreeShelf.Put put : shelf.puts) {
        if (put.kind() == ObjectKind.NODE) {
          nodes++;
          flip(put.bytes(), ChunkEntry.KIND);
        }
      }
      assertEquals(1, nodes);
    }
  }

  @Example
  void damagedNodesOfRowsAreRefusedOrRead() throws StoreException {
    try (TreeShelf shelf = new TreeShelf()) {
      RowTree rows = RowTree.empty(shelf.nodes);
      for (int i = 0; i < 12; i++) {
        rows = rows.append(100 + 10 * i, 5, new Position(1 + i % 2, i + 1));
      }
      shelf.reload(rows.delete(new long[] {1, 2, 30}));
      assertEquals(2, shelf.puts.size());
      flip(shelf.puts.get(0).bytes(), RowRun.KIND);
      flip(shelf.puts.get(1).bytes(), SlotRun.KIND);
    }
  }

  private static <E> void flip(byte[] good, EntryKind<E> kind) {
    int refused = 0;
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] flipped = good.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        NodeInput input = new NodeInput(flipped, "node");
        assertTrue(NodeCodec.read(kind, input).width() <= Node.MAX_WIDTH);
      } catch (StoreException e) {
        refused++;
        boolean expected =
            e.code() == StoreException.Code.CORRUPT
                || e.code() == StoreException.Code.VERSION_TOO_NEW;
        assertTrue(expected, "bit " + bit + ": " + e.getMessage());
      } catch (RuntimeException e) {
        throw new AssertionError("bit " + bit + " of " + kind.display() + " node", e);
      }
    }
    assertTrue(refused > 0);
  }

  /** Samples that take a thousandth of their bytes in a pack fill chunks all the same. */
  @Example
  void chunksThatAreFullAreNotTakenUpAgain() throws StoreException {
    TensorType type = TensorType.text();
    ColumnBuilder builder = new ColumnBuilder(type);
    for (int i = 0; i < 3; i++) {
      builder.appendText("x".repeat(400_000));
    }
    HeapColumn added = builder.column();
    long most = 0;
    try (TreeShelf shelf = new TreeShelf()) {
      ChunkTree tree = ChunkTree.empty(shelf.nodes);
      for (int checkpoint = 0; checkpoint < 40; checkpoint++) {
        tree = shelf.reload(tree.append(added), type);
        most = Math.max(most, shelf.puts(ObjectKind.CHUNK));
      }
      assertEquals(120, tree.slots());
      assertTrue(most <= 2, most + " chunks written by one checkpoint");
    }
  }
}
