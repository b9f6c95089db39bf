package io.versor.parser.ast;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** PostgreSQL's arrows into JSON; NULL where there is nothing. */
public final class JsonArrows {
  /** The member or element as JSON. */
  public static final SqlBinaryOperator JSON = arrow("->");

  /** The same as text: of a string what is in it. */
  public static final SqlBinaryOperator TEXT = arrow("->>");

  /** What a path leads to, as JSON. */
  public static final SqlBinaryOperator AT_PATH = arrow("#>");

  /** What a path leads to, as text. */
  public static final SqlBinaryOperator TEXT_AT_PATH = arrow("#>>");

  private JsonArrows() {}

  private static SqlBinaryOperator arrow(String name) {
    return new SqlBinaryOperator(
        name,
        SqlKind.OTHER,
        60, // as ||: tighter than comparisons
        true,
        ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE),
        InferTypes.VARCHAR_1024,
        OperandTypes.or(
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER),
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER)));
  }
}
