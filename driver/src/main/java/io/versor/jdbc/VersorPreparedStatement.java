package io.versor.jdbc;

import io.versor.engine.ParameterInfo;
import io.versor.engine.Prepared;
import io.versor.engine.ReturnedColumns;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement with parameters, planned once. */
class VersorPreparedStatement extends VersorStatement implements PreparedStatement {
  private final String sql;
  private final Prepared prepared;
  private final List<ParameterInfo> parameters;
  private final @Nullable Object[] values;
  private final boolean[] given;
  private final List<List<@Nullable Object>> batch = new ArrayList<>();

  VersorPreparedStatement(VersorConnection connection, String sql, int resultType)
      throws SQLException {
    this(connection, sql, resultType, ReturnedColumns.NONE);
  }

  /**
   * @param keys columns of inserted rows that each execution hands back
   */
  VersorPreparedStatement(
      VersorConnection connection, String sql, int resultType, ReturnedColumns keys)
      throws SQLException {
    super(connection, resultType);
    wantKeys(keys);
    this.sql = sql;
    this.prepared = openPrepared(sql);
    this.parameters = prepared.parameters();
    this.values = new Object[parameters.size()];
    this.given = new boolean[parameters.size()];
  }

  // Parameters.

  /** Names by which parameters can be set; none if they have none. */
  final List<String> parameterNames() {
    return prepared.parameterNames();
  }

  private int slot(int index) throws SQLException {
    checkOpen();
    if (index < 1 || index > values.length) {
      throw new SQLDataException(
          "parameter " + index + " of a statement with " + values.length + " parameters",
          SqlStates.INVALID_DESCRIPTOR_INDEX);
    }
    return index - 1;
  }

  private void put(int index, @Nullable Object value) throws SQLException {
    int slot = slot(index);
    values[slot] = value;
    given[slot] = true;
  }

  private boolean wantsInstant(int index) throws SQLException {
    return parameters.get(slot(index)).jdbcType() == Types.TIMESTAMP_WITH_TIMEZONE;
  }

  private List<@Nullable Object> bound() throws SQLException {
    for (int i = 0; i < given.length; i++) {
      if (!given[i]) {
        throw new SQLNonTransientException(
            "parameter " + (i + 1) + " of " + given.length + " has no value",
            SqlStates.PARAMETER_COUNT);
      }
    }
    return new ArrayList<>(Arrays.asList(values));
  }

  @Override
  public void clearParameters() throws SQLException {
    checkOpen();
    Arrays.fill(values, null);
    Arrays.fill(given, false);
  }

  @Override
  public void setNull(int index, int type) throws SQLException {
    slot(index);
    Parameters.checkType(type);
    put(index, null);
  }

  @Override
  public void setNull(int index, int type, String typeName) throws SQLException {
    setNull(index, type);
  }

  @Override
  public void setBoolean(int index, boolean value) throws SQLException {
    put(index, value);
  }

  @Override
  public void setByte(int index, byte value) throws SQLException {
    put(index, value);
  }

  @Override
  public void setShort(int index, short value) throws SQLException {
    put(index, value);
  }

  @Override
  public void setInt(int index, int value) throws SQLException {
    put(index, value);
  }

  @Override
  public void setLong(int index, long value) throws SQLException {
    put(index, value);
  }

  @Override
  public void setFloat(int index, float value) throws SQLException {
    put(index, value);
  }

  @Override
  public void setDouble(int index, double value) throws SQLException {
    put(index, value);
  }

