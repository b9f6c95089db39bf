package io.versor.format.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/**
 * Damaged chunks are refused, or give samples that can be read: nothing is touched outside of them
 * and no more memory is asked for than they could be worth. That damage to the data itself is found
 * is the business of the checksums of frames and packs.
 */
class ChunkCorruptionTest {
  private static final Set<Code> REFUSALS = EnumSet.of(Code.CORRUPT, Code.VERSION_TOO_NEW);

  /** A hundred times what any of these chunks holds. */
  private static final long ENOUGH_BYTES = 4 << 20;

  @Provide
  Arbitrary<TensorType> types() {
    return Arbitraries.of(Model.TYPES);
  }

  @Property(tries = 150)
  void eachFlippedBitIsRefusedOrHarmless(
      @ForAll("types") TensorType type,
      @ForAll Model.Spread spread,
      @ForAll Purpose purpose,
      @ForAll long seed)
      throws StoreException {
    byte[] chunk = chunk(type, spread, purpose, seed);
    Random random = new Random(seed);
    // All of the header, where flips lead astray, and some of the rest.
    int header = Math.min(chunk.length, ChunkHeader.MAX_BYTES);
    for (int bit = 0; bit < 8 * header; bit++) {
      assertRefusedOrReadable(flipped(chunk, bit), type);
    }
    for (int i = 0; i < 100; i++) {
      assertRefusedOrReadable(flipped(chunk, random.nextInt(8 * chunk.length)), type);
    }
  }

  @Property(tries = 150)
  void eachTruncationIsRefused(
      @ForAll("types") TensorType type,
      @ForAll Model.Spread spread,
      @ForAll Purpose purpose,
      @ForAll long seed)
      throws StoreException {
    byte[] chunk = chunk(type, spread, purpose, seed);
    // The padding behind the last buffer is not needed by anybody.
    int needed = purpose == Purpose.LOG ? chunk.length : chunk.length - ChunkFormat.ALIGNMENT + 1;
    for (int length = 0; length < needed; length += 1 + length / 64) {
      byte[] cut = Arrays.copyOf(chunk, length);
      StoreException refusal =
          assertThrows(
              StoreException.class,
              () -> ChunkReader.decodeHeap(cut, 0, cut.length, type, "the test chunk"));
      assertEquals(Code.CORRUPT, refusal.code(), refusal.getMessage());
      assertTrue(refusal.getMessage().startsWith("the test chunk: "), refusal.getMessage());
      assertRefusedOrReadable(cut, type);
    }
  }

  @Property(tries = 500)
  void noiseBehindAHeaderIsRefusedOrHarmless(
      @ForAll("types") TensorType type,
      @ForAll Model.Spread spread,
      @ForAll Purpose purpose,
      @ForAll long seed)
      throws StoreException {
    byte[] chunk = chunk(type, spread, purpose, seed);
    Random random = new Random(seed);
    int from = 2 + random.nextInt(chunk.length - 2);
    for (int i = from; i < Math.min(chunk.length, from + 16); i++) {
      chunk[i] = (byte) random.nextInt();
    }
    assertRefusedOrReadable(chunk, type);
  }

  private static byte[] chunk(TensorType type, Model.Spread spread, Purpose purpose, long seed)
      throws StoreException {
    Random random = new Random(seed);
    double nulls = random.nextBoolean() ? 0 : random.nextDouble();
    Model model = Model.random(type, spread, 1 + random.nextInt(80), nulls, random);
    return ChunkWriter.encode(model.column(), 0, model.rows(), purpose);
  }

  private static byte[] flipped(byte[] chunk, int bit) {
    byte[] copy = chunk.clone();
    copy[bit >> 3] ^= (byte) (1 << (bit & 7));
    return copy;
  }

  static void assertRefusedOrReadable(byte[] bytes, TensorType type) {
    try {
      HeapColumn column = ChunkReader.decodeHeap(bytes, 0, bytes.length, type, "test");
      assertTrue(column.bytes() <= ENOUGH_BYTES, () -> column.bytes() + " bytes");
      readAll(column);
    } catch (StoreException e) {
      assertTrue(REFUSALS.contains(e.code()), () -> e.code() + " " + e.getMessage());
    }
    // Closing the allocator proves that refusals leak nothing.
    try (BufferAllocator allocator = new RootAllocator(ENOUGH_BYTES);
        Model.Stored stored = new Model.Stored(bytes, allocator)) {
      try (DecodedChunk decoded = ChunkReader.open(stored.source(), type, allocator)) {
        readAll(decoded.vector());
      } catch (StoreException e) {
        assertTrue(REFUSALS.contains(e.code()), () -> e.code() + " " + e.getMessage());
      }
      try {
        Optional<SampleReader> samples = ChunkReader.findSamples(stored.source(), type);
        if (samples.isPresent()) {
          ColumnBuilder builder = new ColumnBuilder(type);
          builder.append(samples.get(), 0, samples.get().rows());
          readAll(builder.column());
        }
      } catch (StoreException e) {
        assertTrue(REFUSALS.contains(e.code()), () -> e.code() + " " + e.getMessage());
      }
    }
  }

