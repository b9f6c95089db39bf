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
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.List;
import java.util.Map;

/**
 * {@code {call versor.merge_branch(?, ?)}}. Parameters are set by position, or by the name the
 * procedure has for the argument that a {@code ?} is. Procedures answer with rows, so everything
 * about out parameters is refused.
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

  /** The place of a parameter by the name the procedure gives it, in any case. */
  private int index(String name) throws SQLException {
    checkOpen();
    List<String> names = parameterNames();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return i + 1;
      }
    }
    throw new SQLDataException(
        "no ? of this call is the parameter "
            + name
            + (names.isEmpty()
                ? "; it has no parameters with names"
                : "; they are " + String.join(", ", names)),
        SqlStates.INVALID_DESCRIPTOR_INDEX);
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
    setNull(index(name), type);
  }

  @Override
  public void setNull(String name, int type, String typeName) throws SQLException {
    setNull(index(name), type, typeName);
  }

  @Override
  public void setBoolean(String name, boolean x) throws SQLException {
    setBoolean(index(name), x);
  }

  @Override
  public void setByte(String name, byte x) throws SQLException {
    setByte(index(name), x);
  }

  @Override
  public void setShort(String name, short x) throws SQLException {
    setShort(index(name), x);
  }

  @Override
  public void setInt(String name, int x) throws SQLException {
    setInt(index(name), x);
  }

  @Override
  public void setLong(String name, long x) throws SQLException {
    setLong(index(name), x);
  }

  @Override
  public void setFloat(String name, float x) throws SQLException {
    setFloat(index(name), x);
  }

  @Override
  public void setDouble(String name, double x) throws SQLException {
    setDouble(index(name), x);
  }

  @Override
  public void setBigDecimal(String name, BigDecimal x) throws SQLException {
    setBigDecimal(index(name), x);
  }

  @Override
  public void setString(String name, String x) throws SQLException {
    setString(index(name), x);
  }

  @Override
  public void setNString(String name, String x) throws SQLException {
    setNString(index(name), x);
  }

  @Override
  public void setBytes(String name, byte[] x) throws SQLException {
    setBytes(index(name), x);
  }

  @Override
  public void setDate(String name, Date x) throws SQLException {
    setDate(index(name), x);
  }

  @Override
  public void setDate(String name, Date x, Calendar calendar) throws SQLException {
    setDate(index(name), x, calendar);
  }

  @Override
  public void setTime(String name, Time x) throws SQLException {
    setTime(index(name), x);
  }

  @Override
  public void setTime(String name, Time x, Calendar calendar) throws SQLException {
    setTime(index(name), x, calendar);
  }

  @Override
  public void setTimestamp(String name, Timestamp x) throws SQLException {
    setTimestamp(index(name), x);
  }

  @Override
  public void setTimestamp(String name, Timestamp x, Calendar calendar) throws SQLException {
    setTimestamp(index(name), x, calendar);
  }

  @Override
  public void setObject(String name, Object x) throws SQLException {
    setObject(index(name), x);
  }

  @Override
  public void setObject(String name, Object x, int type) throws SQLException {
    setObject(index(name), x, type);
  }

  @Override
  public void setObject(String name, Object x, int type, int scale) throws SQLException {
    setObject(index(name), x, type, scale);
  }

  @Override
  public void setAsciiStream(String name, InputStream x) throws SQLException {
    setAsciiStream(index(name), x);
  }

  @Override
  public void setAsciiStream(String name, InputStream x, int length) throws SQLException {
    setAsciiStream(index(name), x, length);
  }

  @Override
  public void setAsciiStream(String name, InputStream x, long length) throws SQLException {
    setAsciiStream(index(name), x, length);
  }

  @Override
  public void setBinaryStream(String name, InputStream x) throws SQLException {
    setBinaryStream(index(name), x);
  }

  @Override
  public void setBinaryStream(String name, InputStream x, int length) throws SQLException {
    setBinaryStream(index(name), x, length);
  }

  @Override
  public void setBinaryStream(String name, InputStream x, long length) throws SQLException {
    setBinaryStream(index(name), x, length);
  }

  @Override
  public void setCharacterStream(String name, Reader x) throws SQLException {
    setCharacterStream(index(name), x);
  }

  @Override
  public void setCharacterStream(String name, Reader x, int length) throws SQLException {
    setCharacterStream(index(name), x, length);
  }

  @Override
  public void setCharacterStream(String name, Reader x, long length) throws SQLException {
    setCharacterStream(index(name), x, length);
  }

  @Override
  public void setNCharacterStream(String name, Reader x) throws SQLException {
    setNCharacterStream(index(name), x);
  }

  @Override
  public void setNCharacterStream(String name, Reader x, long length) throws SQLException {
    setNCharacterStream(index(name), x, length);
  }

  @Override
  public void setBlob(String name, Blob x) throws SQLException {
    setBlob(index(name), x);
  }

  @Override
  public void setBlob(String name, InputStream x) throws SQLException {
    setBlob(index(name), x);
  }

  @Override
  public void setBlob(String name, InputStream x, long length) throws SQLException {
    setBlob(index(name), x, length);
  }

  @Override
  public void setClob(String name, Clob x) throws SQLException {
    setClob(index(name), x);
  }

  @Override
  public void setClob(String name, Reader x) throws SQLException {
    setClob(index(name), x);
  }

  @Override
  public void setClob(String name, Reader x, long length) throws SQLException {
    setClob(index(name), x, length);
  }

  @Override
  public void setNClob(String name, NClob x) throws SQLException {
    setNClob(index(name), x);
  }

  @Override
  public void setNClob(String name, Reader x) throws SQLException {
    setNClob(index(name), x);
  }

  @Override
  public void setNClob(String name, Reader x, long length) throws SQLException {
    setNClob(index(name), x, length);
  }

  @Override
  public void setRowId(String name, RowId x) throws SQLException {
    setRowId(index(name), x);
  }

  @Override
  public void setSQLXML(String name, SQLXML x) throws SQLException {
    setSQLXML(index(name), x);
  }

  @Override
  public void setURL(String name, URL x) throws SQLException {
    setURL(index(name), x);
  }

  @Override
  public void setObject(String name, Object x, SQLType type) throws SQLException {
    setObject(index(name), x, type);
  }

  @Override
  public void setObject(String name, Object x, SQLType type, int scale) throws SQLException {
    setObject(index(name), x, type, scale);
  }
}
