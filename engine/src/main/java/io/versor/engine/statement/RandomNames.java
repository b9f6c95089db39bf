package io.versor.engine.statement;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Functions that give another value each time, as an expression that is not planned yet has them.
 */
final class RandomNames {
  private static final Set<String> NAMES =
      Set.of("RAND", "RANDOM", "RAND_INTEGER", "GEN_RANDOM_UUID", "RANDOM_UUID");

  private RandomNames() {}

  static boolean isIn(SqlNode expression) {
    boolean[] found = {false};
    expression.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            found[0] |= NAMES.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
            return super.visit(call);
          }
        });
    return found[0];
  }
}
