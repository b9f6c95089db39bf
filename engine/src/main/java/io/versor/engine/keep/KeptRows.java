package io.versor.engine.keep;

import io.versor.engine.TensorValue;
import io.versor.engine.type.Carried;
import io.versor.engine.work.Reservation;
import io.versor.engine.work.StatementMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the rows that an operator keeps take on the heap, and ends the statement when there
 * is no room for more. What is not closed is given back when the statement ends. One thread.
 */
public final class KeptRows implements AutoCloseable {
  /** About what an object takes that a row refers to, and the reference. */
  private static final int VALUE_BYTES = 24;

  private static final int ROW_BYTES = 48;

  /** What a text takes beside its characters. */
  private static final int TEXT_BYTES = 24;

  private static final long STEP = 1 << 16;

  private final String what;
  private final StatementMemory statement = StatementMemory.present();
  private final Reservation memory = statement.toTheEnd();
  private long bytes;
  private long told;

  /**
   * @param what is kept, for the message, in the plural
   */
  public KeptRows(String what) {
    this.what = what;
  }

  /**
   * Reads all rows.
   *
   * @param input rows as arrays or lists, bare values if there is one column
   * @param columns how many they have
   * @param width how many columns to make room for
   */
  public List<@Nullable Object[]> read(Enumerable<?> input, int columns, int width) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (Enumerator<?> source = input.enumerator()) {
      while (source.moveNext()) {
        @Nullable Object[] row = new @Nullable Object[width];
        put(source.current(), columns, row, 0);
        add(rowBytes(row));
        rows.add(row);
      }
    }
    return rows;
  }

  /**
   * Copies the values of a row.
   *
   * @param row an array or a list, a bare value if there is one column
   */
  public static void put(
      @Nullable Object row, int columns, @Nullable Object[] target, int targetFrom) {
    if (columns == 1) {
      target[targetFrom] = row;
    } else if (row instanceof List<?> values) {
      System.arraycopy(values.toArray(), 0, target, targetFrom, columns);
    } else {
      System.arraycopy((Object[]) Objects.requireNonNull(row), 0, target, targetFrom, columns);
    }
  }

  /**
   * About what a row takes with its values.
   *
   * @param row an array or a list, a bare value if there is one column
   */
  static long rowBytes(@Nullable Object row) {
    long bytes = ROW_BYTES;
    if (row instanceof Object[] values) {
      for (Object value : values) {
        bytes += valueBytes(value);
      }
    } else {
      bytes += valueBytes(row);
    }
    return bytes;
  }

  /** About what a value takes, with the reference to it. */
  public static long valueBytes(@Nullable Object value) {
    return VALUE_BYTES + payloadBytes(value);
  }

  /** What a value takes beyond its object. */
  private static long payloadBytes(@Nullable Object value) {
    if (value instanceof String text) {
      return TEXT_BYTES + text.length();
    }
    if (value instanceof ByteString binary) {
      return TEXT_BYTES + binary.length();
    }
    if (value instanceof byte[] bytes) {
      return TEXT_BYTES + bytes.length;
    }
    if (value instanceof TensorValue tensor) {
      return (long) tensor.dtype().width() * tensor.elements();
    }
    if (value instanceof List<?> list) {
      long bytes = (long) VALUE_BYTES * list.size();
      for (Object element : list) {
        bytes += payloadBytes(element);
      }
      return bytes;
    }
    return 0;
  }

  /**
   * Counts a row.
   *
   * @param row an array or a list, a bare value if there is one column
   */
  public void addRow(@Nullable Object row) {
    add(rowBytes(row));
  }

  /** Counts what a value takes beyond its object. */
  public void keep(@Nullable Object value) {
    add(payloadBytes(value));
  }

  /** Counts what is kept beside the rows. */
  public void add(long more) {
    bytes += more;
    if (bytes - told < STEP && told - bytes < STEP) {
      return; // asked for every value
    }
    told = bytes;
    if (!memory.tryHold(0, bytes)) {
      throw new Carried(memory.exceeded(what, 0, bytes));
    }
  }

  /** Rows that are kept until their reader closes them. */
  public <T> Enumerator<T> closing(Enumerator<T> rows) {
    return KeptBy.closing(rows, this);
  }

  /** Nothing of it is kept any more. */
  @Override
  public void close() {
    statement.ended(memory);
  }
}
