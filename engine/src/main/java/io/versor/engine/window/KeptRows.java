package io.versor.engine.window;

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
 * Counts what the rows that an operator keeps take on the heap, until the statement ends, and ends
 * it when there is no room for more.
 */
public final class KeptRows {
  /** About what an object takes that a row refers to, and the reference. */
  private static final int VALUE_BYTES = 24;

  private static final int ROW_BYTES = 48;

  private static final long STEP = 1 << 16;

  private final String what;
  private final Reservation memory = StatementMemory.present().toTheEnd();
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
        bytes += ROW_BYTES + (long) VALUE_BYTES * width;
        for (int i = 0; i < columns; i++) {
          keep(row[i]);
        }
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

  /** Counts what a value takes beyond its object. */
  public void keep(@Nullable Object value) {
    if (value instanceof String text) {
      bytes += text.length();
    } else if (value instanceof ByteString binary) {
      bytes += binary.length();
    } else if (value instanceof List<?> list) {
      bytes += (long) VALUE_BYTES * list.size();
    } else if (value instanceof TensorValue tensor) {
      bytes += (long) tensor.dtype().width() * tensor.elements();
    }
    add(0);
  }

  /** Counts what is kept beside the rows. */
  public void add(long more) {
    bytes += more;
    if (bytes - told < STEP) {
      return; // asked for every value
    }
    told = bytes;
    if (!memory.tryHold(0, bytes)) {
      throw new Carried(memory.exceeded(what, 0, bytes));
    }
  }
}
