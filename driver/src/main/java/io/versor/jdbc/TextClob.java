package io.versor.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** Text as {@link Clob}. Writing to it changes the clob, not the row it came from. */
final class TextClob implements NClob {
  private String text;
  private boolean freed;

  TextClob(String text) {
    this.text = text;
  }

  private String text() throws SQLException {
    if (freed) {
      throw new SQLDataException("the clob was freed", SqlStates.WRONG_STATE);
    }
    return text;
  }

  @Override
  public long length() throws SQLException {
    return text().length();
  }

  @Override
  public String getSubString(long position, int length) throws SQLException {
    String all = text();
    if (position < 1 || length < 0 || position > all.length() + 1L) {
      throw outside(position, length);
    }
    int from = (int) (position - 1);
    return all.substring(from, (int) Math.min(all.length(), (long) from + length));
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    return new StringReader(text());
  }

  @Override
  public Reader getCharacterStream(long position, long length) throws SQLException {
    return new StringReader(
        getSubString(position, (int) Math.max(-1, Math.min(length, Integer.MAX_VALUE))));
  }

  @Override
  public InputStream getAsciiStream() throws SQLException {
    return new ByteArrayInputStream(text().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public long position(String pattern, long start) throws SQLException {
    if (pattern == null) {
      throw missing("the text to look for is");
    }
    if (start < 1) {
      throw outside(start, pattern.length());
    }
    if (start > text().length()) {
      return -1;
    }
    int found = text().indexOf(pattern, (int) (start - 1));
    return found < 0 ? -1 : found + 1L;
  }

  @Override
  public long position(Clob pattern, long start) throws SQLException {
    if (pattern == null) {
      throw missing("the clob to look for is");
    }
    if (pattern.length() > length()) {
      return -1;
    }
    return position(pattern.getSubString(1, Math.toIntExact(pattern.length())), start);
  }

  @Override
  public int setString(long position, String from) throws SQLException {
    return setString(position, from, 0, from == null ? 0 : from.length());
  }

  @Override
  public int setString(long position, String from, int offset, int length) throws SQLException {
    String all = text();
    if (from == null) {
      throw missing("the text to write is");
    }
    if (offset < 0 || length < 0 || (long) offset + length > from.length()) {
      throw new SQLDataException(
          "offset "
              + offset
              + ", length "
              + length
              + " in a text of "
              + from.length()
              + " characters",
          SqlStates.INVALID_PARAMETER);
    }
    if (position < 1 || position > all.length() + 1L) {
      throw outside(position, length);
    }
    int start = (int) (position - 1);
    String after = start + length < all.length() ? all.substring(start + length) : "";
    text = all.substring(0, start) + from.substring(offset, offset + length) + after;
    return length;
  }

  @Override
  public OutputStream setAsciiStream(long position) throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "a clob is written as characters; use setCharacterStream", SqlStates.UNSUPPORTED);
  }

  @Override
  public Writer setCharacterStream(long position) throws SQLException {
    if (position < 1 || position > length() + 1) {
      throw outside(position, 0);
    }
    return new StringWriter() {
      @Override
      public void close() {
        try {
          setString(position, toString());
        } catch (SQLException e) {
          throw new IllegalStateException(e.getMessage(), e); // freed while it was written
        }
      }
    };
  }

  @Override
  public void truncate(long length) throws SQLException {
    if (length < 0 || length > length()) {
      throw outside(1, length);
    }
    text = text().substring(0, (int) length);
  }

  @Override
  public void free() {
    freed = true;
    text = "";
  }

  private static SQLException missing(String what) {
    return new SQLDataException(what + " null", SqlStates.INVALID_PARAMETER);
  }

  private SQLException outside(long position, long length) {
    return new SQLDataException(
        "position "
            + position
            + ", length "
            + length
            + " in a clob of "
            + text.length()
            + " characters",
        SqlStates.INVALID_PARAMETER);
  }
}
