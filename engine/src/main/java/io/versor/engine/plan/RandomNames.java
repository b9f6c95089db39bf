package io.versor.engine.plan;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Functions that give another value each time, by name. */
public final class RandomNames {
  /** Without arguments: a number between 0 and 1. */
  static final Set<String> NUMBERS = Set.of("RAND", "RANDOM");

  /** Without arguments: a UUID. */
  static final Set<String> UUIDS = Set.of("GEN_RANDOM_UUID", "RANDOM_UUID");

  private static final Set<String> OTHERS = Set.of("RAND_INTEGER");

  private RandomNames() {}

  /** Whether a function gives another value each time. */
  static boolean has(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return NUMBERS.contains(upper) || UUIDS.contains(upper) || OTHERS.contains(upper);
  }

  /** Whether one of them is called in an expression, or query, that is not planned yet. */
  public static boolean isIn(SqlNode expression) {
    boolean[] found = {false};
    expression.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            found[0] |= has(call.getOperator().getName()) || call.getKind() == SqlKind.TABLESAMPLE;
            return super.visit(call);
          }
        });
    return found[0];
  }
}
