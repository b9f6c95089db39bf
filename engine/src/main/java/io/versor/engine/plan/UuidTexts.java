package io.versor.engine.plan;

import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Texts that stand for UUIDs become casts, which run in our order of them; Calcite would compare
 * {@code id = 'A0…'} as texts.
 */
final class UuidTexts {
  private UuidTexts() {}

  /** {@code UUID '…'}. */
  static boolean isLiteral(SqlLiteral literal) {
    return literal instanceof SqlUnknownLiteral typed && typed.tag.equalsIgnoreCase("UUID");
  }

  static SqlNode cast(SqlLiteral literal) {
    String text =
        literal instanceof SqlUnknownLiteral
            ? String.valueOf(literal.getValue())
            : literal.getValueAs(String.class);
    SqlParserPos place = literal.getParserPosition();
    return SqlStdOperatorTable.CAST.createCall(
        place,
        SqlLiteral.createCharString(text, place),
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.UUID, place), place));
  }

  /** Casts the texts that a UUID is compared with. */
  static void resolve(SqlCall call, Function<SqlNode, RelDataType> typeOf) {
    SqlKind kind = call.getKind();
    boolean list = kind == SqlKind.IN || kind == SqlKind.NOT_IN;
    if (!SqlKind.COMPARISON.contains(kind) && kind != SqlKind.BETWEEN && !list) {
      return;
    }
    boolean anyText = false;
    for (SqlNode operand : call.getOperandList()) {
      anyText |= isText(operand) || list && operand instanceof SqlNodeList;
    }
    if (!anyText || call.getOperandList().stream().noneMatch(operand -> isUuid(operand, typeOf))) {
      return;
    }
    for (int i = 0; i < call.operandCount(); i++) {
      if (call.operand(i) instanceof SqlNodeList values) {
        values.replaceAll(value -> isText(value) ? cast((SqlLiteral) value) : value);
      } else if (isText(call.operand(i))) {
        call.setOperand(i, cast(call.operand(i)));
      }
    }
  }

  static boolean isText(SqlNode node) {
    return node instanceof SqlLiteral literal
        && SqlTypeName.CHAR_TYPES.contains(literal.getTypeName());
  }

  private static boolean isUuid(SqlNode node, Function<SqlNode, RelDataType> typeOf) {
    boolean plain =
        node.getKind() == SqlKind.IDENTIFIER
            || node.getKind() == SqlKind.CAST
            || node instanceof SqlCall call && call.getOperator().getName().endsWith("_UUID");
    return plain && typeOf.apply(node).getSqlTypeName() == SqlTypeName.UUID;
  }
}
