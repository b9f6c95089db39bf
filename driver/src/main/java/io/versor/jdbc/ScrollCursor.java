package io.versor.jdbc;

import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.engine.work.Reservation;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that can be gone back to. They are kept on the heap as they are read, out of the store's
 * memory limit, so that a large result asked for as scrollable ends in an error with a name and not
 * in an {@code OutOfMemoryError}.
 */
final class ScrollCursor implements RowCursor {
  /** A reference, an object header and a boxed value, roughly. */
  private static final int CELL_BYTES = 32;

  private final RowCursor source;
  private final @Nullable Reservation memory;
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private long keptBytes;
  private boolean complete;

  /** 0 is before the first row; {@code rows.size() + 1} after the last, once it is known. */
  private int position;

  /**
   * @param memory closed with this; null for rows that are in memory anyway
   */
  ScrollCursor(RowCursor source, @Nullable Reservation memory) {
    this.source = source;
    this.memory = memory;
  }

  @Override
  public List<ResultColumn> columns() {
    return source.columns();
  }

  @Override
  public boolean next() throws SQLException {
    return moveTo(position + 1L);
  }

  /**
   * Moves to a row counted from 1; 0 and less is before the first, beyond the end after the last.
   */
  boolean moveTo(long row) throws SQLException {
    if (row < 1) {
      position = 0;
      return false;
    }
    has(row);
    position = (int) Math.min(row, rows.size() + 1L);
    return position <= rows.size();
  }

  /** Whether there is a row of this number, counted from 1. */
  boolean has(long row) throws SQLException {
    while (!complete && rows.size() < row) {
      keepNext();
    }
    return row <= rows.size();
  }

  int position() {
    return position;
  }

  boolean onRow() {
    return position > 0 && position <= rows.size();
  }

  /** Reads to the end. */
  int size() throws SQLException {
    while (!complete) {
      keepNext();
    }
    return rows.size();
  }

  private void keepNext() throws SQLException {
    if (!source.next()) {
      complete = true;
      return;
    }
    @Nullable Object[] row = new Object[source.columns().size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = source.objectAt(i);
      keptBytes += CELL_BYTES + payloadBytes(row[i]);
    }
    if (memory != null && !memory.tryHold(0, keptBytes)) {
      String what = "row " + (rows.size() + 1) + " of a scrollable result, which keeps them all,";
      throw new SQLNonTransientException(
          memory.exceeded(what, 0, keptBytes).getMessage() + ", or for a forward-only result",
          SqlStates.MEMORY);
    }
    rows.add(row);
  }

  private static long payloadBytes(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    if (value instanceof String text) {
      return 2L * text.length();
    }
    if (value instanceof TensorValue tensor) {
      long elements = 1;
      for (int extent : tensor.shape()) {
        elements *= extent;
      }
      return elements * Math.max(1, tensor.dtype().width());
    }
    if (value instanceof SequenceValue list) {
      return list.elements().stream().mapToLong(ScrollCursor::payloadBytes).sum();
    }
    return 0;
  }

  private @Nullable Object[] row() {
    return rows.get(position - 1);
  }

  @Override
  public @Nullable Object objectAt(int column) {
    return row()[column];
  }

  @Override
  public boolean isNull(int column) {
    return row()[column] == null;
  }

  @Override
  public long longAt(int column) throws SQLException {
    Object value = row()[column];
    return value == null ? 0 : Numbers.toLong(value);
  }

  @Override
  public double doubleAt(int column) throws SQLException {
    Object value = row()[column];
    return value == null ? 0 : Numbers.toDouble(value);
  }

  @Override
  public void close() throws SQLException {
    if (memory != null) {
      memory.close();
    }
    source.close();
  }
}