  @Override
  public void setBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
    put(index, value == null ? null : Numbers.bounded(value));
  }

  @Override
  public void setString(int index, @Nullable String value) throws SQLException {
    put(index, value);
  }

  @Override
  public void setNString(int index, @Nullable String value) throws SQLException {
    put(index, value);
  }

  @Override
  public void setBytes(int index, byte @Nullable [] value) throws SQLException {
    put(index, value == null ? null : value.clone());
  }

  @Override
  public void setDate(int index, @Nullable Date value) throws SQLException {
    setDate(index, value, null);
  }

  @Override
  public void setDate(int index, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    put(index, value == null ? null : Temporals.fromDate(value, calendar));
  }

  @Override
  public void setTime(int index, @Nullable Time value) throws SQLException {
    setTime(index, value, null);
  }

  @Override
  public void setTime(int index, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    put(index, value == null ? null : Temporals.fromTime(value, calendar));
  }

  @Override
  public void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
    setTimestamp(index, value, null);
  }

  @Override
  public void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    boolean instant = wantsInstant(index);
    put(index, value == null ? null : Temporals.fromTimestamp(value, calendar, instant));
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream in) throws SQLException {
    put(index, in == null ? null : Streams.ascii(in, Streams.ALL));
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream in, int length) throws SQLException {
    setAsciiStream(index, in, (long) length);
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream in, long length) throws SQLException {
    put(index, in == null ? null : Streams.ascii(in, Streams.checked(length)));
  }

  @Override
  @Deprecated
  public void setUnicodeStream(int index, @Nullable InputStream in, int length)
      throws SQLException {
    put(index, in == null ? null : Streams.utf16(in, Streams.checked(length)));
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream in) throws SQLException {
    put(index, in == null ? null : Streams.bytes(in, Streams.ALL));
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream in, int length) throws SQLException {
    setBinaryStream(index, in, (long) length);
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream in, long length)
      throws SQLException {
    put(index, in == null ? null : Streams.bytes(in, Streams.checked(length)));
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader in) throws SQLException {
    put(index, in == null ? null : Streams.text(in, Streams.ALL));
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader in, int length) throws SQLException {
    setCharacterStream(index, in, (long) length);
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader in, long length) throws SQLException {
    put(index, in == null ? null : Streams.text(in, Streams.checked(length)));
  }

  @Override
  public void setNCharacterStream(int index, @Nullable Reader in) throws SQLException {
    setCharacterStream(index, in);
  }

  @Override
  public void setNCharacterStream(int index, @Nullable Reader in, long length) throws SQLException {
    setCharacterStream(index, in, length);
  }

  @Override
  public void setBlob(int index, @Nullable Blob value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setBlob(int index, @Nullable InputStream in) throws SQLException {
    setBinaryStream(index, in);
  }

  @Override
  public void setBlob(int index, @Nullable InputStream in, long length) throws SQLException {
    setBinaryStream(index, in, length);
  }

  @Override
  public void setClob(int index, @Nullable Clob value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setClob(int index, @Nullable Reader in) throws SQLException {
    setCharacterStream(index, in);
  }

  @Override
  public void setClob(int index, @Nullable Reader in, long length) throws SQLException {
    setCharacterStream(index, in, length);
  }

  @Override
  public void setNClob(int index, @Nullable NClob value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setNClob(int index, @Nullable Reader in) throws SQLException {
    setCharacterStream(index, in);
  }

  @Override
  public void setNClob(int index, @Nullable Reader in, long length) throws SQLException {
    setCharacterStream(index, in, length);
  }

  @Override
  public void setArray(int index, @Nullable Array value) throws SQLException {
    setObject(index, value);
  }

  @Override
  public void setObject(int index, @Nullable Object value) throws SQLException {
    boolean instant = wantsInstant(index);
    put(index, value == null ? null : Parameters.of(value, instant));
  }

  @Override
  public void setObject(int index, @Nullable Object value, int type) throws SQLException {
    setObject(index, value, type, Parameters.ANY_SCALE);
  }

  @Override
  public void setObject(int index, @Nullable Object value, int type, int scale)
      throws SQLException {
    boolean instant = wantsInstant(index) || type == Types.TIMESTAMP_WITH_TIMEZONE;
    Parameters.checkType(type);
    put(index, value == null ? null : Parameters.as(Parameters.of(value, instant), type, scale));
  }

  @Override
  public void setObject(int index, @Nullable Object value, SQLType type) throws SQLException {
    setObject(index, value, number(type));
  }

  @Override
  public void setObject(int index, @Nullable Object value, SQLType type, int scale)
      throws SQLException {
    setObject(index, value, number(type), scale);
  }

  private int number(@Nullable SQLType type) throws SQLException {
    checkOpen();
    if (type == null) {
      throw new SQLDataException(
          "the type of a parameter is null; expected one of java.sql.JDBCType",
          SqlStates.INVALID_PARAMETER);
    }
    return type.getVendorTypeNumber();
  }

  @Override
  public void setRef(int index, @Nullable Ref value) throws SQLException {
    throw noSuchType("REF");
  }

  @Override
  public void setURL(int index, @Nullable URL value) throws SQLException {
    throw noSuchType("DATALINK");
  }

  @Override
  public void setRowId(int index, @Nullable RowId value) throws SQLException {
    throw noSuchType("ROWID");
  }

  @Override
  public void setSQLXML(int index, @Nullable SQLXML value) throws SQLException {
    throw noSuchType("SQLXML");
  }

  private static SQLException noSuchType(String type) {
    return new SQLFeatureNotSupportedException(
        "there are no values of type " + type, SqlStates.UNSUPPORTED);
  }

  // Running.

  @Override
  public boolean execute() throws SQLException {
    return executing(() -> run(prepared, bound(), false));
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    return executing(
        () -> {
          requireQuery(prepared, sql);
          run(prepared, bound(), false);
          return requireRows();
        });
  }

  @Override
  public int executeUpdate() throws SQLException {
    return (int) Math.min(executeLargeUpdate(), Integer.MAX_VALUE);
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    return executing(
        () -> {
          refuseQuery(prepared, sql);
          run(prepared, bound(), false);
          return countOnly();
        });
  }

  @Override
  public void addBatch() throws SQLException {
    checkOpen();
    batch.add(bound());
  }

  @Override
  public void clearBatch() throws SQLException {
    super.clearBatch();
    batch.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    return executing(
        () -> {
          if (batch.isEmpty()) {
            return super.executeLargeBatch();
          }
          List<List<@Nullable Object>> rows = List.copyOf(batch);
          batch.clear();
          try {
            refuseInBatch(prepared, sql);
          } catch (SQLException e) {
            throw batchFailure(e, new long[0]);
          }
          dropOutcome();
          boolean version = prepared.isQuery() && !Keywords.changesRows(sql);
          return version ? runEach(rows) : runBatch(prepared, rows);
        });
  }

  /** Version statements commit at once, so those before a failure stay done and are reported. */
  private long[] runEach(List<List<@Nullable Object>> rows) throws SQLException {
    long[] counts = new long[rows.size()];
    for (int i = 0; i < counts.length; i++) {
      try {
        run(prepared, rows.get(i), false);
        counts[i] = countOnly();
      } catch (SQLException e) {
        throw batchFailure(e, Arrays.copyOf(counts, i));
      }
    }
    return counts;
  }

  // Text methods of the plain statement make no sense here (JDBC 4.3, 13.2).

  @Override
  public boolean execute(String text) throws SQLException {
    throw alreadyPrepared();
  }

  @Override
  public ResultSet executeQuery(String text) throws SQLException {
    throw alreadyPrepared();
  }

  @Override
  public int executeUpdate(String text) throws SQLException {
    throw alreadyPrepared();
  }

  @Override
  public long executeLargeUpdate(String text) throws SQLException {
    throw alreadyPrepared();
  }

  @Override
  public void addBatch(String text) throws SQLException {
    throw alreadyPrepared();
  }

  private static SQLException alreadyPrepared() {
    return new SQLNonTransientException(
        "a prepared statement has its SQL already; call the method without text",
        SqlStates.WRONG_STATE);
  }

  // Metadata.

  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return prepared.isQuery() ? new ResultMeta(EngineCursor.describe(prepared.columns())) : null;
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return new ParameterMeta(parameters);
  }

  @Override
  void release() throws SQLException {
    Errors.engine(prepared::close);
  }
}
