package io.versor.deeplake;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.util.List;

/** Reads everything that there is to read of a dataset. */
final class ReadAll {
  /** A forged length may be any; more than that shows nothing new. */
  private static final int MOST = 1 << 20;

  private ReadAll() {}

  /** Returns how many bytes samples had. */
  static long of(Path folder) throws StoreException {
    DeepLakeDataset dataset = DeepLakeDataset.open(folder);
    long bytes = 0;
    for (String id : dataset.tree().nodes().keySet()) {
      dataset.tree().log(id);
      DatasetVersion version = dataset.version(id);
      version.changes();
      for (String name : version.names()) {
        Tensor tensor = version.tensor(name);
        version.changes(tensor);
        version.ids(name);
        for (long i = 0; i < Math.min(tensor.length(), MOST); i++) {
          tensor.isPadded(i);
          tensor.firstItem(i);
          tensor.itemCount(i);
        }
        bytes += samples(tensor);
        cells(tensor);
      }
    }
    return bytes;
  }

  private static long samples(Tensor tensor) throws StoreException {
    TensorReader reader = tensor.read();
    long bytes = 0;
    for (long i = 0; i < tensor.items(); ) {
      SampleRun run = reader.run(i, Integer.MAX_VALUE);
      if (run.content() == Content.POLYGON) {
        Polygons.of(reader.sample(i), tensor);
      }
      bytes += (long) run.sampleBytes() * run.count();
      i += run.count();
    }
    tensor.spans();
    return bytes;
  }

  /** The same samples on their way into a column. */
  private static void cells(Tensor tensor) throws StoreException {
    ColumnTypes.losses(List.of(tensor));
    ColumnBuilder out = new ColumnBuilder(ColumnTypes.type(List.of(tensor)));
    new Samples(tensor).append(0, (int) Math.min(tensor.length(), MOST), out);
  }
}
