package io.versor.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a query, forward only or scrollable, never updatable. */
final class VersorResultSet extends LabelledResultSet {
  private final RowCursor cursor;
  private final @Nullable ScrollCursor scroll;
  private final @Nullable VersorStatement statement;
  private final Guard guard;
  private @Nullable Map<String, Integer> labels;
  private int fetchSize;
  private int fetchDirection = FETCH_FORWARD;
  private boolean wasNull;
  private boolean closed;

  /** Forward only: rows read so far. */
  private long row;

  private boolean exhausted;

  /** Forward only: whether the row after {@link #row} was read already, to see if there is one. */
  private boolean ahead;

  private boolean moved;
  private @Nullable SQLWarning warnings;

  VersorResultSet(RowCursor source, @Nullable VersorStatement statement, Guard guard, int type) {
    this.scroll =
        type == TYPE_FORWARD_ONLY
            ? null
            : new ScrollCursor(
                source, statement == null ? null : statement.connection.openReservation());
    this.cursor = scroll == null ? source : scroll;
    this.statement = statement;
    this.guard = guard;
  }

  /** Rows that the driver made up; scrollable, and independent of any connection. */
  static VersorResultSet inMemory(List<ResultColumn> columns, List<@Nullable Object[]> rows) {
    return new VersorResultSet(
        new ListCursor(columns, rows), null, Guard.NONE, TYPE_SCROLL_INSENSITIVE);
  }

  void warn(@Nullable SQLWarning warning) {
    this.warnings = warning;
  }

  @Override
  void checkOpen() throws SQLException {
    if (closed) {
      throw new SQLNonTransientException(
          "the result set is closed", SqlStates.INVALID_CURSOR_STATE);
    }
  }

  // Moving.

  /** Whatever may read rows: one thread at a time, and not longer than the timeout. */
  private <T> T moving(Guard.Call<T> move) throws SQLException {
    return guard.call(
        () -> {
          checkOpen();
          boolean first = !moved;
          T outcome = statement == null ? move.run() : statement.fetching(first, move);
          moved = true;
          return outcome;
        });
  }

  @Override
  public boolean next() throws SQLException {
    return moving(
        () -> {
          if (scroll != null) {
            return scroll.moveTo(scroll.position() + 1L);
          }
          if (!advance()) {
            return false;
          }
          ahead = false;
          row++;
          return true;
        });
  }

  /** Forward only: goes to the next row, unless there already. */
  private boolean advance() throws SQLException {
    if (!ahead && !exhausted) {
      ahead = cursor.next();
      exhausted = !ahead;
    }
    return ahead;
  }

  private ScrollCursor requireScroll() throws SQLException {
    checkOpen();
    if (scroll == null) {
      throw new SQLFeatureNotSupportedException(
          "the result is forward only; create the statement with TYPE_SCROLL_INSENSITIVE",
          SqlStates.UNSUPPORTED);
    }
    return scroll;
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    return moving(
        () -> scroll == null ? row == 0 && advance() : scroll.position() == 0 && scroll.has(1));
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    return moving(
        () -> scroll == null ? exhausted && row > 0 : scroll.position() > 1 && !scroll.onRow());
  }

  @Override
  public boolean isFirst() throws SQLException {
    return getRow() == 1;
  }

  @Override
  public boolean isLast() throws SQLException {
    return moving(
        () -> {
          ScrollCursor rows = requireScroll(); // looking ahead is leaving the row
          return rows.onRow() && !rows.has(rows.position() + 1L);
        });
  }

  @Override
  public void beforeFirst() throws SQLException {
    moving(() -> requireScroll().moveTo(0));
  }

  @Override
  public void afterLast() throws SQLException {
    moving(() -> requireScroll().moveTo(requireScroll().size() + 1L));
  }

  @Override
  public boolean first() throws SQLException {
    return moving(() -> requireScroll().moveTo(1));
  }

  @Override
  public boolean last() throws SQLException {
    return moving(() -> requireScroll().moveTo(requireScroll().size()));
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    if (scroll == null) {
      return exhausted ? 0 : (int) Math.min(row, Integer.MAX_VALUE);
    }
    return scroll.onRow() ? scroll.position() : 0;
  }

  @Override
  public boolean absolute(int target) throws SQLException {
    return moving(
        () -> requireScroll().moveTo(target >= 0 ? target : requireScroll().size() + 1L + target));
  }

