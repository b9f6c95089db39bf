package io.versor.engine.copy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.engine.TensorValue;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.math.BigDecimal;
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
      value(row.get(i), columns.get(i).type().htype());
    }
    out.writeEndObject();
  }

  private void value(@Nullable Object value, Htype htype) throws IOException, StoreException {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof byte[] bytes) {
      out.writeBinary(bytes);
    } else if (value instanceof BigDecimal decimal) {
      out.writeNumber(decimal.toPlainString());
    } else if (value instanceof Number) {
      number(value.toString());
    } else if (value instanceof TensorValue tensor) {
      tensor(tensor, 0, 0, tensor.elements());
    } else if (value instanceof String text && (htype == Htype.JSON || htype == Htype.LIST)) {
      // A line end cannot be inside of a string of JSON, so it is white space and may be another.
      out.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
    } else {
      out.writeString(TextForms.of(value));
    }
  }

  /** JSON has no word for NaN and Infinity, so these are strings. */
  private void number(String text) throws IOException {
    if (text.endsWith("N") || text.endsWith("y")) {
      out.writeString(text);
    } else {
      out.writeNumber(text);
    }
  }

  private void tensor(TensorValue tensor, int depth, int from, int count) throws IOException {
    if (depth == tensor.rank()) {
      String text = TextForms.element(tensor, from);
      if (text.endsWith("e")) {
        out.writeBoolean(text.equals("true"));
      } else {
        number(text);
      }
      return;
    }
    int extent = tensor.shape()[depth];
    out.writeStartArray();
    for (int i = 0; i < extent; i++) {
      tensor(tensor, depth + 1, from + i * (count / extent), count / extent);
    }
    out.writeEndArray();
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
