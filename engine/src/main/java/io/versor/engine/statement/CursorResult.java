package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.Result;
import io.versor.engine.StatementException;
import io.versor.engine.TensorValue;
import io.versor.engine.function.TensorText;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.type.TimeText;
import io.versor.format.type.StoreException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Rows of a cursor, at most so many. */
final class CursorResult implements Result {
  private final RowCursor rows;
  private final List<ColumnInfo> columns;
  private final List<String> warnings;
  private @Nullable SqlNode statement;
  private long left;
  private boolean closed;

  /**
   * @param maxRows 0 for all
   */
  CursorResult(RowCursor rows, List<ColumnInfo> columns, long maxRows, List<String> warnings) {
    this.rows = rows;
    this.columns = columns;
    this.left = maxRows == 0 ? Long.MAX_VALUE : maxRows;
    this.warnings = warnings;
  }

  /** Errors tell where in this statement the literal stands that they are about. */
  CursorResult of(SqlNode query) {
    statement = query;
    return this;
  }

  @Override
  public boolean isRows() {
    return true;
  }

  @Override
  public long updateCount() {
    return -1;
  }

  @Override
  public List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  public boolean next() throws StoreException, StatementException {
    if (closed) {
      throw new IllegalStateException("the result is closed");
    }
    try {
      return left-- > 0 && rows.next();
    } catch (StoreException e) {
      Optional<StatementException> placed =
          statement == null ? Optional.empty() : ValuePlaces.placed(statement, e);
      if (placed.isPresent()) {
        throw placed.get();
      }
      throw e;
    } catch (StatementException e) {
      throw statement == null ? e : ValuePlaces.placed(statement, e);
    }
  }

  @Override
  public boolean isNull(int column) throws StoreException {
    return rows.isNull(column);
  }

  @Override
  public long longAt(int column) throws StoreException {
    Object value = rows.objectAt(column);
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    return value instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public double doubleAt(int column) throws StoreException {
    Object value = rows.objectAt(column);
    return value instanceof Number number ? number.doubleValue() : longAt(column);
  }

  @Override
  public String textAt(int column) throws StoreException {
    return text(rows.objectAt(column));
  }

  static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return java.util.HexFormat.of().formatHex(bytes);
    }
    if (value instanceof TensorValue tensor) {
      return TensorText.shown(tensor);
    }
    return TimeText.ofAny(value);
  }

  @Override
  public byte[] bytesAt(int column) throws StoreException {
    Object value = rows.objectAt(column);
    return value instanceof byte[] bytes ? bytes : text(value).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable Object objectAt(int column) throws StoreException {
    return rows.objectAt(column);
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public void close() throws StoreException {
    if (!closed) {
      closed = true;
      rows.close();
    }
  }
}
