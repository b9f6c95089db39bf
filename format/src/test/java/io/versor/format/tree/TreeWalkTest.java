package io.versor.format.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.versor.format.log.Position;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Walks and look-ups in a tree against the list of its entries. */
class TreeWalkTest {
  @Property(tries = 60)
  void aWalkGoesWhereCountingLeads(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9_000) int n)
      throws StoreException {
    Random random = new Random(seed);
    try (TreeShelf shelf = new TreeShelf()) {
      CountedTree<ChunkEntry> tree = CountedTree.empty(ChunkEntry.KIND, shelf.nodes);
      List<ChunkEntry> entries = new ArrayList<>();
      List<Long> starts = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        ChunkEntry entry = ChunkEntry.of(new ChunkRef.Nulls(), 0, 1 + random.nextInt(5));
        starts.add(tree.slots());
        entries.add(entry);
        tree = tree.append(entry);
      }
      TreeWalk<ChunkEntry> walk = tree.walk();
      int at = 0;
      while (at < n) {
        if (random.nextInt(3) == 0) {
          walk.descendToEntry();
          assertSame(entries.get(at), walk.entry());
          walk.skip();
          at++;
        } else {
          int next = at + random.nextInt(random.nextBoolean() ? 3 : n);
          long slot =
              next < n
                  ? starts.get(next) + random.nextInt((int) entries.get(next).count())
                  : tree.slots();
          walk.seek(slot);
          at = Math.min(next, n);
          if (at < n) {
            assertSame(entries.get(at), walk.entry());
            assertSame(entries.get(at), tree.at(slot).entry());
            assertEquals(starts.get(at), tree.at(slot).start());
          }
        }
        assertEquals(at < n ? starts.get(at) : tree.slots(), walk.start());
      }
      assertFalse(walk.isPresent());
    }
  }

  @Property(tries = 40)
  void theNthLiveRowIsFound(@ForAll long seed, @ForAll @IntRange(min = 1, max = 600) int n)
      throws StoreException {
    Random random = new Random(seed);
    try (TreeShelf shelf = new TreeShelf()) {
      RowTree rows = RowTree.empty(shelf.nodes);
      for (int i = 0; i < n; i++) {
        rows = rows.append(1_000L * i, 4, new Position(1, i + 1));
      }
      long[] deleted = random.longs(n, 0, rows.slots()).sorted().distinct().toArray();
      rows = rows.delete(deleted);
      long index = 0;
      int next = 0;
      for (long slot = 0; slot < rows.slots(); slot++) {
        boolean gone = next < deleted.length && deleted[next] == slot;
        assertEquals(index, rows.indexOfSlot(slot));
        if (gone) {
          next++;
        } else {
          assertEquals(slot, rows.slotOfIndex(index++));
        }
      }
      assertEquals(index, rows.rowCount());
    }
  }
}
