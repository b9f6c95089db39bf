package io.versor.parser.ast;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** PostgreSQL's operators that ask what is in arrays and JSON. */
public final class Containment {
  /** Everything on the right is on the left, too. */
  public static final SqlBinaryOperator CONTAINS = operator("@>");

  /** Everything on the left is on the right, too. */
  public static final SqlBinaryOperator CONTAINED = operator("<@");

  /** Something is on both sides. */
  public static final SqlBinaryOperator OVERLAP = operator("&&");

  private Containment() {}

  private static SqlBinaryOperator operator(String name) {
    return new SqlBinaryOperator(
        name,
        SqlKind.OTHER,
        60, // as ||: tighter than comparisons
        true,
        ReturnTypes.BOOLEAN_NULLABLE,
        null,
        OperandTypes.ANY_ANY);
  }
}
