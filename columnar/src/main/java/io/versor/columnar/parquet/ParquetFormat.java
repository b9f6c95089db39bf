package io.versor.columnar.parquet;

import io.versor.columnar.ColumnNames;
import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.engine.copy.CopyOptions;
import io.versor.engine.copy.FileByFile;
import io.versor.engine.copy.FileFormat;
import io.versor.engine.copy.RowSource;
import io.versor.engine.copy.RowTarget;
import io.versor.engine.copy.RowsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Parquet. */
public final class ParquetFormat implements FileFormat {
  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public List<String> endings() {
    return List.of("parquet", "pq");
  }

  @Override
  public RowSource source(CopyOptions options) {
    return (files, wanted) -> new FileByFile(files, file -> ParquetReader.open(file, wanted));
  }

  @Override
  public RowTarget target(CopyOptions options) throws StatementException {
    String word =
        options
            .word("compression", List.of("zstd", "snappy", "gzip", "uncompressed"))
            .orElse("zstd");
    CompressionCodecName codec =
        switch (word) {
          case "snappy" -> CompressionCodecName.SNAPPY;
          case "gzip" -> CompressionCodecName.GZIP;
          case "zstd" -> CompressionCodecName.ZSTD;
          default -> CompressionCodecName.UNCOMPRESSED;
        };
    return new RowTarget() {
      @Override
      public RowsWriter open(Path path, List<ColumnInfo> columns)
          throws IOException, StatementException {
        ColumnNames.check(columns);
        return new ParquetWriter(path, columns, codec);
      }
    };
  }
}
