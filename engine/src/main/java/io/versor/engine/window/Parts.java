package io.versor.engine.window;

import io.versor.engine.work.Poll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows parted by PARTITION BY and put in order. */
public final class Parts {
  private Parts() {}

  /** Rows that are equal in some columns, NULL equal to NULL; parts and rows as they came. */
  public static Collection<List<@Nullable Object[]>> of(
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

  /** The rows of a part in order; those that are equal in it stay as they came. */
  public static @Nullable Object[][] sorted(List<@Nullable Object[]> part, List<OrderKey> order) {
    @Nullable Object[][] sorted = part.toArray(new @Nullable Object[0][]);
    if (!order.isEmpty()) {
      Arrays.sort(sorted, (left, right) -> compare(left, right, order));
    }
    return sorted;
  }

  private static int compare(
      @Nullable Object[] left, @Nullable Object[] right, List<OrderKey> order) {
    Poll.poll();
    for (OrderKey key : order) {
      int found = key.compare(left, right);
      if (found != 0) {
        return found;
      }
    }
    return 0;
  }
}
