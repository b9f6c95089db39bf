package io.versor.format.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.log.Position;
import io.versor.format.pack.ObjectKind;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Rows of a tree against a list of rows. */
class RowTreeTest {
  private static final class Row {
    private final long id;
    private Position birth;
    private boolean deleted;

    Row(long id, Position birth) {
      this.id = id;
      this.birth = birth;
    }
  }

  @Property(tries = 60)
  void aTreeOfRowsIsAListOfRows(@ForAll long seed) throws StoreException {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    try (TreeShelf shelf = new TreeShelf()) {
      RowTree tree = RowTree.empty(shelf.nodes);
      long high = 1L << 40;
      long low = 1L << 32;
      int steps = 1 + random.nextInt(400);
      for (int frame = 1; frame <= steps; frame++) {
        int what = random.nextInt(20);
        if (what < 14 || rows.isEmpty()) {
          Position birth = new Position(1 + random.nextInt(3), frame);
          int count = random.nextInt(8) == 0 ? 200 : 1 + random.nextInt(3);
          boolean merged = random.nextInt(4) == 0;
          long first = merged ? low : high;
          low += merged ? count : 0;
          high += merged ? 0 : count;
          tree = tree.append(first, count, birth);
          for (int i = 0; i < count; i++) {
            rows.add(new Row(first + i, birth));
          }
        } else if (what < 19) {
          boolean delete = what < 17;
          long[] slots = random.longs(20, 0, rows.size()).sorted().distinct().toArray();
          Position again = new Position(9, frame);
          tree = delete ? tree.delete(slots) : tree.undelete(slots, again);
          for (long slot : slots) {
            rows.get((int) slot).deleted = delete;
            if (!delete) {
              rows.get((int) slot).birth = again; // it came back, and history is to tell when
            }
          }
        } else {
          tree = shelf.reload(tree);
        }
      }
      assertRows(rows, tree);
      assertRows(rows, shelf.reload(tree));
    }
  }

  private static void assertRows(List<Row> rows, RowTree tree) throws StoreException {
    assertEquals(rows.size(), tree.slots());
    long live = 0;
    for (int slot = 0; slot < rows.size(); slot++) {
      Row row = rows.get(slot);
      assertEquals(row.id, tree.rowIdAt(slot));
      assertEquals(row.birth, tree.birthAt(slot));
      assertEquals(!row.deleted, tree.isLive(slot));
      assertEquals(OptionalLong.of(slot), tree.findSlot(row.id));
      assertEquals(
          row.deleted ? OptionalLong.empty() : OptionalLong.of(slot), tree.findLiveSlot(row.id));
      assertEquals(live, tree.indexOfSlot(slot));
      if (!row.deleted) {
        assertEquals(slot, tree.slotOfIndex(live));
        live++;
      }
    }
    assertEquals(live, tree.rowCount());
    assertEquals(OptionalLong.empty(), tree.findSlot(7));
  }

  @Example
  void anEditOfManyRunsWritesOnePathOfNodes() throws StoreException {
    try (TreeShelf shelf = new TreeShelf()) {
      RowTree tree = RowTree.empty(shelf.nodes);
      int runs = 100_000;
      for (int i = 0; i < runs; i++) {
        // births on two branches in turn: no run goes on with the one before it
        tree = tree.append(1_000 + i, 1, new Position(1 + i % 2, 1 + i / 2));
      }
      tree = shelf.reload(tree);
      assertTrue(shelf.puts(ObjectKind.NODE) >= runs / Node.MAX_WIDTH);

      RowTree edited = shelf.reload(tree.delete(new long[] {54_321}));
      // 64 * 64 < 100,000 <= 64 * 64 * 64: three nodes from the root to a run
      assertEquals(3, shelf.puts(ObjectKind.NODE));
      assertEquals(runs - 1, edited.rowCount());
      assertEquals(runs, tree.rowCount());

      shelf.reload(edited);
      assertEquals(0, shelf.puts.size());
    }
  }

  @Example
  void aRowIdGivenTwiceIsRefused() throws StoreException {
    try (TreeShelf shelf = new TreeShelf()) {
      RowTree tree = RowTree.empty(shelf.nodes).append(10, 5, new Position(1, 1));
      StoreException refused =
          assertThrows(StoreException.class, () -> tree.append(12, 1, new Position(1, 2)));
      assertEquals(StoreException.Code.CORRUPT, refused.code());
    }
  }
}
