package io.versor.deeplake;

import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/** Tensors of one 64-bit number a sample. */
final class Longs {
  private Longs() {}

  static long[] all(Tensor tensor, DatasetFiles files) throws StoreException {
    int count = (int) Math.min(Integer.MAX_VALUE, tensor.items());
    if ((long) count * 8 > DatasetFiles.MAX_CHUNK_BYTES) {
      throw files.corrupt(tensor.folder(), tensor.items() + " ids, more than are read at once");
    }
    long[] values = new long[count];
    TensorReader reader = tensor.read();
    for (int i = 0; i < count; ) {
      SampleRun run = reader.run(i, count - i);
      if (run.sampleBytes() != 8) {
        throw files.corrupt(
            tensor.folder(), "sample " + i + " has " + run.sampleBytes() + " bytes, expected 8");
      }
      LongBuffer numbers =
          ByteBuffer.wrap(run.bytes(), run.offset(), run.count() * 8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asLongBuffer();
      numbers.get(values, i, run.count());
      i += run.count();
    }
    return values;
  }
}
