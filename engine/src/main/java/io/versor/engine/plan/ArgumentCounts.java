package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.type.SqlOperandCountRanges;

/**
 * How many arguments functions take. Calcite looks at the types of arguments that there are, and
 * finds none for others.
 */
final class ArgumentCounts {
  /** Of functions that Calcite lets have none. */
  private static final Map<String, Integer> FEWEST =
      Map.of("COALESCE", 1, "GREATEST", 1, "LEAST", 1, "DECODE", 2);

  private static final Map<String, List<SqlOperandCountRange>> RANGES = ranges();

  private ArgumentCounts() {}

  private static Map<String, List<SqlOperandCountRange>> ranges() {
    Map<String, List<SqlOperandCountRange>> all = new HashMap<>();
    Set<String> unknown = new HashSet<>();
    for (SqlOperator operator : Operators.TABLE.getOperatorList()) {
      if (operator instanceof SqlFunction && operator.getOperandTypeChecker() != null) {
        all.computeIfAbsent(operator.getName().toUpperCase(Locale.ROOT), key -> new ArrayList<>())
            .add(operator.getOperandCountRange());
      } else if (operator instanceof SqlFunction) {
        unknown.add(operator.getName().toUpperCase(Locale.ROOT)); // nobody but it knows
      }
    }
    all.keySet().removeAll(unknown);
    all.put("ARRAY_LENGTH", List.of(SqlOperandCountRanges.between(1, 2)));
    return all;
  }

  /** Refuses a call with so many arguments that no function of its name takes them. */
  static void check(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    int found = call.operandCount();
    if (found < FEWEST.getOrDefault(name, 0)) {
      throw wrong(call, name, "at least " + FEWEST.get(name));
    }
    List<SqlOperandCountRange> ranges = RANGES.getOrDefault(name, List.of());
    if (call.getOperator() instanceof SqlUnresolvedFunction
        && !ranges.isEmpty()
        && ranges.stream().noneMatch(range -> range.isValidCount(found))) {
      throw wrong(
          call, name, String.join(" or ", ranges.stream().map(ArgumentCounts::text).toList()));
    }
  }

  private static String text(SqlOperandCountRange range) {
    int least = range.getMin();
    int most = range.getMax();
    if (most < 0) {
      return "at least " + Math.max(0, least);
    }
    return least == most ? String.valueOf(most) : Math.max(0, least) + " to " + most;
  }

  private static Carried wrong(SqlCall call, String name, String expected) {
    return new Carried(
        new StatementException(
                "42883", name + " with " + call.operandCount() + " arguments, expected " + expected)
            .at(call.getParserPosition()));
  }
}
