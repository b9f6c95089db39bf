package io.versor.format.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** Buffers that are compressed in blocks: read whole, sample by sample, and damaged. */
class ZstdBlocksTest {
  private static final String[] WORDS = {"zebra", "grass", "under", "a", "tall", "yellow", "tree"};
  private static final int ROWS = 5_000;

  @Test
  void longTextsAreWrittenInBlocks() throws Exception {
    byte[] chunk = ChunkWriter.encode(texts(), 0, ROWS, Purpose.PACK);
    ChunkHeader header = ChunkHeader.parse(chunk, 0, chunk.length, TensorType.text(), "test");
    Stored data = header.buffer(ChunkFormat.DATA);
    assertEquals(ChunkFormat.ZSTD_BLOCKS, data.encoding());
    assertEquals(32_768, data.unit());
    assertTrue(data.rawBytes() > 5 * data.unit(), () -> data.rawBytes() + " bytes");
  }

  @Test
  void whatWasWrittenComesBack() throws Exception {
    HeapColumn texts = texts();
    byte[] chunk = ChunkWriter.encode(texts, 3, ROWS - 3, Purpose.PACK);
    HeapColumn heap = ChunkReader.decodeHeap(chunk, 0, chunk.length, texts.type(), "test");
    try (BufferAllocator allocator = new RootAllocator();
        Model.Stored stored = new Model.Stored(chunk, allocator);
        DecodedChunk decoded = ChunkReader.open(stored.source(), texts.type(), allocator)) {
      for (int i = 0; i < ROWS - 3; i++) {
        assertEquals(texts.isNull(i + 3), heap.isNull(i));
        assertEquals(texts.isNull(i + 3), decoded.isNull(i));
        if (!texts.isNull(i + 3)) {
          assertArrayEquals(texts.bytesAt(i + 3), heap.bytesAt(i));
          assertArrayEquals(texts.bytesAt(i + 3), decoded.vector().bytesAt(i));
        }
      }
    }
  }

  /** Where a text begins is summed up from marks that readers share. */
  @Test
  void readersOfAChunkReadInAnyOrder() throws Exception {
    HeapColumn texts = texts();
    byte[] chunk = ChunkWriter.encode(texts, 0, ROWS, Purpose.PACK);
    Random random = new Random(7);
    try (BufferAllocator allocator = new RootAllocator();
        Model.Stored stored = new Model.Stored(chunk, allocator)) {
      SampleReader first = ChunkReader.findSamples(stored.source(), texts.type()).orElseThrow();
      SampleReader reader = first.another();
      for (int i = 0; i < 300; i++) {
        reader = i % 3 == 0 ? first.another() : reader;
        int row = random.nextInt(ROWS);
        assertEquals(texts.isNull(row), reader.isNull(row));
        if (!texts.isNull(row)) {
          assertArrayEquals(texts.bytesAt(row), reader.read(row).bytesAt(0));
        }
      }
    }
  }

  @Test
  void aSampleTouchesTheBlockItIsIn() throws Exception {
    HeapColumn texts = texts();
    byte[] chunk = ChunkWriter.encode(texts, 0, ROWS, Purpose.PACK);
    ChunkHeader header = ChunkHeader.parse(chunk, 0, chunk.length, texts.type(), "test");
    Stored data = header.buffer(ChunkFormat.DATA);
    int greatestBlock = 4 * data.unit() / 5; // what pays to be compressed
    Random random = new Random(4);
    try (BufferAllocator allocator = new RootAllocator();
        Model.Stored stored = new Model.Stored(chunk, allocator)) {
      for (int i = 0; i < 300; i++) {
        int row = random.nextInt(ROWS);
        long[] touched = {0};
        ChunkSource source =
            stored.source((offset, bytes) -> touched[0] += offset >= data.offset() ? bytes : 0);
        SampleReader samples = ChunkReader.findSamples(source, texts.type()).orElseThrow();
        assertEquals(texts.isNull(row), samples.isNull(row));
        if (!texts.isNull(row)) {
          assertArrayEquals(texts.bytesAt(row), samples.read(row).bytesAt(0));
        }
        assertTrue(touched[0] <= 2 * greatestBlock, () -> touched[0] + " bytes of data");
      }
    }
  }

