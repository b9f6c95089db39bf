package io.versor.columnar.parquet;

import io.versor.columnar.ColumnNames;
import io.versor.engine.ColumnInfo;
import io.versor.engine.copy.RowsWriter;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Writes one file, a row group after the other; one of them is in memory. */
final class ParquetWriter implements RowsWriter {
  /** Bytes of a row group before they are encoded, unless one row has more. */
  private static final long GROUP_BYTES = 64L << 20;

  /** Rows of a row group, as other writers have them. */
  private static final int GROUP_ROWS = 1 << 20;

  private final List<ColumnInfo> columns;
  private final MessageType schema;
  private final ParquetProperties properties;
  private final BytesInputCompressor compressor;
  private final ParquetFileWriter file;
  private final List<ValueWriter> writers = new ArrayList<>();
  private @Nullable ColumnChunkPageWriteStore pages;
  private @Nullable ColumnWriteStore store;
  private long rows;
  private long number;

  ParquetWriter(Path path, List<ColumnInfo> columns, CompressionCodecName codec)
      throws IOException {
    this.columns = columns;
    this.schema = WriteSchema.of(columns);
    this.properties = properties();
    this.compressor = Codecs.compressor(codec);
    this.file =
        new ParquetFileWriter(
            new LocalOutputFile(path),
            schema,
            ParquetFileWriter.Mode.CREATE,
            GROUP_BYTES,
            0,
            properties.getColumnIndexTruncateLength(),
            properties.getStatisticsTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    try {
      file.start();
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private ParquetProperties properties() {
    ParquetProperties.Builder builder =
        ParquetProperties.builder()
            .withAllocator(new HeapByteBufferAllocator())
            // A page is looked at after its first row: that may be a film.
            .withMinRowCountForPageSizeCheck(1);
    for (int i = 0; i < columns.size(); i++) {
      TensorType type = columns.get(i).type();
      boolean tensor = type.element().orElse(type).shape().rank() > 0;
      if (tensor) {
        // Nobody looks for the least number of all embeddings, and none of them is there twice.
        String path = String.join(".", schema.getColumns().get(i).getPath());
        builder
            .withDictionaryEncoding(path, false)
            .withStatisticsEnabled(path, false)
            .withSizeStatisticsEnabled(path, false);
      }
    }
    return builder.build();
  }

  private ColumnWriteStore group() {
    ColumnWriteStore open = store;
    if (open == null) {
      pages =
          new ColumnChunkPageWriteStore(
              compressor,
              schema,
              properties.getAllocator(),
              properties.getColumnIndexTruncateLength(),
              properties.getPageWriteChecksumEnabled());
      open = properties.newColumnWriteStore(schema, pages, pages);
      store = open;
      writers.clear();
      for (int i = 0; i < columns.size(); i++) {
        ColumnDescriptor column = schema.getColumns().get(i);
        writers.add(new ValueWriter(open.getColumnWriter(column), columns.get(i).type()));
      }
    }
    return open;
  }

  @Override
  public void add(List<@Nullable Object> row) throws IOException, StoreException {
    ColumnWriteStore open = group();
    long bytes = 0;
    for (int i = 0; i < writers.size(); i++) {
      try {
        writers.get(i).add(row.get(i));
      } catch (StoreException e) {
        throw ColumnNames.unwritable(columns.get(i), number + 1, e);
      }
      bytes += writers.get(i).bytes();
    }
    open.endRecord();
    rows++;
    number++;
    if (bytes >= GROUP_BYTES || rows == GROUP_ROWS) {
      flush();
    }
  }

  private void flush() throws IOException {
    ColumnWriteStore open = store;
    ColumnChunkPageWriteStore written = pages;
    if (open == null || written == null) {
      return;
    }
    file.startBlock(rows);
    open.flush();
    written.flushToFileWriter(file);
    file.endBlock();
    closeGroup();
    rows = 0;
  }

  private void closeGroup() {
    if (store != null) {
      store.close();
    }
    if (pages != null) {
      pages.close();
    }
    store = null;
    pages = null;
  }

  @Override
  public void finish() throws IOException {
    flush();
    file.end(Map.of());
  }

  @Override
  public void close() throws IOException {
    closeGroup();
    file.close();
  }
}
