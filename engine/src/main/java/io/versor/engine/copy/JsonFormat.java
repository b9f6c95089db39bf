package io.versor.engine.copy;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Objects in JSON, one in a line, or as elements of an array that is the whole file. */
final class JsonFormat implements FileFormat {
  @Override
  public String name() {
    return "json";
  }

  @Override
  public List<String> endings() {
    return List.of("json", "jsonl", "ndjson");
  }

  @Override
  public RowSource source(CopyOptions options) {
    return (files, wanted) -> {
      if (wanted.hasPositions()) {
        throw new StatementException("22023", "fields of JSON have names, no positions");
      }
      return new FileByFile(files, file -> Reader.open(file, wanted));
    };
  }

  @Override
  public RowTarget target(CopyOptions options) {
    return new RowTarget() {
      @Override
      public RowsWriter open(Path path, List<ColumnInfo> columns)
          throws IOException, StatementException {
        return new JsonWriter(path, columns);
      }
    };
  }

  /** One file. */
  private record Reader(
      RecordInput input, SourceFile file, Wanted wanted, Optional<JsonElements> elements)
      implements RowsReader {
    static Reader open(SourceFile file, Wanted wanted) throws IOException {
      JsonElements elements = new JsonElements();
      var in = file.open();
      try {
        RecordInput lines = new RecordInput(in, file.name(), new RecordCutter.Lines());
        lines.skipMark();
        return lines.peek() == '['
            ? new Reader(lines.cutBy(elements), file, wanted, Optional.of(elements))
            : new Reader(lines, file, wanted, Optional.empty());
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    }

    @Override
    public Optional<RawRows> next() throws IOException, StoreException {
      Optional<Records> records = input.next();
      if (records.isEmpty() && elements.isPresent() && !elements.get().isClosed()) {
        throw new StoreException(
            Code.INVALID_VALUE,
            file.name()
                + ": the array that the file begins with has no end; was the file cut off?");
      }
      return records.map(rows -> () -> new JsonRows(rows, file.name(), wanted));
    }

    @Override
    public void close() throws IOException {
      input.close();
    }
  }
}