  @Test
  void rowsAreReadInAnyOrder() throws Exception {
    HeapColumn texts = texts();
    byte[] chunk = ChunkWriter.encode(texts, 0, ROWS, Purpose.PACK);
    Random random = new Random(5);
    try (BufferAllocator allocator = new RootAllocator();
        Model.Stored stored = new Model.Stored(chunk, allocator)) {
      SampleReader samples = ChunkReader.findSamples(stored.source(), texts.type()).orElseThrow();
      for (int i = 0; i < 500; i++) {
        int row = random.nextInt(ROWS);
        if (!samples.isNull(row)) {
          assertArrayEquals(texts.bytesAt(row), samples.read(row).bytesAt(0));
        }
      }
    }
  }

  @Test
  void floatsThatRepeatAreReadOneByOne() throws Exception {
    ColumnBuilder builder = new ColumnBuilder(TensorType.scalar(Dtype.FLOAT64));
    Random random = new Random(6);
    for (int i = 0; i < 20_000; i++) {
      builder.appendDouble(random.nextInt(500) / 7.0);
    }
    HeapColumn column = builder.column();
    byte[] chunk = ChunkWriter.encode(column, 0, column.rows(), Purpose.PACK);
    ChunkHeader header = ChunkHeader.parse(chunk, 0, chunk.length, column.type(), "test");
    assertEquals(ChunkFormat.ZSTD_BLOCKS, header.buffer(ChunkFormat.DATA).encoding());
    try (BufferAllocator allocator = new RootAllocator();
        Model.Stored stored = new Model.Stored(chunk, allocator);
        DecodedChunk decoded = ChunkReader.open(stored.source(), column.type(), allocator)) {
      SampleReader samples = ChunkReader.findSamples(stored.source(), column.type()).orElseThrow();
      for (int row = 0; row < column.rows(); row += 97) {
        assertArrayEquals(column.bytesAt(row), samples.read(row).bytesAt(0));
        assertArrayEquals(column.bytesAt(row), decoded.vector().bytesAt(row));
      }
    }
  }

  /** Of what may lead astray, every bit; what is found must be refused, not crash. */
  @Test
  void aDamagedDirectoryIsRefused() throws Exception {
    HeapColumn texts = texts();
    byte[] chunk = ChunkWriter.encode(texts, 0, ROWS, Purpose.PACK);
    ChunkHeader header = ChunkHeader.parse(chunk, 0, chunk.length, texts.type(), "test");
    Stored data = header.buffer(ChunkFormat.DATA);
    int directory = Integer.BYTES * ZstdBlocks.count(data.rawBytes(), data.unit());
    for (int bit = 8 * data.offset(); bit < 8 * (data.offset() + directory); bit++) {
      byte[] damaged = chunk.clone();
      damaged[bit >> 3] ^= (byte) (1 << (bit & 7));
      StoreException refusal =
          assertThrows(
              StoreException.class,
              () -> ChunkReader.decodeHeap(damaged, 0, damaged.length, texts.type(), "the chunk"));
      assertEquals(Code.CORRUPT, refusal.code(), refusal.getMessage());
      assertTrue(refusal.getMessage().startsWith("the chunk: data: "), refusal.getMessage());
      try (BufferAllocator allocator = new RootAllocator();
          Model.Stored stored = new Model.Stored(damaged, allocator)) {
        refusal =
            assertThrows(
                StoreException.class,
                () -> ChunkReader.open(stored.source(), texts.type(), allocator).close());
        assertEquals(Code.CORRUPT, refusal.code(), refusal.getMessage());
      }
    }
  }

  /** Sentences, each of its own, and some NULLs. */
  private static HeapColumn texts() throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.text());
    Random random = new Random(1);
    for (int i = 0; i < ROWS; i++) {
      if (i % 50 == 7) {
        builder.appendNull();
        continue;
      }
      StringBuilder text = new StringBuilder().append(i);
      for (int word = 0; word < 8; word++) {
        text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
      }
      builder.appendText(text.toString());
    }
    return builder.column();
  }
}