  @Override
  public boolean relative(int rows) throws SQLException {
    return moving(() -> requireScroll().moveTo((long) requireScroll().position() + rows));
  }

  @Override
  public boolean previous() throws SQLException {
    return moving(() -> requireScroll().moveTo(requireScroll().position() - 1L));
  }

  // Values.

  @Override
  public int findColumn(@Nullable String label) throws SQLException {
    checkOpen();
    if (labels == null) {
      labels = ColumnLabels.of(cursor.columns());
    }
    return ColumnLabels.find(labels, cursor.columns(), label);
  }

  private ResultColumn column(int number) throws SQLException {
    checkOpen();
    if (number < 1 || number > cursor.columns().size()) {
      throw new SQLDataException(
          "column " + number + " of a result with " + cursor.columns().size() + " columns",
          SqlStates.INVALID_DESCRIPTOR_INDEX);
    }
    boolean onRow = scroll == null ? row > 0 && !exhausted : scroll.onRow();
    if (!onRow) {
      boolean before = scroll == null ? row == 0 && !exhausted : scroll.position() == 0;
      throw new SQLNonTransientException(
          before
              ? "the result set is before its first row; call next() first"
              : "the result set is after its last row",
          SqlStates.INVALID_CURSOR_STATE);
    }
    return cursor.columns().get(number - 1);
  }

  private @Nullable Object value(int number) throws SQLException {
    return guard.call(
        () -> {
          column(number);
          Object value = cursor.objectAt(number - 1);
          wasNull = value == null;
          return value;
        });
  }

  private <T> @Nullable T as(Class<T> type, int number) throws SQLException {
    Object value = value(number);
    return value == null
        ? null
        : Convert.to(type, value, cursor.columns().get(number - 1).jdbcType());
  }

  @Override
  public boolean wasNull() throws SQLException {
    checkOpen();
    return wasNull;
  }

  @Override
  public @Nullable String getString(int column) throws SQLException {
    return as(String.class, column);
  }

  @Override
  public boolean getBoolean(int column) throws SQLException {
    Object value = value(column);
    return value != null && Numbers.toBoolean(value);
  }

  @Override
  public byte getByte(int column) throws SQLException {
    return (byte) integer(column, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
  }

  @Override
  public short getShort(int column) throws SQLException {
    return (short) integer(column, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
  }

  @Override
  public int getInt(int column) throws SQLException {
    return (int) integer(column, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
  }

  @Override
  public long getLong(int column) throws SQLException {
    return integer(column, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
  }

  /** Integers come unboxed, since grids and exports read them by the million. */
  private long integer(int number, long min, long max, String target) throws SQLException {
    return guard.call(
        () -> {
          if (column(number).isInteger()) {
            wasNull = cursor.isNull(number - 1);
            if (wasNull) {
              return 0L;
            }
            long value = cursor.longAt(number - 1);
            if (value < min || value > max) {
              throw Numbers.outOfRange(value, target);
            }
            return value;
          }
          Object value = cursor.objectAt(number - 1);
          wasNull = value == null;
          return value == null ? 0L : Numbers.toLong(value, min, max, target);
        });
  }

  @Override
  public float getFloat(int column) throws SQLException {
    Object value = value(column);
    return value == null ? 0 : Numbers.toFloat(value);
  }

  @Override
  public double getDouble(int number) throws SQLException {
    return guard.call(
        () -> {
          int type = column(number).jdbcType();
          if (type == Types.DOUBLE || type == Types.REAL || type == Types.FLOAT) {
            wasNull = cursor.isNull(number - 1);
            return wasNull ? 0.0 : cursor.doubleAt(number - 1);
          }
          Object value = cursor.objectAt(number - 1);
          wasNull = value == null;
          return value == null ? 0.0 : Numbers.toDouble(value);
        });
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
    return as(BigDecimal.class, column);
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(column);
    return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public byte @Nullable [] getBytes(int column) throws SQLException {
    return as(byte[].class, column);
  }

  @Override
  public @Nullable Date getDate(int column) throws SQLException {
    return as(Date.class, column);
  }

  @Override
  public @Nullable Time getTime(int column) throws SQLException {
    return as(Time.class, column);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column) throws SQLException {
    return as(Timestamp.class, column);
  }

  @Override
  public @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
    Object value = value(column);
    return value == null ? null : Temporals.toDate(value, calendar);
  }

  @Override
  public @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
    Object value = value(column);
    return value == null ? null : Temporals.toTime(value, calendar);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar)
      throws SQLException {
    Object value = value(column);
    return value == null ? null : Temporals.toTimestamp(value, calendar);
  }

  @Override
  public @Nullable Object getObject(int column) throws SQLException {
    return as(Object.class, column);
  }

  @Override
  public @Nullable Object getObject(int column, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    if (map != null && !map.isEmpty()) {
      throw new SQLFeatureNotSupportedException(
          "type maps are not supported: there are no user-defined types", SqlStates.UNSUPPORTED);
    }
    return getObject(column);
  }

  @Override
  public <T> @Nullable T getObject(int column, @Nullable Class<T> type) throws SQLException {
    if (type == null) {
      throw new SQLNonTransientException(
          "getObject needs the class to convert to, found null", SqlStates.INVALID_PARAMETER);
    }
    return as(type, column);
  }

  @Override
  public @Nullable InputStream getAsciiStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  @Deprecated
  public @Nullable InputStream getUnicodeStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_16BE));
  }

