package io.versor.engine.copy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes JSON objects, one in a line; bytes in Base64. */
final class JsonWriter implements RowsWriter {
  private final List<ColumnInfo> columns;
  private final JsonGenerator out;
  private boolean any;

  JsonWriter(Path path, List<ColumnInfo> columns) throws IOException, StatementException {
    Set<String> names = new HashSet<>();
    for (ColumnInfo column : columns) {
      if (!names.add(column.label())) {
        throw new StatementException(
            "42701",
            "two columns are called " + column.label() + "; give one another name with AS");
      }
    }
    this.columns = columns;
    this.out = JsonValues.JSON.createGenerator(TargetFile.open(path));
    out.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  @Override
  public void add(List<@Nullable Object> row) throws IOException, StoreException {
    any = true;
    out.writeStartObject();
    for (int i = 0; i < row.size(); i++) {
      out.writeFieldName(columns.get(i).label());
      JsonCells.write(out, row.get(i), columns.get(i).type());
    }
    out.writeEndObject();
  }

  @Override
  public void finish() throws IOException {
    if (any) {
      out.writeRaw('\n');
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
