package io.versor.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Arrays;

/** Bytes as {@link Blob}. Writing to it changes the blob, not the row it came from. */
final class BytesBlob implements Blob {
  private byte[] bytes;
  private boolean freed;

  BytesBlob(byte[] bytes) {
    this.bytes = bytes;
  }

  private byte[] bytes() throws SQLException {
    if (freed) {
      throw new SQLDataException("the blob was freed", SqlStates.WRONG_STATE);
    }
    return bytes;
  }

  @Override
  public long length() throws SQLException {
    return bytes().length;
  }

  @Override
  public byte[] getBytes(long position, int length) throws SQLException {
    byte[] all = bytes();
    if (position < 1 || length < 0 || position > all.length + 1L) {
      throw outside(position, length);
    }
    int from = (int) (position - 1);
    return Arrays.copyOfRange(all, from, (int) Math.min(all.length, (long) from + length));
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    return new ByteArrayInputStream(bytes());
  }

  @Override
  public InputStream getBinaryStream(long position, long length) throws SQLException {
    if (position < 1 || length < 0 || length > bytes().length - (position - 1)) {
      throw outside(position, length);
    }
    return new ByteArrayInputStream(bytes(), (int) (position - 1), (int) length);
  }

  @Override
  public long position(byte[] pattern, long start) throws SQLException {
    byte[] all = bytes();
    if (pattern == null) {
      throw missing("the bytes to look for are");
    }
    if (start < 1) {
      throw outside(start, pattern.length);
    }
    for (long at = start - 1; at <= (long) all.length - pattern.length; at++) {
      int from = (int) at;
      if (Arrays.equals(all, from, from + pattern.length, pattern, 0, pattern.length)) {
        return at + 1;
      }
    }
    return -1;
  }

  @Override
  public long position(Blob pattern, long start) throws SQLException {
    if (pattern == null) {
      throw missing("the blob to look for is");
    }
    if (pattern.length() > length()) {
      return -1;
    }
    return position(pattern.getBytes(1, Math.toIntExact(pattern.length())), start);
  }

  @Override
  public int setBytes(long position, byte[] from) throws SQLException {
    return setBytes(position, from, 0, from == null ? 0 : from.length);
  }

  @Override
  public int setBytes(long position, byte[] from, int offset, int length) throws SQLException {
    byte[] all = bytes();
    if (from == null) {
      throw missing("the bytes to write are");
    }
    if (offset < 0 || length < 0 || (long) offset + length > from.length) {
      throw new SQLDataException(
          "offset " + offset + ", length " + length + " in an array of " + from.length + " bytes",
          SqlStates.INVALID_PARAMETER);
    }
    if (position < 1 || position > all.length + 1L) {
      throw outside(position, length);
    }
    int start = (int) (position - 1);
    byte[] larger = Arrays.copyOf(all, Math.max(all.length, Math.addExact(start, length)));
    System.arraycopy(from, offset, larger, start, length);
    bytes = larger;
    return length;
  }

  @Override
  public OutputStream setBinaryStream(long position) throws SQLException {
    if (position < 1 || position > length() + 1) {
      throw outside(position, 0);
    }
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        try {
          setBytes(position, toByteArray());
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
    bytes = Arrays.copyOf(bytes(), (int) length);
  }

  @Override
  public void free() {
    freed = true;
    bytes = new byte[0];
  }

  private static SQLException missing(String what) {
    return new SQLDataException(what + " null", SqlStates.INVALID_PARAMETER);
  }

  private SQLException outside(long position, long length) {
    return new SQLDataException(
        "position " + position + ", length " + length + " in a blob of " + bytes.length + " bytes",
        SqlStates.INVALID_PARAMETER);
  }
}
