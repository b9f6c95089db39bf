package io.versor.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Comparisons with constants at and beyond the ends of the types, where differences overflow. */
class LongRangesTest {
  private static final long[] CORNERS = {
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    Integer.MIN_VALUE - 1L,
    Integer.MIN_VALUE,
    -1,
    0,
    7,
    Integer.MAX_VALUE,
    Integer.MAX_VALUE + 1L,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE
  };

  /** All values of a column, NULL behind each, and each constant with each comparison. */
  @Test
  void everyComparisonHoldsAtEveryCorner() throws StoreException {
    for (Dtype dtype : List.of(Dtype.INT32, Dtype.INT64, Dtype.INT8)) {
      try (RootAllocator root = new RootAllocator();
          VectorBuffer buffer = new VectorBuffer(TensorType.scalar(dtype), root)) {
        List<@Nullable Long> values = new ArrayList<>();
        for (long corner : CORNERS) {
          boolean fits =
              switch (dtype) {
                case INT32 -> corner == (int) corner;
                case INT8 -> corner == (byte) corner;
                default -> true;
              };
          if (fits) {
            buffer.appendLong(corner);
            values.add(corner);
            buffer.appendNull();
            values.add(null);
          }
        }
        int[] everySecondOrThird = {0, 1, 2, 4};
        for (Comparison comparison : Comparison.values()) {
          for (long constant : CORNERS) {
            check(buffer.vector(), values, comparison, constant, null);
            check(buffer.vector(), values, comparison, constant, everySecondOrThird);
          }
        }
      }
    }
  }

  private static void check(
      Vector vector,
      List<@Nullable Long> values,
      Comparison comparison,
      long constant,
      int @Nullable [] selection)
      throws StoreException {
    Batch batch = new OneColumn(vector, selection);
    Rows rows = Rows.of(batch);
    LongExpression column = new LongColumn(0, vector.type());
    for (boolean wanted : List.of(true, false)) {
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < rows.count(); i++) {
        Long value = values.get(rows.at(i));
        if (value != null && comparison.holds(Long.compare(value, constant)) == wanted) {
          expected.add(rows.at(i));
        }
      }
      int[] out = new int[rows.count()];
      int n = LongRanges.of(column, comparison, constant).select(rows, wanted, out);
      List<Integer> found = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        found.add(out[i]);
      }
      assertEquals(expected, found, () -> values + " " + comparison + " " + constant);
    }
  }

  private record OneColumn(Vector vector, int @Nullable [] selection) implements Batch {
    @Override
    public int length() {
      return vector.length();
    }

    @Override
    public int selected() {
      return selection == null ? vector.length() : selection.length;
    }

    @Override
    public Vector column(int i) {
      return vector;
    }

    @Override
    public Vector column(int i, int[] rows, int count) {
      return vector;
    }
  }
}
