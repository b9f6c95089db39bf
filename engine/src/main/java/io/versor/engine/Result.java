package io.versor.engine;

import io.versor.format.type.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement gave: rows, or a count. Columns count from 0. One thread; the caller closes it.
 *
 * <p>Objects are Boolean, Byte, Short, Integer, Long, Float, Double, BigDecimal, String, byte[],
 * UUID, LocalDate, LocalTime, LocalDateTime, OffsetDateTime (an instant), {@link TensorValue} and
 * {@link SequenceValue}. Unsigned numbers come as the next wider one: UINT8 as Short, UINT16 as
 * Integer, UINT32 as Long, UINT64 as BigDecimal.
 */
public interface Result extends AutoCloseable {
  boolean isRows();

  /** Rows changed; -1 if this is rows. */
  long updateCount();

  /** None if this is a count. */
  List<ColumnInfo> columns();

  /** Goes to the next row; the first call to the first. */
  boolean next() throws StoreException, StatementException;

  boolean isNull(int column) throws StoreException;

  /** A whole number, BOOLEAN as 0 or 1; 0 for NULL. */
  long longAt(int column) throws StoreException;

  /** The nearest double; 0 for NULL. */
  double doubleAt(int column) throws StoreException;

  /** As SQL would cast it to text; empty for NULL. */
  String textAt(int column) throws StoreException;

  /** Bytes of a VARBINARY, or a text in UTF-8; empty for NULL. */
  byte[] bytesAt(int column) throws StoreException;

  /** Null for NULL. */
  @Nullable Object objectAt(int column) throws StoreException;

  /** What was asked for with {@link ExecuteOptions#returned} of the rows an INSERT made. */
  default ReturnedRows returned() {
    return ReturnedRows.NONE;
  }

  /** What the user should know though nothing failed. */
  List<String> warnings();

  @Override
  void close() throws StoreException;
}
