package io.versor.engine.plan;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Calcite's builder of expressions, but a number too large for REAL does not become one, and UUIDs
 * stay texts until they run: literals of them would be compared as java.util.UUID does, by signed
 * numbers.
 */
final class VersorRexBuilder extends RexBuilder {
  private static final BigDecimal MOST = new BigDecimal(Float.MAX_VALUE);

  VersorRexBuilder(RelDataTypeFactory types) {
    super(types);
  }

  /** Calcite makes calls of JSON_OBJECT anew, which have its type of 2,000 characters then. */
  @Override
  public RelDataType deriveReturnType(SqlOperator operator, List<? extends RexNode> operands) {
    return operator == SqlStdOperatorTable.JSON_OBJECT
        ? typeFactory.createSqlType(SqlTypeName.VARCHAR)
        : super.deriveReturnType(operator, operands);
  }

  @Override
  public RexNode makeCast(
      SqlParserPos pos,
      RelDataType type,
      RexNode node,
      boolean matchNullability,
      boolean safe,
      RexLiteral format) {
    boolean isUuid =
        type.getSqlTypeName() == SqlTypeName.UUID
            && node instanceof RexLiteral literal
            && !literal.isNull();
    return isUuid || type.getSqlTypeName() == SqlTypeName.REAL && isTooLarge(node)
        ? makeAbstractCast(type, node, safe) // fails when it is computed
        : super.makeCast(pos, type, node, matchNullability, safe, format);
  }

  private static boolean isTooLarge(RexNode node) {
    if (!(node instanceof RexLiteral literal)
        || !SqlTypeName.NUMERIC_TYPES.contains(literal.getType().getSqlTypeName())) {
      return false;
    }
    BigDecimal value = literal.getValueAs(BigDecimal.class);
    return value != null && value.abs().compareTo(MOST) > 0;
  }
}
