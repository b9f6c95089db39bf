package io.versor.format.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.pack.Address;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the cache keeps is taken from the memory limit. */
class ChunkCacheTest {
  private static final TensorType VECTORS = TensorType.embedding(16);

  @Test
  void readersGiveWayToStatements() throws Exception {
    try (TreeShelf shelf = new TreeShelf()) {
      List<Address> chunks = chunks(shelf, 3);
      long limit = shelf.memory.limit();
      for (Address chunk : chunks) {
        assertTrue(shelf.chunks.findSamples(chunk, VECTORS).isPresent());
      }
      assertTrue(shelf.chunks.memoryBytes() > 0);
      shelf.memory.reserve(limit, 0);
      assertEquals(0, shelf.chunks.memoryBytes());
      assertTrue(shelf.chunks.findSamples(chunks.get(0), VECTORS).isPresent());
      assertEquals(0, shelf.chunks.memoryBytes());
      shelf.memory.release(limit, 0);
    }
  }

  private static List<Address> chunks(TreeShelf shelf, int count) throws Exception {
    List<Address> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ColumnBuilder builder = new ColumnBuilder(VECTORS);
      builder.appendFixed(new byte[VECTORS.width()], 0);
      ChunkTree stored =
          shelf.reload(ChunkTree.empty(shelf.nodes).append(builder.column()), VECTORS);
      stored.forEachRun(
          (first, slots, ref, overwritten) -> found.add(((ChunkRef.Stored) ref).address()));
    }
    return found;
  }
}
