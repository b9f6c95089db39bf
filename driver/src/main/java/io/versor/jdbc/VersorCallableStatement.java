package io.versor.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/**
 * {@code {call versor.merge_branch(?, ?)}}. Procedures take arguments by position and answer with
 * rows, so everything about named and out parameters is refused; it is this class's only content.
 */
final class VersorCallableStatement extends VersorPreparedStatement implements CallableStatement {
  VersorCallableStatement(VersorConnection connection, String sql, int resultType)
      throws SQLException {
    super(connection, sql, resultType);
  }

  private static SQLException noOutParameters() {
    return new SQLFeatureNotSupportedException(
        "procedures have no out parameters; what they return is in the result set",
        SqlStates.UNSUPPORTED);
  }

  private static SQLException noNames() {
    return new SQLFeatureNotSupportedException(
        "arguments of a call are set by position", SqlStates.UNSUPPORTED);
  }

  @Override
  public boolean wasNull() throws SQLException {
    throw noOutParameters();
  }

  @Override
  @Deprecated
  public BigDecimal getBigDecimal(int index, int scale) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public void registerOutParameter(int index, int type) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public void registerOutParameter(int index, int type, int scale) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public void registerOutParameter(int index, int type, String typeName) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public String getString(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public boolean getBoolean(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public byte getByte(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public short getShort(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public int getInt(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public long getLong(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public float getFloat(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public double getDouble(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public byte[] getBytes(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Date getDate(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Time getTime(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Timestamp getTimestamp(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Object getObject(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public BigDecimal getBigDecimal(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Object getObject(int index, Map<String, Class<?>> map) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Ref getRef(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Blob getBlob(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Clob getClob(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Array getArray(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Date getDate(int index, Calendar calendar) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Time getTime(int index, Calendar calendar) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Timestamp getTimestamp(int index, Calendar calendar) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public URL getURL(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public RowId getRowId(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public NClob getNClob(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public SQLXML getSQLXML(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public String getNString(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Reader getNCharacterStream(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Reader getCharacterStream(int index) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public <T> T getObject(int index, Class<T> type) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public void registerOutParameter(String name, int type) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public void registerOutParameter(String name, int type, int scale) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public void registerOutParameter(String name, int type, String typeName) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public String getString(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public boolean getBoolean(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public byte getByte(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public short getShort(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public int getInt(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public long getLong(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public float getFloat(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public double getDouble(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public byte[] getBytes(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Date getDate(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Time getTime(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Timestamp getTimestamp(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Object getObject(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public BigDecimal getBigDecimal(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Object getObject(String name, Map<String, Class<?>> map) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Ref getRef(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Blob getBlob(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Clob getClob(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Array getArray(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Date getDate(String name, Calendar calendar) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Time getTime(String name, Calendar calendar) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Timestamp getTimestamp(String name, Calendar calendar) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public URL getURL(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public RowId getRowId(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public NClob getNClob(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public SQLXML getSQLXML(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public String getNString(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Reader getNCharacterStream(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public Reader getCharacterStream(String name) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public <T> T getObject(String name, Class<T> type) throws SQLException {
    throw noOutParameters();
  }

  @Override
  public void setNull(String name, int type) throws SQLException {
    throw noNames();
  }

  @Override
  public void setNull(String name, int type, String typeName) throws SQLException {
    throw noNames();
  }

  @Override
  public void setBoolean(String name, boolean x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setByte(String name, byte x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setShort(String name, short x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setInt(String name, int x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setLong(String name, long x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setFloat(String name, float x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setDouble(String name, double x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setBigDecimal(String name, BigDecimal x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setString(String name, String x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setNString(String name, String x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setBytes(String name, byte[] x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setDate(String name, Date x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setDate(String name, Date x, Calendar calendar) throws SQLException {
    throw noNames();
  }

  @Override
  public void setTime(String name, Time x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setTime(String name, Time x, Calendar calendar) throws SQLException {
    throw noNames();
  }

  @Override
  public void setTimestamp(String name, Timestamp x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setTimestamp(String name, Timestamp x, Calendar calendar) throws SQLException {
    throw noNames();
  }

  @Override
  public void setObject(String name, Object x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setObject(String name, Object x, int type) throws SQLException {
    throw noNames();
  }

  @Override
  public void setObject(String name, Object x, int type, int scale) throws SQLException {
    throw noNames();
  }

  @Override
  public void setAsciiStream(String name, InputStream x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setAsciiStream(String name, InputStream x, int length) throws SQLException {
    throw noNames();
  }

  @Override
  public void setAsciiStream(String name, InputStream x, long length) throws SQLException {
    throw noNames();
  }

  @Override
  public void setBinaryStream(String name, InputStream x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setBinaryStream(String name, InputStream x, int length) throws SQLException {
    throw noNames();
  }

  @Override
  public void setBinaryStream(String name, InputStream x, long length) throws SQLException {
    throw noNames();
  }

  @Override
  public void setCharacterStream(String name, Reader x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setCharacterStream(String name, Reader x, int length) throws SQLException {
    throw noNames();
  }

  @Override
  public void setCharacterStream(String name, Reader x, long length) throws SQLException {
    throw noNames();
  }

  @Override
  public void setNCharacterStream(String name, Reader x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setNCharacterStream(String name, Reader x, long length) throws SQLException {
    throw noNames();
  }

  @Override
  public void setBlob(String name, Blob x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setBlob(String name, InputStream x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setBlob(String name, InputStream x, long length) throws SQLException {
    throw noNames();
  }

  @Override
  public void setClob(String name, Clob x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setClob(String name, Reader x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setClob(String name, Reader x, long length) throws SQLException {
    throw noNames();
  }

  @Override
  public void setNClob(String name, NClob x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setNClob(String name, Reader x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setNClob(String name, Reader x, long length) throws SQLException {
    throw noNames();
  }

  @Override
  public void setRowId(String name, RowId x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setSQLXML(String name, SQLXML x) throws SQLException {
    throw noNames();
  }

  @Override
  public void setURL(String name, URL x) throws SQLException {
    throw noNames();
  }
}
