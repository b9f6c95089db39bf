package io.versor.engine.window;

import io.versor.engine.keep.KeptRows;
import io.versor.engine.work.Poll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private final int columns;
  private final List<WindowSpec> windows;
  private final int width;
  private final KeptRows kept = new KeptRows("the rows of a window");

  private WindowOperator(int columns, List<WindowSpec> windows) {
    this.columns = columns;
    this.windows = windows;
    this.width = columns + windows.stream().mapToInt(window -> window.calls().size()).sum();
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
        WindowOperator operator = new WindowOperator(columns, all);
        return operator.kept.closing(Linq4j.enumerator(operator.computed(input)));
      }
    };
  }

  private List<@Nullable Object[]> computed(Enumerable<?> input) {
    List<@Nullable Object[]> rows = kept.read(input, columns, width);
    List<@Nullable Object[]> ordered = rows;
    int result = columns;
    for (WindowSpec window : windows) {
      ordered = computed(rows, window, result);
      result += window.calls().size();
    }
    return ordered;
  }

  private List<@Nullable Object[]> computed(
      List<@Nullable Object[]> rows, WindowSpec window, int result) {
    List<@Nullable Object[]> ordered = new ArrayList<>(rows.size());
    for (List<@Nullable Object[]> members : Parts.of(rows, window.partitionBy())) {
      @Nullable Object[][] sorted = Parts.sorted(members, window.order());
      compute(sorted, window, result);
      ordered.addAll(Arrays.asList(sorted));
    }
    return ordered;
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
          kept.keep(value); // others give what the rows have
        }
        rows[row][result + i] = value;
      }
    }
  }
}
