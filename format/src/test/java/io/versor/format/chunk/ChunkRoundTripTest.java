package io.versor.format.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Whatever is encoded comes back the same, whole, in windows and one by one. */
class ChunkRoundTripTest {
  @Provide
  Arbitrary<TensorType> types() {
    return Arbitraries.of(Model.TYPES);
  }

  @Property(tries = 2_000)
  void aChunkDecodesToWhatWasEncoded(
      @ForAll("types") TensorType type,
      @ForAll Model.Spread spread,
      @ForAll @IntRange(max = 300) int rows,
      @ForAll @DoubleRange(max = 1) double nulls,
      @ForAll Purpose purpose,
      @ForAll long seed)
      throws StoreException {
    Random random = new Random(seed);
    double share = random.nextBoolean() ? 0 : nulls;
    Model all = Model.random(type, spread, rows, share, random);
    int from = rows == 0 ? 0 : random.nextInt(rows);
    int count = random.nextBoolean() ? rows - from : random.nextInt(rows - from + 1);
    Model part = all.slice(from, count);

    byte[] chunk = ChunkWriter.encode(all.column(), from, count, purpose);

    part.assertEqualTo(ChunkReader.decodeHeap(chunk, 0, chunk.length, type, "test"));
    try (BufferAllocator allocator = new RootAllocator();
        Model.Stored stored = new Model.Stored(chunk, allocator);
        DecodedChunk decoded = ChunkReader.open(stored.source(), type, allocator)) {
      part.assertEqualTo(decoded.vector());
      assertWindows(part, decoded, random);
      assertCopies(part, decoded, allocator, random);
      assertSingleSamples(part, stored.source(), allocator);
      assertEncodesAgain(part, decoded);
    }
  }

  private static void assertWindows(Model part, DecodedChunk decoded, Random random) {
    int from = random.nextInt(part.rows() + 1);
    int count = random.nextInt(part.rows() - from + 1);
    Optional<Vector> window = decoded.window(from, count);
    boolean copyNeeded = decoded.vector().validity() != 0 && from % 8 != 0;
    assertEquals(!copyNeeded, window.isPresent());
    window.ifPresent(vector -> part.slice(from, count).assertEqualTo(vector));
  }

  private static void assertCopies(
      Model part, DecodedChunk decoded, BufferAllocator allocator, Random random)
      throws StoreException {
    int from = random.nextInt(part.rows() + 1);
    int count = random.nextInt(part.rows() - from + 1);
    Model both = part.slice(from, count).and(part);
    try (VectorBuffer buffer = new VectorBuffer(part.type(), allocator)) {
      buffer.append(decoded, from, count);
      buffer.append(decoded, 0, part.rows());
      both.assertEqualTo(buffer.vector());
    }
    ColumnBuilder builder = new ColumnBuilder(part.type());
    builder.append(decoded, from, count);
    builder.append(decoded, 0, part.rows());
    both.assertEqualTo(builder.column());
    try (VectorBuffer buffer = new VectorBuffer(part.type(), allocator)) {
      buffer.append(builder.column(), 0, count);
      buffer.append(builder.column(), count, part.rows());
      both.assertEqualTo(buffer.vector());
    }
  }

  private static void assertSingleSamples(Model part, ChunkSource source, BufferAllocator allocator)
      throws StoreException {
    Optional<SampleReader> samples = ChunkReader.findSamples(source, part.type());
    if (samples.isEmpty()) {
      return;
    }
    ColumnBuilder builder = new ColumnBuilder(part.type());
    builder.append(samples.get(), 0, part.rows());
    part.assertEqualTo(builder.column());
    try (VectorBuffer buffer = new VectorBuffer(part.type(), allocator)) {
      buffer.append(samples.get(), 0, part.rows());
      part.assertEqualTo(buffer.vector());
    }
  }

  private static void assertEncodesAgain(Model part, DecodedChunk decoded) throws StoreException {
    byte[] again = ChunkWriter.encode(decoded, 0, part.rows(), Purpose.LOG);
    part.assertEqualTo(ChunkReader.decodeHeap(again, 0, again.length, part.type(), "test"));
    assertTrue(again.length >= ChunkFormat.PLAIN_HEADER_BYTES);
    ChunkStats stats = ChunkStats.of(decoded, 0, part.rows());
    assertEquals(part.rows(), stats.rows());
    assertEquals(stats, ChunkStats.fromBytes(stats.toBytes(), "test"));
  }
}
