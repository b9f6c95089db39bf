package io.versor.engine.plan;

import io.versor.engine.function.JsonObjects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * How calls become expressions of a plan: as Calcite has it, but for those that only validation
 * needs.
 */
final class Conversions implements SqlRexConvertletTable {
  static final Conversions INSTANCE = new Conversions();

  private Conversions() {}

  @Override
  public @Nullable SqlRexConvertlet get(SqlCall call) {
    if (OuterColumns.isMarked(call)) {
      return (context, outer) -> context.convertExpression(outer.operand(0));
    }
    if (call.getOperator() == JsonObjects.FUNCTION && call instanceof SqlBasicCall object) {
      object.setOperator(SqlStdOperatorTable.JSON_OBJECT); // by which an object in it is known
    }
    if (call.getOperator() instanceof ListedOperator) {
      return (context, listed) -> context.convertExpression(listed.operand(0));
    }
    if (call.getKind() == SqlKind.EQUALS) {
      ListedOperator listed = ListedConstants.operator(call.operand(1));
      if (listed != null) {
        return (context, comparison) -> ListedConstants.convert(context, comparison, listed);
      }
    }
    if (ManyCompared.isMeant(call)) {
      return ManyCompared::convert;
    }
    return StandardConvertletTable.INSTANCE.get(call);
  }
}
