package io.versor.columnar.arrow;

import io.versor.columnar.ColumnNames;
import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.engine.copy.CopyOptions;
import io.versor.engine.copy.FileByFile;
import io.versor.engine.copy.FileFormat;
import io.versor.engine.copy.RowSource;
import io.versor.engine.copy.RowTarget;
import io.versor.engine.copy.RowsWriter;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Arrow IPC: files (Feather 2 is another name of them) and streams. */
public final class ArrowFormat implements FileFormat {
  private static final String STREAM_ENDING = ".arrows";

  @Override
  public String name() {
    return "arrow";
  }

  @Override
  public List<String> endings() {
    return List.of("arrow", "feather", "ipc", "arrows");
  }

  @Override
  public RowSource source(CopyOptions options) {
    return (files, wanted) -> new FileByFile(files, file -> ArrowReader.open(file, wanted));
  }

  @Override
  public RowTarget target(CopyOptions options) throws StatementException {
    boolean packed =
        options
            .word("compression", List.of("zstd", "uncompressed"))
            .map("zstd"::equals)
            .orElse(false);
    return new RowTarget() {
      @Override
      public RowsWriter open(Path path, List<ColumnInfo> columns)
          throws IOException, StoreException, StatementException {
        ColumnNames.check(columns);
        boolean stream = path.toString().toLowerCase(Locale.ROOT).endsWith(STREAM_ENDING);
        return new ArrowWriter(path, columns, stream, packed);
      }
    };
  }
}
