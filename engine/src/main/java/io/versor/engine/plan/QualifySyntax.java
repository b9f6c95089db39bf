package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * QUALIFY takes any condition, as long as the query has a function over a window somewhere; Calcite
 * looks for it in the condition alone.
 */
final class QualifySyntax {
  private QualifySyntax() {}

  static void check(SqlSelect select) {
    SqlNode condition = select.getQualify();
    if (condition == null || over(condition) != null) {
      return;
    }
    SqlNode over = over(select.getSelectList());
    SqlParserPos place = condition.getParserPosition();
    if (over == null) {
      throw new Carried(
          new StatementException(
              "42P20",
              "QUALIFY is a condition on what functions over windows give, and the query has none;"
                  + " WHERE is one on rows, HAVING one on groups",
              place.getLineNum(),
              place.getColumnNum()));
    }
    // true of every row, and has what Calcite looks for
    SqlNode always =
        SqlStdOperatorTable.OR.createCall(
            place,
            SqlLiteral.createBoolean(true, place),
            SqlStdOperatorTable.IS_NULL.createCall(place, CopiedSyntax.of(over)));
    select.setQualify(SqlStdOperatorTable.AND.createCall(place, condition, always));
  }

  /** A function over a window in an expression, but in no query within it. */
  static @Nullable SqlNode over(SqlNode node) {
    SqlNode[] found = {null};
    node.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call.getKind() == SqlKind.OVER) {
              found[0] = call;
            }
            return found[0] != null || call.isA(SqlKind.QUERY) ? null : super.visit(call);
          }
        });
    return found[0];
  }
}
