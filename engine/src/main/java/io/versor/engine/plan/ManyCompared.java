package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * GREATEST and LEAST of many values. Calcite compares each with each, 900 of them 404,550 times;
 * beyond some they are the extreme of an array.
 */
final class ManyCompared {
  /**
   * So many are compared with each other: our operators can, and arrays are for the row executor.
   */
  private static final int FEW = 40;

  private ManyCompared() {}

  static boolean isMeant(SqlCall call) {
    boolean meant = call.getKind() == SqlKind.GREATEST_PG || call.getKind() == SqlKind.LEAST_PG;
    return meant && call.operandCount() > FEW;
  }

  static RexNode convert(SqlRexContext context, SqlCall call) {
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    boolean same = SqlTypeUtil.isNumeric(type) || SqlTypeUtil.isDatetime(type);
    if (!same) { // texts are not ordered alike everywhere
      return StandardConvertletTable.INSTANCE.get(call).convertCall(context, call);
    }
    RexBuilder builder = context.getRexBuilder();
    RelDataTypeFactory types = builder.getTypeFactory();
    RelDataType element = types.createTypeWithNullability(type, true);
    List<RexNode> values = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      values.add(builder.ensureType(element, context.convertExpression(operand), true));
    }
    RexNode all =
        builder.makeCall(
            types.createArrayType(element, -1),
            SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR,
            values);
    SqlOperator extreme =
        call.getKind() == SqlKind.GREATEST_PG
            ? SqlLibraryOperators.ARRAY_MAX
            : SqlLibraryOperators.ARRAY_MIN;
    return builder.makeCall(type, extreme, List.of(all));
  }
}