  @Override
  public @Nullable InputStream getBinaryStream(int column) throws SQLException {
    return as(InputStream.class, column);
  }

  @Override
  public @Nullable Reader getCharacterStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new StringReader(text);
  }

  @Override
  public @Nullable Reader getNCharacterStream(int column) throws SQLException {
    return getCharacterStream(column);
  }

  @Override
  public @Nullable String getNString(int column) throws SQLException {
    return getString(column);
  }

  @Override
  public @Nullable Blob getBlob(int column) throws SQLException {
    return as(Blob.class, column);
  }

  @Override
  public @Nullable Clob getClob(int column) throws SQLException {
    return as(Clob.class, column);
  }

  @Override
  public @Nullable NClob getNClob(int column) throws SQLException {
    return as(NClob.class, column);
  }

  @Override
  public @Nullable Array getArray(int column) throws SQLException {
    return as(Array.class, column);
  }

  @Override
  public Ref getRef(int column) throws SQLException {
    throw noSuchType("REF");
  }

  @Override
  public URL getURL(int column) throws SQLException {
    throw noSuchType("DATALINK");
  }

  @Override
  public RowId getRowId(int column) throws SQLException {
    throw noSuchType("ROWID"); // the column _rowid is a BIGINT
  }

  @Override
  public SQLXML getSQLXML(int column) throws SQLException {
    throw noSuchType("SQLXML");
  }

  private static SQLException noSuchType(String type) {
    return new SQLFeatureNotSupportedException(
        "there are no values of type " + type, SqlStates.UNSUPPORTED);
  }

  // The rest.

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return new ResultMeta(cursor.columns());
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != FETCH_FORWARD && direction != FETCH_REVERSE && direction != FETCH_UNKNOWN) {
      throw new SQLDataException(
          "fetch direction " + direction + " is none of java.sql.ResultSet",
          SqlStates.INVALID_PARAMETER);
    }
    if (direction != FETCH_FORWARD && scroll == null) {
      throw new SQLFeatureNotSupportedException(
          "a forward-only result is fetched forward", SqlStates.UNSUPPORTED);
    }
    fetchDirection = direction;
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return fetchDirection;
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    if (rows < 0) {
      throw new SQLDataException(
          "fetch size " + rows + "; expected 0 or more", SqlStates.INVALID_PARAMETER);
    }
    fetchSize = rows; // rows come in batches of the engine's own size, so a hint is all it is
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return fetchSize;
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return scroll == null ? TYPE_FORWARD_ONLY : TYPE_SCROLL_INSENSITIVE;
  }

  @Override
  public int getConcurrency() throws SQLException {
    checkOpen();
    return CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public String getCursorName() throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "positioned updates are not supported, so cursors have no names", SqlStates.UNSUPPORTED);
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    checkOpen();
    return statement == null ? null : statement.facade();
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warnings;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warnings = null;
  }

  @Override
  public void close() throws SQLException {
    guard.run(
        () -> {
          if (!closed) {
            closed = true;
            cursor.close();
            if (statement != null) {
              statement.resultClosed(this);
            }
          }
        });
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrap.as(type, this);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return Unwrap.is(type, this);
  }

  @Override
  public String toString() {
    return "result set of " + cursor.columns().size() + " columns" + (closed ? ", closed" : "");
  }
}
