package io.versor.format.chunk;

import io.versor.format.io.FormatText;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import org.junit.jupiter.api.Test;

/** The worked examples of the specification are what this code writes. */
class ChunkExampleTest {
  @Test
  void plainChunks() throws Exception {
    FormatText.assertContains(FormatText.dump(ChunkWriter.encode(labels(), 0, 3, Purpose.LOG)));
    FormatText.assertContains(FormatText.dump(ChunkWriter.encode(boxes(), 0, 2, Purpose.LOG)));
  }

  @Test
  void encodedChunks() throws Exception {
    FormatText.assertContains(FormatText.dump(ChunkWriter.encode(labels(), 0, 3, Purpose.PACK)));
    FormatText.assertContains(FormatText.dump(ChunkWriter.encode(words(), 0, 16, Purpose.PACK)));
  }

  @Test
  void statistics() throws Exception {
    FormatText.assertContains(FormatText.dump(ChunkStats.of(labels(), 0, 3).toBytes()));
    FormatText.assertContains(FormatText.dump(ChunkStats.of(boxes(), 0, 2).toBytes()));
  }

  /** 7, NULL, 4. */
  private static HeapColumn labels() throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.scalar(Dtype.INT32));
    builder.appendLong(7);
    builder.appendNull();
    builder.appendLong(4);
    return builder.column();
  }

  /** One box, no box. */
  private static HeapColumn boxes() throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.bbox());
    byte[] box = new byte[16];
    for (int i = 0; i < 4; i++) {
      Bytes.putInt(box, 4 * i, Float.floatToRawIntBits(i + 1));
    }
    builder.appendSample(box, 0, 16, new int[] {1, 4});
    builder.appendSample(box, 0, 0, new int[] {0, 4});
    return builder.column();
  }

  /** Three words in turn. */
  private static HeapColumn words() throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(TensorType.text());
    for (int i = 0; i < 16; i++) {
      builder.appendText(new String[] {"elephant", "cat", "antelope"}[i % 3]);
    }
    return builder.column();
  }
}
