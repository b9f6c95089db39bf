package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.function.PostgresFunctions;
import io.versor.engine.function.ScalarOperators;
import io.versor.engine.type.Carried;
import io.versor.engine.type.TensorSqlType;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.parser.ast.Containment;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** What PostgreSQL's operators and functions mean, by the types of what they are given. */
final class PostgresCalls {
  private PostgresCalls() {}

  static void resolve(
      SqlBasicCall call, Function<SqlNode, RelDataType> typeOf, VersorTypeFactory types) {
    if (call.operandCount() != 2) {
      return;
    }
    SqlOperator operator = call.getOperator();
    if (operator == Containment.CONTAINS
        || operator == Containment.CONTAINED
        || operator == Containment.OVERLAP) {
      containment(call, typeOf, types);
    } else if (operator == SqlStdOperatorTable.SUBSTRING) {
      boolean pattern =
          !(call.operand(1) instanceof SqlDynamicParam)
              && SqlTypeUtil.isCharacter(typeOf.apply(call.operand(1)));
      if (pattern) {
        call.setOperator(ScalarOperators.SUBSTRING_MATCHING);
      }
    } else if (operator == PostgresFunctions.TYPE_NAME) {
      SqlParserPos place = call.operand(0).getParserPosition();
      String name = name(typeOf.apply(call.operand(1)));
      call.setOperand(0, SqlLiteral.createCharString(name, place));
      // Only to be there, as aggregates must be; whether it is NULL can be asked of any type.
      SqlNode value = call.operand(1);
      call.setOperand(1, SqlStdOperatorTable.IS_NULL.createCall(place, value));
    }
  }

  // --- @>, <@ and &&

  private static void containment(
      SqlBasicCall call, Function<SqlNode, RelDataType> typeOf, VersorTypeFactory types) {
    for (int i = 0; i < 2; i++) {
      if (!(call.operand(i) instanceof SqlDynamicParam)
          && typeOf.apply(call.operand(i)) instanceof TensorSqlType tensor
          && tensor.tensor().shape().rank() > 0) {
        call.setOperand(i, TensorUnnest.array(call.operand(i), tensor, types));
      }
    }
    boolean firstUnknown = call.operand(0) instanceof SqlDynamicParam;
    boolean secondUnknown = call.operand(1) instanceof SqlDynamicParam;
    RelDataType left = firstUnknown ? null : typeOf.apply(call.operand(0));
    RelDataType right = secondUnknown ? null : typeOf.apply(call.operand(1));
    if (left == null) {
      left = right;
    }
    if (right == null) {
      right = left;
    }
    if (left == null || right == null) {
      return; // the validator says that types of parameters are not known
    }
    if (left.getComponentType() != null && right.getComponentType() != null) {
      RelDataType common = common(left, right, types, call.operand(1).getParserPosition());
      for (int i = 0; i < 2; i++) {
        if (!SqlTypeUtil.equalSansNullability(i == 0 ? left : right, common)
            || (i == 0 ? firstUnknown : secondUnknown)) {
          cast(call, i, common);
        }
      }
      call.setOperator(
          call.getOperator() == Containment.CONTAINS
              ? PostgresFunctions.CONTAINS
              : call.getOperator() == Containment.CONTAINED
                  ? PostgresFunctions.CONTAINED
                  : PostgresFunctions.OVERLAP);
      return;
    }
    boolean json =
        call.getOperator() != Containment.OVERLAP
            && SqlTypeUtil.isCharacter(left)
            && SqlTypeUtil.isCharacter(right);
    if (!json) {
      throw wrong(call, left, right);
    }
    for (int i = 0; i < 2; i++) {
      if (call.operand(i) instanceof SqlDynamicParam) {
        cast(call, i, types.createSqlType(SqlTypeName.VARCHAR));
      }
    }
    call.setOperator(
        call.getOperator() == Containment.CONTAINS
            ? PostgresFunctions.JSON_CONTAINS
            : PostgresFunctions.JSON_CONTAINED);
  }

  private static RelDataType common(
      RelDataType left, RelDataType right, VersorTypeFactory types, SqlParserPos place) {
    RelDataType common = types.leastRestrictive(List.of(deepest(left), deepest(right)));
    if (common == null) {
      throw AlikeValues.noCommon(deepest(left), deepest(right), place);
    }
    return types.createArrayType(types.createTypeWithNullability(common, true), -1);
  }

  private static RelDataType deepest(RelDataType list) {
    RelDataType element = list.getComponentType();
    return element == null ? list : deepest(element);
  }

  private static void cast(SqlBasicCall call, int i, RelDataType to) {
    SqlNode operand = call.operand(i);
    call.setOperand(
        i,
        SqlStdOperatorTable.CAST.createCall(
            operand.getParserPosition(), operand, SqlTypeUtil.convertTypeToSpec(to)));
  }

  private static Carried wrong(SqlBasicCall call, RelDataType left, RelDataType right) {
    SqlParserPos place = call.getParserPosition();
    String expected =
        call.getOperator() == Containment.OVERLAP ? "two arrays" : "two arrays, or JSON";
    return new Carried(
        new StatementException(
            "42883",
            left + " " + call.getOperator().getName() + " " + right + "; expected " + expected,
            place.getLineNum(),
            place.getColumnNum()));
  }

  // --- PG_TYPEOF

  private static String name(RelDataType type) {
    if (type instanceof TensorSqlType tensor && tensor.tensor().shape().rank() == 1) {
      return tensor.tensor().dtype().name().toLowerCase(Locale.ROOT) + "[]";
    }
    if (type instanceof TensorSqlType tensor) {
      return tensor.tensor().toString().toLowerCase(Locale.ROOT);
    }
    RelDataType element = type.getComponentType();
    if (element != null) {
      String inner = name(element);
      return inner.endsWith("[]") ? inner : inner + "[]";
    }
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT -> "smallint";
      case REAL -> "real";
      case FLOAT, DOUBLE -> "double precision";
      case DECIMAL -> "numeric";
      case CHAR -> "character";
      case VARCHAR -> type.getPrecision() > 0 && type.getPrecision() < TEXT ? VARYING : "text";
      case BINARY, VARBINARY -> "bytea";
      case TIME -> "time without time zone";
      case TIMESTAMP -> "timestamp without time zone";
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "timestamp with time zone";
      case NULL -> "unknown";
      default ->
          SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName())
              ? "interval"
              : type.getSqlTypeName().getName().toLowerCase(Locale.ROOT);
    };
  }

  private static final String VARYING = "character varying";

  /** A VARCHAR of this length or more is one without a length. */
  private static final int TEXT = 65_536;
}
