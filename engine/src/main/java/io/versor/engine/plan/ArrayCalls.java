package io.versor.engine.plan;

import io.versor.engine.type.TensorSqlType;
import io.versor.engine.type.VersorTypeFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * {@code x = ANY(a)} and the functions of arrays, where {@code a} is a tensor, which is an array to
 * the user, or a list whose elements are another sort of text than {@code x}.
 */
final class ArrayCalls {
  private ArrayCalls() {}

  static void resolve(
      SqlCall call, Function<SqlNode, RelDataType> typeOf, VersorTypeFactory types) {
    if (call.getOperator() instanceof SqlQuantifyOperator) {
      if (call.operand(1) instanceof SqlNodeList list && list.size() == 1) {
        quantified(call, list, typeOf, types);
      }
    } else if (!call.getOperator().isAggregator()
        && call.getOperator().getName().toUpperCase(Locale.ROOT).startsWith("ARRAY_")) {
      for (int i = 0; i < call.operandCount(); i++) {
        if (typeOf.apply(call.operand(i)) instanceof TensorSqlType tensor) {
          call.setOperand(i, TensorUnnest.array(call.operand(i), tensor, types));
        }
      }
    }
  }

  private static void quantified(
      SqlCall call,
      SqlNodeList list,
      Function<SqlNode, RelDataType> typeOf,
      VersorTypeFactory types) {
    SqlNode array = list.get(0);
    if (typeOf.apply(array) instanceof TensorSqlType tensor) {
      array = TensorUnnest.array(array, tensor, types);
      call.setOperand(1, new SqlNodeList(List.of(array), list.getParserPosition()));
    }
    RelDataType element = typeOf.apply(array).getComponentType();
    SqlNode value = call.operand(0);
    RelDataType given = typeOf.apply(value);
    boolean texts =
        element != null && SqlTypeUtil.isCharacter(element) && SqlTypeUtil.isCharacter(given);
    if (texts && given.getSqlTypeName() != element.getSqlTypeName()) {
      RelDataType text = types.createSqlType(element.getSqlTypeName());
      call.setOperand(
          0,
          SqlStdOperatorTable.CAST.createCall(
              value.getParserPosition(), value, SqlTypeUtil.convertTypeToSpec(text)));
    }
  }
}