  private static void readAll(HeapColumn column) {
    for (int i = 0; i < column.rows(); i++) {
      if (!column.isNull(i)) {
        assertReadable(column.type(), column.bytesAt(i), column.lengthAt(i), column.shapeAt(i));
      }
    }
  }

  private static void readAll(Vector vector) {
    for (int i = 0; i < vector.length(); i++) {
      if (!vector.isNull(i)) {
        assertReadable(vector.type(), vector.bytesAt(i), vector.lengthAt(i), vector.shapeAt(i));
      }
    }
  }

  /** A kernel that goes by the shape stays within the bytes. */
  private static void assertReadable(TensorType type, byte[] bytes, int length, int[] shape) {
    assertEquals(length, bytes.length);
    assertEquals(type.shape().rank() + type.htype().describedRank(), shape.length);
    for (int extent : shape) {
      assertTrue(extent >= 0);
    }
    if (shape.length > 0 && type.htype().describedRank() == 0) {
      assertEquals(length, Shapes.bytes(type, shape));
    }
  }

  @Test
  void aChunkOfAnotherTypeIsRefused() throws StoreException {
    ColumnBuilder longs = new ColumnBuilder(TensorType.scalar(Dtype.INT64));
    longs.appendLong(7);
    for (Purpose purpose : Purpose.values()) {
      byte[] chunk = ChunkWriter.encode(longs.column(), 0, 1, purpose);
      StoreException refusal =
          assertThrows(
              StoreException.class,
              () -> ChunkReader.decodeHeap(chunk, 0, chunk.length, TensorType.text(), "chunk 3"));
      assertEquals(Code.CORRUPT, refusal.code());
      assertTrue(refusal.getMessage().startsWith("chunk 3: samples of fixed width 8, expected"));
    }
  }

  @Test
  void aLaterVersionIsRefusedByName() {
    byte[] chunk = new byte[64];
    chunk[0] = 2;
    chunk[1] = 1;
    StoreException refusal =
        assertThrows(
            StoreException.class,
            () -> ChunkReader.decodeHeap(chunk, 0, chunk.length, TensorType.text(), "chunk 3"));
    assertEquals(Code.VERSION_TOO_NEW, refusal.code());
    assertTrue(refusal.getMessage().contains("chunk version 2"), refusal.getMessage());
  }

  @Test
  void aSizeThatIsNotTheFramesIsRefusedBeforeRoomIsMade() throws StoreException {
    ColumnBuilder texts = new ColumnBuilder(TensorType.text());
    texts.appendText("versor ".repeat(1_000));
    byte[] chunk = ChunkWriter.encode(texts.column(), 0, 1, Purpose.PACK);
    int described = ChunkFormat.HEADER_BYTES + ChunkFormat.BUFFER_HEADER_BYTES;
    assertEquals(ChunkFormat.DATA, chunk[described]);
    assertEquals(ChunkFormat.ZSTD, chunk[described + 1]);
    // The lengths are made to agree, so that only the frame itself can tell.
    int lengths = ChunkFormat.HEADER_BYTES + 2 * ChunkFormat.BUFFER_HEADER_BYTES;
    assertEquals(7_000, Bytes.getInt(chunk, lengths));
    Bytes.putInt(chunk, lengths, 2_000_000_000);
    Bytes.putInt(chunk, described + 16, 2_000_000_000);
    StoreException refusal =
        assertThrows(
            StoreException.class,
            () -> ChunkReader.decodeHeap(chunk, 0, chunk.length, TensorType.text(), "chunk 3"));
    assertEquals(
        "chunk 3: data: zstd gives \"7000 bytes\", expected 2000000000 bytes",
        refusal.getMessage());
  }

  @Test
  void tooLittleMemoryIsSaidAndNothingLeaks() throws StoreException {
    ColumnBuilder longs = new ColumnBuilder(TensorType.scalar(Dtype.INT64));
    for (int i = 0; i < 10_000; i++) {
      longs.appendLong(i % 100);
    }
    byte[] chunk = ChunkWriter.encode(longs.column(), 0, 10_000, Purpose.PACK);
    try (BufferAllocator allocator = new RootAllocator(64 << 10);
        Model.Stored stored = new Model.Stored(chunk, allocator)) {
      StoreException refusal =
          assertThrows(
              StoreException.class,
              () -> ChunkReader.open(stored.source(), longs.type(), allocator));
      assertEquals(Code.MEMORY, refusal.code());
    }
  }
}
