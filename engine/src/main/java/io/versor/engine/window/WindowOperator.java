package io.versor.engine.window;

import io.versor.engine.StatementException;
import io.versor.engine.TensorValue;
import io.versor.engine.type.Carried;
import io.versor.engine.work.Poll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/**
 * Computes windows one after the other over rows in memory. Rows without an order, and those that
 * are equal in it, stay as they came. They come out as the last window has them: part by part, as
 * these are met, and in order.
 */
public final class WindowOperator {
  /** All rows are kept on the heap; others want some of it too. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 2;

  /** About what an object takes that a row refers to, and the reference. */
  private static final int VALUE_BYTES = 24;

  private static final int ROW_BYTES = 48;

  private final int columns;
  private final List<WindowSpec> windows;
  private final int width;
  private final int rowBytes;

  private long bytes;

  private WindowOperator(int columns, List<WindowSpec> windows) {
    this.columns = columns;
    this.windows = windows;
    this.width = columns + windows.stream().mapToInt(window -> window.calls().size()).sum();
    this.rowBytes = ROW_BYTES + VALUE_BYTES * width;
  }

  /**
   * Called by generated code.
   *
   * @param input rows as arrays or lists, bare values if there is one column
   * @param columns how many they have
   * @param windows a list of {@link WindowSpec}
   * @return the rows as arrays, with what each call gives behind their columns
   */
  @SuppressWarnings("unchecked") // what the plan has put there
  public static Enumerable<@Nullable Object[]> rows(
      Enumerable<?> input, int columns, Object windows) {
    List<WindowSpec> all = (List<WindowSpec>) windows;
    return new AbstractEnumerable<@Nullable Object[]>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        return Linq4j.enumerator(new WindowOperator(columns, all).computed(input));
      }
    };
  }

  private List<@Nullable Object[]> computed(Enumerable<?> input) {
    List<@Nullable Object[]> rows = read(input);
    List<@Nullable Object[]> ordered = rows;
    int result = columns;
    for (WindowSpec window : windows) {
      ordered = computed(rows, window, result);
      result += window.calls().size();
    }
    return ordered;
  }

  private List<@Nullable Object[]> read(Enumerable<?> input) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (Enumerator<?> source = input.enumerator()) {
      while (source.moveNext()) {
        @Nullable Object[] row = wide(source.current());
        bytes += rowBytes;
        for (int i = 0; i < columns; i++) {
          keep(row[i]);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** Counts what a value takes beyond its object. */
  private void keep(@Nullable Object value) {
    if (value instanceof String text) {
      bytes += text.length();
    } else if (value instanceof ByteString binary) {
      bytes += binary.length();
    } else if (value instanceof List<?> list) {
      bytes += (long) VALUE_BYTES * list.size();
    } else if (value instanceof TensorValue tensor) {
      bytes += (long) tensor.dtype().width() * tensor.elements();
    }
    if (bytes > MOST_BYTES) {
      throw new Carried(
          new StatementException(
              "53200",
              "the rows of a window need more than "
                  + MOST_BYTES
                  + " bytes, half of the heap; ask for fewer rows or columns, or raise -Xmx"));
    }
  }

  private @Nullable Object[] wide(@Nullable Object row) {
    @Nullable Object[] wide = new @Nullable Object[width];
    if (columns == 1) {
      wide[0] = row;
    } else if (row instanceof List<?> values) {
      System.arraycopy(values.toArray(), 0, wide, 0, columns);
    } else {
      System.arraycopy((Object[]) java.util.Objects.requireNonNull(row), 0, wide, 0, columns);
    }
    return wide;
  }

  private List<@Nullable Object[]> computed(
      List<@Nullable Object[]> rows, WindowSpec window, int result) {
    List<@Nullable Object[]> ordered = new ArrayList<>(rows.size());
    Comparator<@Nullable Object[]> order = comparator(window.order());
    for (List<@Nullable Object[]> members : parts(rows, window.partitionBy())) {
      @Nullable Object[][] sorted = members.toArray(new @Nullable Object[0][]);
      if (!window.order().isEmpty()) {
        Arrays.sort(sorted, order);
      }
      compute(sorted, window, result);
      ordered.addAll(Arrays.asList(sorted));
    }
    return ordered;
  }

  private static Comparator<@Nullable Object[]> comparator(List<OrderKey> order) {
    return (left, right) -> {
      Poll.poll();
      for (OrderKey key : order) {
        int found = key.compare(left, right);
        if (found != 0) {
          return found;
        }
      }
      return 0;
    };
  }

  private static Collection<List<@Nullable Object[]>> parts(
      List<@Nullable Object[]> rows, List<Integer> by) {
    if (by.isEmpty()) {
      return rows.isEmpty() ? List.of() : List.of(rows);
    }
    Map<Object, List<@Nullable Object[]>> parts = new LinkedHashMap<>();
    for (@Nullable Object[] row : rows) {
      @Nullable Object[] key = new @Nullable Object[by.size()];
      for (int i = 0; i < key.length; i++) {
        key[i] = Values.distinct(row[by.get(i)]);
      }
      parts.computeIfAbsent(Arrays.asList(key), unseen -> new ArrayList<>()).add(row);
    }
    return parts.values();
  }

  private void compute(@Nullable Object[][] rows, WindowSpec window, int result) {
    Part part = new Part(rows, window.order());
    Frames frames = new Frames(window.frame(), window, part);
    List<WindowFunction.OfPart> functions = new ArrayList<>();
    for (WindowCall call : window.calls()) {
      functions.add(call.function().over(part, call.arguments()));
    }
    Frame frame = new Frame();
    for (int row = 0; row < rows.length; row++) {
      Poll.poll();
      frames.set(row, frame);
      for (int i = 0; i < functions.size(); i++) {
        Object value = functions.get(i).at(row, frame);
        if (window.calls().get(i).function() instanceof Accumulated) {
          keep(value); // others give what the rows have
        }
        rows[row][result + i] = value;
      }
    }
  }
}
