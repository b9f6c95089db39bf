package io.versor.engine.plan;

import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Dates and times that JSON_ARRAYAGG and JSON_OBJECTAGG gather: texts, where Calcite has numbers.
 */
final class JsonMoments {
  private JsonMoments() {}

  static void resolve(SqlCall call, Function<SqlNode, RelDataType> typeOf) {
    if (call.getKind() != SqlKind.JSON_ARRAYAGG && call.getKind() != SqlKind.JSON_OBJECTAGG) {
      return;
    }
    int last = call.getKind() == SqlKind.JSON_ARRAYAGG ? 0 : 1;
    SqlNode value = call.operand(last);
    if (SqlTypeUtil.isDatetime(typeOf.apply(value))) {
      call.setOperand(last, CustomarySyntax.text(value));
    }
  }
}
