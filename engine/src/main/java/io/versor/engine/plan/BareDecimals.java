package io.versor.engine.plan;

import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * {@code CAST(x AS NUMERIC)} without digits keeps the fraction of x, as PostgreSQL does. A type has
 * a scale here, so it is that of x: of decimals their own, of whole numbers none, of a literal as
 * many digits as it has, and of all else {@link #SCALE}.
 */
final class BareDecimals {
  private static final int DIGITS = 38;

  /** Digits behind the point of what can have any number of them. */
  private static final int SCALE = 9;

  private BareDecimals() {}

  /** Gives the type of a cast its digits. */
  static void resolve(SqlCall call, Function<SqlNode, RelDataType> typeOf) {
    if (call.getKind() != SqlKind.CAST
        || !(call.operand(1) instanceof SqlDataTypeSpec to)
        || !(to.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic)
        || SqlTypeName.get(basic.getTypeName().getSimple()) != SqlTypeName.DECIMAL
        || basic.getPrecision() >= 0) {
      return;
    }
    SqlNode value = call.operand(0);
    RelDataType type = typeOf.apply(value);
    int scale = scale(value, type);
    int digits = type.getSqlTypeName() == SqlTypeName.DECIMAL ? type.getPrecision() : DIGITS;
    call.setOperand(
        1,
        new SqlDataTypeSpec(
            new SqlBasicTypeNameSpec(
                SqlTypeName.DECIMAL, digits, scale, to.getTypeNameSpec().getParserPos()),
            to.getParserPosition()));
  }

  private static int scale(SqlNode value, RelDataType type) {
    if (SqlTypeUtil.isExactNumeric(type)) {
      return type.getSqlTypeName() == SqlTypeName.DECIMAL ? type.getScale() : 0;
    }
    if (value instanceof SqlLiteral literal
        && literal.getTypeName().getFamily() == SqlTypeFamily.CHARACTER) {
      String text = String.valueOf(literal.getValueAs(String.class)).strip();
      int point = text.indexOf('.');
      boolean plain = text.matches("[+-]?[0-9]*\\.?[0-9]*");
      return plain ? Math.min(DIGITS, point < 0 ? 0 : text.length() - point - 1) : SCALE;
    }
    return type.getSqlTypeName() == SqlTypeName.BOOLEAN ? 0 : SCALE;
  }
}
