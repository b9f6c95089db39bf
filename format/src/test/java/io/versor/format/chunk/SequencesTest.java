package io.versor.format.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sequences give back the elements that were put in. */
class SequencesTest {
  private final RootAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingLeaks() {
    allocator.close();
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void elementsComeBack(Purpose purpose) throws StoreException {
    Random random = new Random(7);
    for (TensorType element : Model.TYPES) {
      if (element.element().isPresent()) {
        continue;
      }
      TensorType type = TensorType.sequence(element);
      ColumnBuilder builder = new ColumnBuilder(type);
      Model[] models = new Model[20];
      for (int row = 0; row < models.length; row++) {
        if (row % 7 == 3) {
          builder.appendNull();
          continue;
        }
        double nulls = row % 3 == 0 ? 0.3 : 0;
        models[row] = Model.random(element, Model.Spread.WIDE, random.nextInt(9), nulls, random);
        Sequences.append(builder, models[row].column());
      }
      byte[] chunk = ChunkWriter.encode(builder.column(), 0, models.length, purpose);
      HeapColumn back = ChunkReader.decodeHeap(chunk, 0, chunk.length, type, "test");
      try (VectorBuffer buffer = new VectorBuffer(type, allocator)) {
        buffer.append(back, 0, models.length);
        Vector samples = buffer.vector();
        for (int row = 0; row < models.length; row++) {
          assertEquals(models[row] == null, samples.isNull(row));
          if (models[row] != null) {
            assertArrayEquals(new int[] {models[row].rows()}, samples.shapeAt(row));
            models[row].assertEqualTo(Sequences.elements(type, samples, row));
          }
        }
      }
    }
  }

  /** The example of FORMAT.md. */
  @Test
  void theBytesAreAChunkInPlainForm() throws StoreException {
    TensorType type = TensorType.sequence(TensorType.classLabel(List.of("cat", "dog")));
    ColumnBuilder labels = new ColumnBuilder(type.element().orElseThrow());
    labels.appendLong(1);
    labels.appendNull();
    labels.appendLong(0);
    ColumnBuilder builder = new ColumnBuilder(type);
    Sequences.append(builder, labels.column());
    assertEquals(
        "010102000300000004000000" + "05" + "010000000000000000000000",
        HexFormat.of().formatHex(builder.column().bytesAt(0)));
  }

  @Test
  void whatIsNoSequenceIsCorrupt() throws StoreException {
    TensorType type = TensorType.sequence(TensorType.varchar(0));
    ColumnBuilder texts = new ColumnBuilder(TensorType.varchar(0));
    texts.appendText("first");
    texts.appendNull();
    texts.appendText("");
    ColumnBuilder whole = new ColumnBuilder(type);
    Sequences.append(whole, texts.column());
    byte[] sample = whole.column().bytesAt(0);
    int refused = 0;
    for (int i = 0; i < sample.length; i++) {
      byte[] flipped = sample.clone();
      flipped[i] ^= 0x41;
      refused += isRefused(type, flipped, 3) ? 1 : 0;
    }
    assertTrue(refused > 20, refused + " of " + sample.length);
    assertTrue(isRefused(type, sample, 2));
    assertTrue(isRefused(type, new byte[0], 0));
    byte[] packed = ChunkWriter.encode(texts.column(), 0, 3, Purpose.PACK);
    assertTrue(isRefused(type, packed, 3), "another form, which could claim any size");
  }

  /** Either elements or {@code CORRUPT}, and nothing else. */
  private boolean isRefused(TensorType type, byte[] sample, int count) throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(type);
    builder.appendSample(sample, 0, sample.length, new int[] {count});
    try (VectorBuffer buffer = new VectorBuffer(type, allocator)) {
      buffer.append(builder.column(), 0, 1);
      try {
        assertEquals(count, Sequences.elements(type, buffer.vector(), 0).rows());
        return false;
      } catch (StoreException e) {
        assertTrue(e.code() == Code.CORRUPT || e.code() == Code.VERSION_TOO_NEW, e.toString());
        return true;
      }
    }
  }

  @Test
  void ofUuidsTooLargeForNumbers() throws StoreException {
    ColumnBuilder ids = new ColumnBuilder(TensorType.scalar(Dtype.UUID));
    assertThrows(IllegalArgumentException.class, () -> ids.appendLong(1));
    byte[] id = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    ids.appendFixed(id, 0);
    assertArrayEquals(id, ids.column().bytesAt(0));
  }
}
