package io.versor.parser.ast;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** Operators on the bits of integers that Calcite's grammar leaves out. */
public final class BitOperators {
  public static final SqlBinaryOperator OR =
      new SqlBinaryOperator(
          "|",
          SqlKind.OTHER,
          32, // weaker than arithmetic, tighter than comparisons
          true,
          ReturnTypes.LEAST_RESTRICTIVE,
          InferTypes.FIRST_KNOWN,
          OperandTypes.INTEGER_INTEGER);

  private BitOperators() {}
}
