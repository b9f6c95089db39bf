package io.versor.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows whose texts and binary values are cut off, as {@code setMaxFieldSize} asks for. */
final class CutCursor implements RowCursor {
  private final RowCursor rows;
  private final int maxBytes;

  CutCursor(RowCursor rows, int maxBytes) {
    this.rows = rows;
    this.maxBytes = maxBytes;
  }

  @Override
  public @Nullable Object objectAt(int column) throws SQLException {
    Object value = rows.objectAt(column);
    if (value instanceof byte[] bytes && bytes.length > maxBytes) {
      return Arrays.copyOf(bytes, maxBytes);
    }
    return value instanceof String text ? cut(text) : value;
  }

  /** Whole characters that have at most so many bytes in UTF-8. */
  private String cut(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int end = i + Character.charCount(text.codePointAt(i));
      bytes += text.substring(i, end).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > maxBytes) {
        return text.substring(0, i);
      }
      i = end;
    }
    return text;
  }

  @Override
  public List<ResultColumn> columns() {
    return rows.columns();
  }

  @Override
  public boolean next() throws SQLException {
    return rows.next();
  }

  @Override
  public boolean isNull(int column) throws SQLException {
    return rows.isNull(column);
  }

  @Override
  public long longAt(int column) throws SQLException {
    return rows.longAt(column);
  }

  @Override
  public double doubleAt(int column) throws SQLException {
    return rows.doubleAt(column);
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}
