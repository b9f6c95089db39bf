package io.versor.format.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class VectorBufferTest {
  private static final TensorType INT64 = TensorType.scalar(Dtype.INT64);

  @Provide
  Arbitrary<TensorType> types() {
    return Arbitraries.of(Model.TYPES);
  }

  @Property(tries = 500)
  void aBufferHoldsWhatWasAppendedFromWherever(@ForAll("types") TensorType type, @ForAll long seed)
      throws StoreException {
    Random random = new Random(seed);
    try (BufferAllocator allocator = new RootAllocator();
        VectorBuffer buffer = new VectorBuffer(type, allocator);
        VectorBuffer other = new VectorBuffer(type, allocator)) {
      for (int round = 0; round < 3; round++) {
        buffer.clear();
        Model expected = Model.random(type, Model.Spread.FEW, 0, 0, random);
        for (int part = 0; part < 4; part++) {
          double nulls = random.nextBoolean() ? 0 : 0.5;
          Model more = Model.random(type, Model.Spread.WIDE, random.nextInt(100), nulls, random);
          int from = random.nextInt(more.rows() + 1);
          int count = random.nextInt(more.rows() - from + 1);
          HeapColumn column = more.column();
          if (random.nextBoolean()) {
            buffer.append(column, from, count);
          } else {
            other.clear();
            other.append(column, 0, column.rows());
            buffer.append(other.vector(), from, count);
          }
          expected = expected.and(more.slice(from, count));
        }
        expected.assertEqualTo(buffer.vector());
        ColumnBuilder back = new ColumnBuilder(type);
        back.append(buffer.vector(), 0, buffer.rows());
        expected.assertEqualTo(back.column());
      }
    }
  }

  @Property(tries = 300)
  void samplesOfFixedWidthCanBeWrittenOver(@ForAll Model.Spread spread, @ForAll long seed)
      throws StoreException {
    Random random = new Random(seed);
    TensorType type = random.nextBoolean() ? INT64 : TensorType.embedding(5);
    Model model = Model.random(type, spread, 50, 0, random);
    Model cells = Model.random(type, Model.Spread.WIDE, 50, 0.3, random);
    byte[] chunk = ChunkWriter.encode(cells.column(), 0, 50, Purpose.PACK);
    try (BufferAllocator allocator = new RootAllocator();
        Model.Stored stored = new Model.Stored(chunk, allocator);
        DecodedChunk decoded = ChunkReader.open(stored.source(), type, allocator);
        VectorBuffer buffer = new VectorBuffer(type, allocator)) {
      buffer.append(model.column(), 0, 50);
      List<Samples> sources = new ArrayList<>(List.of(cells.column(), decoded));
      ChunkReader.findSamples(stored.source(), type).ifPresent(sources::add);
      for (int i = 0; i < 30; i++) {
        int row = random.nextInt(50);
        int cell = random.nextInt(50);
        buffer.set(row, sources.get(random.nextInt(sources.size())), cell);
        model.set(row, cells.cell(cell));
      }
      model.assertEqualTo(buffer.vector());
    }
  }

  @Test
  void theBitmapAppearsWithTheFirstNull() throws StoreException {
    try (BufferAllocator allocator = new RootAllocator();
        VectorBuffer buffer = new VectorBuffer(INT64, allocator)) {
      for (int i = 0; i < 20; i++) {
        buffer.appendLong(i);
      }
      assertEquals(0, buffer.vector().validity());
      buffer.appendNull();
      buffer.appendLong(21);
      Vector vector = buffer.vector();
      for (int i = 0; i < 22; i++) {
        assertEquals(i == 20, vector.isNull(i));
      }
      buffer.clear();
      buffer.appendLong(5);
      assertEquals(0, buffer.vector().validity());
    }
  }

  @Test
  void roomForAKernelIsFilledFromOutside() throws StoreException {
    try (BufferAllocator allocator = new RootAllocator();
        VectorBuffer buffer = new VectorBuffer(INT64, allocator)) {
      buffer.appendNull();
      long at = buffer.appendUnfilled(100);
      for (int i = 0; i < 100; i++) {
        Memory.putLong(at + 8L * i, i * i);
      }
      Vector vector = buffer.vector();
      assertEquals(101, vector.length());
      assertTrue(vector.isNull(0));
      assertEquals(99 * 99, vector.longAt(100));
    }
  }

  @Test
  void aKernelTakesItsNullsFromTheOperand() throws StoreException {
    try (BufferAllocator allocator = new RootAllocator();
        VectorBuffer operand = new VectorBuffer(INT64, allocator);
        VectorBuffer result = new VectorBuffer(INT64, allocator)) {
      for (int i = 0; i < 50; i++) {
        if (i % 3 == 0) {
          operand.appendNull();
        } else {
          operand.appendLong(i);
        }
      }
      Vector from = operand.vector();
      result.appendLong(-1);
      long at = result.appendUnfilled(50, from.validity());
      for (int i = 0; i < 50; i++) {
        Memory.putLong(at + 8L * i, 2 * Memory.getLong(from.data() + 8L * i));
      }
      result.setNull(2);
      result.appendUnfilled(1, 0);
      Vector vector = result.vector();
      assertEquals(52, vector.length());
      assertEquals(-1, vector.longAt(0));
      for (int i = 0; i < 50; i++) {
        boolean isNull = i % 3 == 0 || i == 1;
        assertEquals(isNull, vector.isNull(1 + i));
        assertTrue(isNull || vector.longAt(1 + i) == 2 * i);
      }
      assertThrows(IllegalArgumentException.class, () -> result.setNull(52));
    }
  }

  @Test
  void anAppendThatFailsLeavesTheBufferAsItWas() throws StoreException {
    try (BufferAllocator allocator = new RootAllocator(8 << 10);
        VectorBuffer buffer = new VectorBuffer(TensorType.text(), allocator)) {
      buffer.appendText("one");
      buffer.appendNull();
      StoreException refusal =
          assertThrows(StoreException.class, () -> buffer.appendText("x".repeat(100_000)));
      assertEquals(Code.MEMORY, refusal.code());
      assertTrue(refusal.getMessage().contains("ROOT"), refusal.getMessage());
      buffer.appendText("two");
      assertEquals(3, buffer.vector().length());
      assertEquals("one", buffer.vector().textAt(0));
      assertEquals("two", buffer.vector().textAt(2));
    }
  }

  /** Nothing is touched, so an address that is not there does no harm. */
  @Test
  void moreThanOffsetsCanCountIsRefused() throws StoreException {
    try (BufferAllocator allocator = new RootAllocator();
        VectorBuffer buffer = new VectorBuffer(TensorType.text(), allocator)) {
      var offsets = allocator.buffer(8);
      try (offsets) {
        Memory.putInt(offsets.memoryAddress(), 0);
        Memory.putInt(offsets.memoryAddress() + 4, Integer.MAX_VALUE);
        Vector huge = Vector.variable(TensorType.text(), 1, 0, 8, offsets.memoryAddress(), 0, null);
        StoreException refusal =
            assertThrows(StoreException.class, () -> buffer.append(huge, 0, 1));
        assertEquals(Code.LIMIT, refusal.code());
        ColumnBuilder builder = new ColumnBuilder(TensorType.text());
        assertEquals(
            Code.LIMIT,
            assertThrows(StoreException.class, () -> builder.append(huge, 0, 1)).code());
      }
    }
  }

  @Test
  void aWindowWithNullsStartsAtAWholeByte() throws StoreException {
    try (BufferAllocator allocator = new RootAllocator();
        VectorBuffer buffer = new VectorBuffer(INT64, allocator)) {
      for (int i = 0; i < 30; i++) {
        buffer.appendLong(i);
      }
      assertEquals(3, buffer.vector().slice(3, 5).longAt(0));
      buffer.appendNull();
      Vector vector = buffer.vector();
      assertEquals(8, vector.slice(8, 5).longAt(0));
      assertThrows(IllegalArgumentException.class, () -> vector.slice(3, 5));
      assertThrows(IndexOutOfBoundsException.class, () -> vector.slice(8, 24));
    }
  }

  @Test
  void theLastOwnerOfAChunkFreesIt() throws Exception {
    ColumnBuilder builder = new ColumnBuilder(INT64);
    for (int i = 0; i < 1_000; i++) {
      builder.appendLong(i % 7);
    }
    byte[] bytes = ChunkWriter.encode(builder.column(), 0, 1_000, Purpose.PACK);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (BufferAllocator allocator = new RootAllocator();
        Model.Stored stored = new Model.Stored(bytes, allocator)) {
      long before = allocator.getAllocatedMemory();
      DecodedChunk chunk = ChunkReader.open(stored.source(), INT64, allocator);
      assertTrue(allocator.getAllocatedMemory() > before);
      List<Callable<Long>> readers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        chunk.retain();
        readers.add(
            () -> {
              try (chunk) {
                return chunk.vector().longAt(999);
              }
            });
      }
      chunk.close();
      for (Future<Long> read : threads.invokeAll(readers)) {
        assertEquals(999 % 7, read.get());
      }
      assertEquals(before, allocator.getAllocatedMemory());
      assertThrows(IllegalStateException.class, chunk::retain);
      assertThrows(IllegalStateException.class, chunk::close);
    } finally {
      threads.shutdownNow();
    }
  }
}
