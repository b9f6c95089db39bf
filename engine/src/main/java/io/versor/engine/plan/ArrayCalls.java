package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import io.versor.engine.type.TensorSqlType;
import io.versor.engine.type.VersorTypeFactory;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * {@code x = ANY(a)} and the functions of arrays, where {@code a} is a tensor, which is an array to
 * the user, or a list whose elements are another sort of text than {@code x}.
 */
final class ArrayCalls {
  private static final Set<String> ONE_ELEMENT =
      Set.of("ARRAY_CONTAINS", "ARRAY_POSITION", "ARRAY_REMOVE", "ARRAY_APPEND", "ARRAY_PREPEND");

  private ArrayCalls() {}

  static void resolve(
      SqlCall call, Function<SqlNode, RelDataType> typeOf, VersorTypeFactory types) {
    if (call.getOperator() instanceof SqlQuantifyOperator) {
      if (call.operand(1) instanceof SqlNodeList list && list.size() == 1) {
        quantified(call, list, typeOf, types);
      }
    } else if (call.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR
        || call.getKind() == SqlKind.ARRAY_AGG) {
      refuseRows(call);
    } else if (call.getKind() == SqlKind.ITEM) {
      if (typeOf.apply(call.operand(0)) instanceof TensorSqlType tensor) {
        call.setOperand(0, TensorUnnest.nested(call.operand(0), tensor, types));
      }
    } else if (!call.getOperator().isAggregator()
        && call.getOperator().getName().toUpperCase(Locale.ROOT).startsWith("ARRAY_")) {
      for (int i = 0; i < call.operandCount(); i++) {
        if (typeOf.apply(call.operand(i)) instanceof TensorSqlType tensor) {
          call.setOperand(i, TensorUnnest.array(call.operand(i), tensor, types));
        }
      }
      elements(call, typeOf, types);
    }
  }

  private static void refuseRows(SqlCall call) {
    for (SqlNode element : call.getOperandList()) {
      if (element.getKind() == SqlKind.ROW) {
        throw new Carried(
            new StatementException(
                "0A000",
                "no array is made of rows; make one array of each column",
                element.getParserPosition().getLineNum(),
                element.getParserPosition().getColumnNum()));
      }
    }
  }

  /** ARRAY_TO_STRING takes elements of any type; what is looked for or added is an element. */
  private static void elements(
      SqlCall call, Function<SqlNode, RelDataType> typeOf, VersorTypeFactory types) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (call.operandCount() < 2 || call.operand(0) instanceof SqlDynamicParam) {
      return;
    }
    SqlNode list = call.operand(0);
    RelDataType element = typeOf.apply(list).getComponentType();
    if (element == null) {
      return;
    }
    if (name.equals("ARRAY_TO_STRING") && !SqlTypeUtil.isCharacter(element)) {
      RelDataType text = types.createSqlType(SqlTypeName.VARCHAR);
      RelDataType texts = types.createArrayType(types.createTypeWithNullability(text, true), -1);
      call.setOperand(
          0,
          SqlStdOperatorTable.CAST.createCall(
              list.getParserPosition(), list, SqlTypeUtil.convertTypeToSpec(texts)));
    } else if (ONE_ELEMENT.contains(name) && !(call.operand(1) instanceof SqlDynamicParam)) {
      RelDataType given = typeOf.apply(call.operand(1));
      boolean listed = element.getComponentType() != null;
      if (given.getComponentType() != null && !listed) {
        throw AlikeValues.noCommon(element, given, call.operand(1).getParserPosition());
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
