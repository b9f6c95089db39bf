package io.versor.engine.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * Marks in the expressions of MATCH_RECOGNIZE: what is found in rows of a match, by its number in
 * {@link RowPattern#found}. There may be none, so each may be NULL.
 */
final class MatchOperators {
  private static final SqlReturnTypeInference TEXT =
      ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE);
  private static final SqlReturnTypeInference NUMBER =
      ReturnTypes.explicit(SqlTypeName.BIGINT).andThen(SqlTypeTransforms.FORCE_NULLABLE);

  /** An expression in one row. */
  static final SqlFunction IN_ROW =
      mark("IN ROW", ReturnTypes.ARG1.andThen(SqlTypeTransforms.FORCE_NULLABLE));

  /** An aggregate of rows; that of no row is NULL but for numbers of rows. */
  static final SqlFunction OF_ROWS =
      mark("OF ROWS", ReturnTypes.ARG1.andThen(SqlTypeTransforms.FORCE_NULLABLE));

  /** A number of rows. */
  static final SqlFunction COUNT_OF_ROWS = mark("COUNT OF ROWS", ReturnTypes.ARG1);

  static final SqlFunction MATCH_NUMBER = mark("MATCH NUMBER", NUMBER);

  /** Within what is in a row: the name of the variable it is of. */
  static final SqlFunction ROW_CLASSIFIER = mark("ROW CLASSIFIER", TEXT);

  /** Within what is in a row: the number of its match. */
  static final SqlFunction ROW_MATCH_NUMBER = mark("ROW MATCH NUMBER", NUMBER);

  private MatchOperators() {}

  private static SqlFunction mark(String name, SqlReturnTypeInference returns) {
    return new SqlFunction(
        name,
        SqlKind.OTHER_FUNCTION,
        returns,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.SYSTEM) {
      @Override
      public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        return validateOperands(validator, scope, call); // not to be found by its name
      }
    };
  }
}
