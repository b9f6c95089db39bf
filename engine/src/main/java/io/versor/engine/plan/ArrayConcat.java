package io.versor.engine.plan;

import io.versor.engine.function.ArrayFunctions;
import io.versor.engine.type.TensorSqlType;
import io.versor.engine.type.VersorTypeFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * {@code ||} of arrays and elements, which ARRAY_CAT is for arrays, and {@code ARRAY_LENGTH(a, 1)},
 * which is ARRAY_UPPER, too.
 */
final class ArrayConcat {
  private ArrayConcat() {}

  static void resolve(
      SqlBasicCall call, Function<SqlNode, RelDataType> typeOf, VersorTypeFactory types) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (call.operandCount() != 2) {
      return;
    }
    if (call.getOperator() == SqlStdOperatorTable.CONCAT || name.equals("ARRAY_CAT")) {
      concat(call, typeOf, types);
    } else if (name.equals("ARRAY_LENGTH") || name.equals("ARRAY_UPPER")) {
      length(call, typeOf, types);
    }
  }

  /** Puts what it is into the place of {@code ||}, if one side is an array. */
  private static void concat(
      SqlBasicCall call, Function<SqlNode, RelDataType> typeOf, VersorTypeFactory types) {
    for (int i = 0; i < 2; i++) {
      if (call.operand(i) instanceof SqlDynamicParam
          && !(call.operand(1 - i) instanceof SqlDynamicParam)) {
        RelDataType beside = array(call, 1 - i, typeOf, types);
        if (depth(beside) == 0) {
          return; // of texts
        }
        cast(call, i, types.createSqlType(SqlTypeName.NULL), beside); // as PostgreSQL has it
      }
    }
    if (call.operand(0) instanceof SqlDynamicParam) {
      return;
    }
    RelDataType left = array(call, 0, typeOf, types);
    RelDataType right = array(call, 1, typeOf, types);
    int difference = depth(left) - depth(right);
    if (left.getSqlTypeName() == SqlTypeName.NULL || right.getSqlTypeName() == SqlTypeName.NULL) {
      difference = 0; // no array, as PostgreSQL has it
    }
    if (depth(left) == 0 && depth(right) == 0 || Math.abs(difference) > 1) {
      return;
    }
    RelDataType first = difference < 0 ? left : elementOf(left);
    RelDataType second = difference > 0 ? right : elementOf(right);
    RelDataType common = types.leastRestrictive(List.of(first, second));
    if (common == null) {
      throw AlikeValues.noCommon(first, second, call.operand(1).getParserPosition());
    }
    RelDataType list = types.createArrayType(types.createTypeWithNullability(common, true), -1);
    cast(call, 0, left, difference < 0 ? common : list);
    cast(call, 1, right, difference > 0 ? common : list);
    call.setOperator(
        difference == 0
            ? ArrayFunctions.CONCAT
            : difference > 0 ? ArrayFunctions.APPEND : ArrayFunctions.PREPEND);
  }

  private static int depth(RelDataType type) {
    int depth = 0;
    for (RelDataType at = type.getComponentType(); at != null; at = at.getComponentType()) {
      depth++;
    }
    return depth;
  }

  private static RelDataType elementOf(RelDataType list) {
    RelDataType element = list.getComponentType();
    return element == null ? list : element;
  }

  private static RelDataType array(
      SqlCall call, int i, Function<SqlNode, RelDataType> typeOf, VersorTypeFactory types) {
    RelDataType type = typeOf.apply(call.operand(i));
    if (type instanceof TensorSqlType tensor && tensor.tensor().shape().rank() > 0) {
      call.setOperand(i, TensorUnnest.nested(call.operand(i), tensor, types));
      return typeOf.apply(call.operand(i));
    }
    return type;
  }

  private static void cast(SqlCall call, int i, RelDataType from, RelDataType to) {
    if (!SqlTypeUtil.equalSansNullability(from, to)) {
      SqlNode operand = call.operand(i);
      call.setOperand(
          i,
          SqlStdOperatorTable.CAST.createCall(
              operand.getParserPosition(), operand, SqlTypeUtil.convertTypeToSpec(to)));
    }
  }

  /** How long a dimension is. */
  private static void length(
      SqlBasicCall call, Function<SqlNode, RelDataType> typeOf, VersorTypeFactory types) {
    RelDataType list = array(call, 0, typeOf, types);
    RelDataType dimension = typeOf.apply(call.operand(1));
    boolean fits = list.getComponentType() != null || list.getSqlTypeName() == SqlTypeName.NULL;
    boolean counts =
        SqlTypeName.INT_TYPES.contains(dimension.getSqlTypeName())
            || dimension.getSqlTypeName() == SqlTypeName.NULL;
    if (fits && counts) {
      call.setOperator(ArrayFunctions.LENGTH);
    }
  }
}
