package io.versor.format.table;

import static io.versor.format.io.StoreErrors.expect;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.ChunkWriter;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Purpose;
import io.versor.format.io.Background;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.pack.Packs;
import io.versor.format.record.Cells;
import io.versor.format.tree.ContentHash;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Chunks become the same objects in the same order, whoever encodes them. */
class ChunkQueueTest {
  private static final UUID STORE = new UUID(1, 2);
  private static final int CHUNKS = 40;

  /** Chunks of very different sizes, so that later ones are encoded sooner. */
  private static List<HeapColumn> columns() throws Exception {
    Random random = new Random(7);
    List<HeapColumn> columns = new ArrayList<>();
    for (int i = 0; i < CHUNKS; i++) {
      ColumnBuilder texts = new ColumnBuilder(TensorType.text());
      int rows = i % 3 == 0 ? 20_000 : 1 + random.nextInt(20);
      for (int row = 0; row < rows; row++) {
        texts.appendText("row " + random.nextInt(1_000_000) + " of chunk " + i);
      }
      columns.add(texts.column());
    }
    return columns;
  }

  private MemoryBudget memory = MemoryBudget.of(1L << 30);

  @AfterEach
  void nothingIsHeld() {
    assertEquals(0, memory.reserved());
  }

  @Test
  void samplesThatWaitAreTakenFromTheMemoryOfStatements() throws Exception {
    ColumnBuilder texts = new ColumnBuilder(TensorType.text());
    texts.appendText("x".repeat(100_000));
    HeapColumn column = texts.column();
    memory = MemoryBudget.of(3 * column.bytes());
    try (Background background = new Background(1); // nobody helps
        Packs packs = new Packs(new MemoryStore(), STORE, 4);
        PackSink sink = new PackSink(packs)) {
      ChunkQueue queue = new ChunkQueue(sink, background, memory);
      for (int i = 0; i < 7; i++) {
        queue.add(column, 0, 1);
        assertEquals(Math.min(i + 1, 3) * column.bytes(), memory.reserved());
      }
      queue.discard();
      assertEquals(0, memory.reserved());
      memory.reserve(memory.limit(), 0); // others have it all
      assertEquals(1, queue.settled(queue.add(column, 0, 1)).count());
      queue.add(column, 0, 1);
      assertEquals(1, queue.settled(queue.add(column, 0, 1)).count());
      memory.release(memory.limit(), 0);
    }
  }

  @Test
  void theOrderIsThatInWhichTheyWereGiven() throws Exception {
    List<HeapColumn> columns = columns();
    for (int threads : new int[] {1, 2, 5}) {
      memory = MemoryBudget.of(threads == 2 ? 1 : 1L << 30);
      try (Background background = new Background(threads);
          Packs packs = new Packs(new MemoryStore(), STORE, 4);
          PackSink sink = new PackSink(packs)) {
        ChunkQueue queue = new ChunkQueue(sink, background, memory);
        List<ChunkQueue.Entry> entries = new ArrayList<>();
        for (HeapColumn column : columns) {
          entries.add(queue.add(column, 0, column.rows()));
        }
        for (int i = 0; i < CHUNKS; i++) {
          Cells.Slice slice = queue.settled(entries.get(i));
          byte[] expected =
              ChunkWriter.encode(columns.get(i), 0, columns.get(i).rows(), Purpose.PACK);
          assertEquals(i, slice.address().ordinal());
          assertArrayEquals(expected, packs.object(slice.address()).load());
          assertEquals(expected.length, slice.bytes());
          assertArrayEquals(ContentHash.of(expected), slice.hash());
          assertEquals(columns.get(i).rows(), slice.stats().orElseThrow().rows());
        }
        sink.finish();
        assertArrayEquals(
            ChunkWriter.encode(columns.get(0), 0, columns.get(0).rows(), Purpose.PACK),
            packs.object(queue.settled(entries.get(0)).address()).load());
      }
    }
  }

  /** Who waits finds the chunk with a helper, encodes it himself, or comes when it is done. */
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nobodyWaitsForWhatIsDone() throws Exception {
    ColumnBuilder one = new ColumnBuilder(TensorType.text());
    one.appendText("a row");
    HeapColumn column = one.column();
    try (Background background = new Background(3);
        Packs packs = new Packs(new MemoryStore(), STORE, 4);
        PackSink sink = new PackSink(packs)) {
      ChunkQueue queue = new ChunkQueue(sink, background, memory);
      for (int i = 0; i < 100_000; i++) {
        assertEquals(1, queue.settled(queue.add(column, 0, 1)).count());
      }
    }
  }

  @Test
  void anErrorReachesWhoeverWaitsForTheChunk() throws Exception {
    FaultStore objects = new FaultStore();
    try (Background background = new Background(3);
        Packs packs = new Packs(objects, STORE, 4);
        PackSink sink = new PackSink(packs)) {
      ChunkQueue queue = new ChunkQueue(sink, background, memory);
      objects.failWith(Operation.WRITE_OBJECT, 0, 1, Code.DISK_FULL);
      List<ChunkQueue.Entry> entries = new ArrayList<>();
      for (HeapColumn column : columns()) {
        entries.add(queue.add(column, 0, column.rows()));
      }
      boolean failed = false;
      for (ChunkQueue.Entry entry : entries) {
        if (failed) {
          expect(Code.DISK_FULL, () -> queue.settled(entry)); // nothing follows it
        } else {
          try {
            queue.settled(entry);
          } catch (io.versor.format.type.StoreException e) {
            assertEquals(Code.DISK_FULL, e.code());
            failed = true;
          }
        }
      }
      assertTrue(failed);
      expect(Code.DISK_FULL, sink::finish);
    }
    assertTrue(objects.list("").isEmpty());
  }

  @Test
  void whatIsDiscardedIsAtNoThreadAnyMore() throws Exception {
    ObjectStore objects = new MemoryStore();
    try (Background background = new Background(3);
        Packs packs = new Packs(objects, STORE, 4)) {
      for (int round = 0; round < 20; round++) {
        try (PackSink sink = new PackSink(packs)) {
          ChunkQueue queue = new ChunkQueue(sink, background, memory);
          List<HeapColumn> columns = columns();
          ChunkQueue.Entry first = queue.add(columns.get(0), 0, columns.get(0).rows());
          for (HeapColumn column : columns) {
            queue.add(column, 0, column.rows());
          }
          if (round % 2 == 0) {
            queue.settled(first);
          }
          queue.discard();
          assertFalse(queue.isBusy());
          ChunkQueue.Entry next = queue.add(columns.get(1), 0, columns.get(1).rows());
          assertEquals(columns.get(1).rows(), queue.settled(next).count());
        }
      }
    }
    assertTrue(objects.list("").isEmpty());
  }
}
