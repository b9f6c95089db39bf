package io.versor.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;

/** Reads the streams that callers hand to parameters. */
final class Streams {
  /** Read to the end, whatever the length. */
  static final long ALL = -1;

  /** The largest sample of the store; a stream that goes on is refused before it fills the heap. */
  private static final int MAX_BYTES = 1 << 30;

  private static final int STEP = 1 << 16;

  private Streams() {}

  static long checked(long length) throws SQLException {
    if (length < 0 || length > MAX_BYTES) {
      throw new SQLDataException(
          "a stream of length " + length + "; expected 0 to " + MAX_BYTES,
          SqlStates.INVALID_PARAMETER);
    }
    return length;
  }

  static byte[] bytes(InputStream in, long length) throws SQLException {
    try {
      int limit = length == ALL ? MAX_BYTES : (int) length;
      byte[] bytes = in.readNBytes(limit);
      if (length != ALL && bytes.length < length) {
        throw tooShort(bytes.length, length);
      }
      if (length == ALL && bytes.length == limit && in.read() >= 0) {
        throw tooLong();
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  static String ascii(InputStream in, long length) throws SQLException {
    return decoded(in, length, StandardCharsets.ISO_8859_1);
  }

  static String utf16(InputStream in, long length) throws SQLException {
    return decoded(in, length, StandardCharsets.UTF_16BE);
  }

  private static String decoded(InputStream in, long length, Charset charset) throws SQLException {
    return new String(bytes(in, length), charset);
  }

  static String text(Reader in, long length) throws SQLException {
    int limit = length == ALL ? MAX_BYTES : (int) length;
    StringBuilder text = new StringBuilder();
    char[] buffer = new char[Math.max(1, Math.min(STEP, limit))];
    try {
      while (text.length() < limit) {
        int read = in.read(buffer, 0, Math.min(buffer.length, limit - text.length()));
        if (read < 0) {
          break;
        }
        text.append(buffer, 0, read);
      }
      if (length != ALL && text.length() < length) {
        throw tooShort(text.length(), length);
      }
      if (length == ALL && text.length() == limit && in.read() >= 0) {
        throw tooLong();
      }
      return text.toString();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static SQLException tooShort(long found, long expected) {
    return new SQLDataException(
        "the stream ended after " + found + ", its length was given as " + expected,
        SqlStates.INVALID_PARAMETER);
  }

  private static SQLException tooLong() {
    return new SQLDataException("the stream has more than " + MAX_BYTES + " bytes", "22001");
  }

  private static SQLException unreadable(IOException e) {
    return new SQLNonTransientException(
        "the stream of a parameter cannot be read: " + e.getMessage(), SqlStates.IO, e);
  }
}
