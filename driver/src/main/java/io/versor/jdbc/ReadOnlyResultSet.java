package io.versor.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/**
 * The half of {@link ResultSet} that writes, refused: rows are changed with UPDATE, INSERT and
 * DELETE. Kept apart so that {@link VersorResultSet} shows what there is.
 */
abstract class ReadOnlyResultSet implements ResultSet {
  abstract void checkOpen() throws SQLException;

  private static SQLException refused() {
    return new SQLFeatureNotSupportedException(
        "a result cannot be updated; use UPDATE, INSERT or DELETE", SqlStates.UNSUPPORTED);
  }

  @Override
  public final void updateNull(int c) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNull(String label) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBoolean(int c, boolean x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBoolean(String label, boolean x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateByte(int c, byte x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateByte(String label, byte x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateShort(int c, short x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateShort(String label, short x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateInt(int c, int x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateInt(String label, int x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateLong(int c, long x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateLong(String label, long x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateFloat(int c, float x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateFloat(String label, float x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateDouble(int c, double x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateDouble(String label, double x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBigDecimal(int c, BigDecimal x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBigDecimal(String label, BigDecimal x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateString(int c, String x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateString(String label, String x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBytes(int c, byte[] x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBytes(String label, byte[] x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateDate(int c, Date x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateDate(String label, Date x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateTime(int c, Time x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateTime(String label, Time x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateTimestamp(int c, Timestamp x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateTimestamp(String label, Timestamp x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateAsciiStream(int c, InputStream x, int n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateAsciiStream(String label, InputStream x, int n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBinaryStream(int c, InputStream x, int n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBinaryStream(String label, InputStream x, int n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateCharacterStream(int c, Reader x, int n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateCharacterStream(String label, Reader x, int n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateObject(int c, Object x, int scale) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateObject(String label, Object x, int scale) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateObject(int c, Object x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateObject(String label, Object x) throws SQLException {
    throw refused();
  }

  // The JDK's own answers to these have no SQLState.

  @Override
  public final void updateObject(int c, Object x, SQLType type, int scale) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateObject(String label, Object x, SQLType type, int scale)
      throws SQLException {
    throw refused();
  }

  @Override
  public final void updateObject(int c, Object x, SQLType type) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateObject(String label, Object x, SQLType type) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateRef(int c, Ref x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateRef(String label, Ref x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBlob(int c, Blob x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBlob(String label, Blob x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateClob(int c, Clob x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateClob(String label, Clob x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateArray(int c, Array x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateArray(String label, Array x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateRowId(int c, RowId x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateRowId(String label, RowId x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNString(int c, String x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNString(String label, String x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNClob(int c, NClob x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNClob(String label, NClob x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateSQLXML(int c, SQLXML x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateSQLXML(String label, SQLXML x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNCharacterStream(int c, Reader x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNCharacterStream(String label, Reader x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateAsciiStream(int c, InputStream x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateAsciiStream(String label, InputStream x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBinaryStream(int c, InputStream x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBinaryStream(String label, InputStream x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateCharacterStream(int c, Reader x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateCharacterStream(String label, Reader x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBlob(int c, InputStream x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBlob(String label, InputStream x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateClob(int c, Reader x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateClob(String label, Reader x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNClob(int c, Reader x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNClob(String label, Reader x, long n) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNCharacterStream(int c, Reader x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNCharacterStream(String label, Reader x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateAsciiStream(int c, InputStream x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateAsciiStream(String label, InputStream x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBinaryStream(int c, InputStream x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBinaryStream(String label, InputStream x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateCharacterStream(int c, Reader x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateCharacterStream(String label, Reader x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBlob(int c, InputStream x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateBlob(String label, InputStream x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateClob(int c, Reader x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateClob(String label, Reader x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNClob(int c, Reader x) throws SQLException {
    throw refused();
  }

  @Override
  public final void updateNClob(String label, Reader x) throws SQLException {
    throw refused();
  }

  @Override
  public final void insertRow() throws SQLException {
    throw refused();
  }

  @Override
  public final void updateRow() throws SQLException {
    throw refused();
  }

  @Override
  public final void deleteRow() throws SQLException {
    throw refused();
  }

  @Override
  public final void refreshRow() throws SQLException {
    throw refused();
  }

  @Override
  public final void cancelRowUpdates() throws SQLException {
    throw refused();
  }

  @Override
  public final void moveToInsertRow() throws SQLException {
    throw refused();
  }

  @Override
  public final void moveToCurrentRow() throws SQLException {
    throw refused();
  }

  @Override
  public final boolean rowUpdated() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public final boolean rowInserted() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public final boolean rowDeleted() throws SQLException {
    checkOpen();
    return false;
  }
}
