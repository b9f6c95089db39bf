package io.versor.engine.copy;

import io.versor.engine.ColumnInfo;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes CSV: quotes where they are needed, lines that end in LF. */
final class CsvWriter implements RowsWriter {
  private final BufferedWriter out;
  private final CsvDialect dialect;
  private final List<ColumnInfo> columns;

  /** Of an encoding that does not have every character. */
  private final @Nullable CharsetEncoder limited;

  CsvWriter(Path path, CsvDialect dialect, boolean header, List<ColumnInfo> columns)
      throws IOException, StoreException {
    this.dialect = dialect;
    this.columns = columns;
    boolean unicode = dialect.encoding().name().startsWith("UTF-");
    this.limited = unicode ? null : dialect.encoding().newEncoder();
    this.out =
        new BufferedWriter(
            new OutputStreamWriter(
                TargetFile.open(path),
                dialect
                    .encoding()
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    if (header) {
      for (int i = 0; i < columns.size(); i++) {
        field(columns.get(i).label(), i);
      }
      out.write('\n');
    }
  }

  @Override
  public void add(List<@Nullable Object> row) throws IOException, StoreException {
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      field(value == null ? null : TextForms.of(value, columns.get(i).type()), i);
    }
    out.write('\n');
  }

  private void field(@Nullable String text, int place) throws IOException, StoreException {
    if (place > 0) {
      out.write(dialect.delimiter());
    }
    if (text == null) {
      out.write(dialect.nullText());
      return;
    }
    if (limited != null && !limited.canEncode(text)) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "'" + JsonValues.cut(text) + "' cannot be written in " + dialect.encoding());
    }
    if (needsQuotes(text)) {
      quoted(text);
    } else {
      out.write(text);
    }
  }

  private boolean needsQuotes(String text) {
    if (text.equals(dialect.nullText())) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == dialect.delimiter() || c == dialect.quote() || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  private void quoted(String text) throws IOException {
    out.write(dialect.quote());
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == dialect.quote() || c == dialect.escape()) {
        out.write(text, from, i - from);
        out.write(dialect.escape());
        from = i;
      }
    }
    out.write(text, from, text.length() - from);
    out.write(dialect.quote());
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
