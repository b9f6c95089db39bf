package io.versor.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.WriteParams.WriteMode;
import org.lance.index.DistanceType;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.Query;
import org.lance.ipc.ScanOptions;
import org.lance.merge.MergeInsertParams;
import org.lance.merge.MergeInsertParams.WhenNotMatched;

/** Lance through its Java library, with its defaults but for stable row ids, which diffs need. */
public final class LancePeer implements Lance {
  private static final List<String> COLUMNS = List.of("id", "label", "caption", "e");

  private final BufferAllocator allocator = new RootAllocator();
  private final Map<String, Dataset> open = new HashMap<>();
  private Path directory = Path.of("lance");

  @Override
  public void open(Path directory) {
    this.directory = directory;
  }

  private String place(String name) throws IOException {
    Files.createDirectories(directory);
    return directory.resolve(name + ".lance").toAbsolutePath().toString();
  }

  private Dataset dataset(String name) throws IOException {
    Dataset known = open.get(name);
    if (known == null) {
      known = Dataset.open().allocator(allocator).uri(place(name)).build();
      open.put(name, known);
    }
    return known;
  }

  private void write(String name, ArrowReader rows, WriteMode mode) throws IOException {
    try (rows) {
      Dataset written =
          Dataset.write()
              .allocator(allocator)
              .reader(rows)
              .uri(place(name))
              .mode(mode)
              .enableStableRowIds(true)
              .execute();
      Dataset before = open.put(name, written);
      if (before != null) {
        before.close();
      }
    }
  }

  @Override
  public void writeVectors(String name, long rows) throws IOException {
    write(name, LanceRows.vectors(allocator, 0, rows), WriteMode.OVERWRITE);
  }

  @Override
  public void append(String name, long first, int rows) throws IOException {
    write(name, LanceRows.vectors(allocator, first, first + rows), WriteMode.APPEND);
  }

  @Override
  public void writeBlobs(String name, int rows) throws IOException {
    write(name, LanceRows.blobs(allocator, rows), WriteMode.OVERWRITE);
  }

  @Override
  public List<Object> nearest(String name, float[] to, int count, boolean cosine) throws Exception {
    Query query =
        new Query.Builder()
            .setColumn("e")
            .setKey(to)
            .setK(count)
            .setUseIndex(false)
            .setDistanceType(cosine ? DistanceType.Cosine : DistanceType.L2)
            .build();
    ScanOptions options =
        new ScanOptions.Builder().nearest(query).columns(List.of("id", "_distance")).build();
    List<Object> ids = new ArrayList<>();
    scan(
        name,
        options,
        batch -> {
          for (int i = 0; i < batch.getRowCount(); i++) {
            ids.add(((BigIntVector) batch.getVector("id")).get(i));
          }
        });
    return ids;
  }

  @Override
  public Object take(String name, long[] positions) throws IOException {
    Taken taken = new Taken();
    List<Long> places = Arrays.stream(positions).boxed().toList();
    try (ArrowReader reader = dataset(name).take(places, COLUMNS)) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot batch = reader.getVectorSchemaRoot();
        FixedSizeListVector vectors = (FixedSizeListVector) batch.getVector("e");
        Float4Vector numbers = (Float4Vector) vectors.getDataVector();
        for (int i = 0; i < batch.getRowCount(); i++) {
          float[] vector = new float[Rows.EXTENT];
          for (int k = 0; k < vector.length; k++) {
            vector[k] = numbers.get(vectors.getElementStartIndex(i) + k);
          }
          taken.add(
              ((BigIntVector) batch.getVector("id")).get(i),
              ((IntVector) batch.getVector("label")).get(i),
              ((VarCharVector) batch.getVector("caption")).getObject(i).toString(),
              vector);
        }
      }
    }
    return taken.sum();
  }

  @Override
  public long scanBlobs(String name) throws Exception {
    long[] bytes = new long[1];
    scan(
        name,
        new ScanOptions.Builder().columns(List.of("b")).build(),
        batch -> {
          VarBinaryVector blobs = (VarBinaryVector) batch.getVector("b");
          for (int i = 0; i < blobs.getValueCount(); i++) {
            bytes[0] += blobs.get(i).length;
          }
        });
    return bytes[0];
  }

  /** A scanner's close may throw InterruptedException; nothing here interrupts. */
  @SuppressWarnings("try")
  private void scan(String name, ScanOptions options, Consumer<VectorSchemaRoot> batches)
      throws Exception {
    try (LanceScanner scanner = dataset(name).newScan(options);
        ArrowReader reader = scanner.scanBatches()) {
      while (reader.loadNextBatch()) {
        batches.accept(reader.getVectorSchemaRoot());
      }
    }
  }

  @Override
  public long getBlobs(String name, long[] positions) throws IOException {
    long sum = 0;
    for (long position : positions) {
      try (ArrowReader reader = dataset(name).take(List.of(position), List.of("b"))) {
        reader.loadNextBatch();
        byte[] blob = ((VarBinaryVector) reader.getVectorSchemaRoot().getVector("b")).get(0);
        sum += blob.length + blob[0];
      }
    }
    return sum;
  }

  @Override
  public void update(String name, long[] ids, int label) throws Exception {
    MergeInsertParams how =
        new MergeInsertParams(List.of("id"))
            .withMatchedUpdateAll()
            .withNotMatched(WhenNotMatched.DoNothing);
    Map<Long, Integer> labels =
        Arrays.stream(ids).boxed().collect(Collectors.toMap(id -> id, id -> label));
    try (ArrowReader rows = LanceRows.changed(allocator, ids, labels);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, rows, stream);
      Dataset before = dataset(name);
      open.put(name, before.mergeInsert(how, stream).dataset());
      before.close();
    }
  }

  /** By the version that last updated each row: the library's DatasetDelta has no native part. */
  @Override
  public long changed(String name) throws Exception {
    ScanOptions options =
        new ScanOptions.Builder()
            .columns(List.of("id", "label", "caption", "e"))
            .filter("_row_last_updated_at_version = " + dataset(name).version())
            .build();
    long[] rows = new long[1];
    scan(name, options, batch -> rows[0] += batch.getRowCount());
    return rows[0];
  }

  @Override
  public void close() {
    open.values().forEach(Dataset::close);
    allocator.close();
  }
}
