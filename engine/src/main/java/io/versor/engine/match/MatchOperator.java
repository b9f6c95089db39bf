package io.versor.engine.match;

import io.versor.engine.keep.KeptRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds matches in rows in memory, partition by partition, as these are met, and shows them while
 * it goes on.
 */
public final class MatchOperator {
  private MatchOperator() {}

  /**
   * Called by generated code.
   *
   * @param input rows as arrays or lists, bare values if there is one column
   * @param given a list of the numbers of the {@link GivenRow}s of the expressions
   * @param expressions projections of one column of those rows
   * @param spec a {@link MatchSpec}
   * @return rows as arrays
   */
  @SuppressWarnings("unchecked") // what the plan has put there
  public static Enumerable<@Nullable Object[]> rows(
      DataContext context,
      Enumerable<?> input,
      Object given,
      Enumerable<?>[] expressions,
      Object spec) {
    List<Integer> numbers = (List<Integer>) given;
    MatchSpec what = (MatchSpec) spec;
    return new AbstractEnumerable<@Nullable Object[]>() {
      @Override
      public Enumerator<@Nullable Object[]> enumerator() {
        Map<Integer, Computed> computed = new HashMap<>();
        for (int i = 0; i < expressions.length; i++) {
          int number = numbers.get(i);
          computed.put(
              number, new Computed(GivenRow.of(context, number), expressions[i].enumerator()));
        }
        KeptRows kept = new KeptRows("the rows of MATCH_RECOGNIZE");
        return kept.closing(
            new Matches(what, kept.read(input, what.columns(), what.columns()), computed, kept));
      }
    };
  }
}
