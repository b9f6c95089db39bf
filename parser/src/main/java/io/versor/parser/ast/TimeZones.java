package io.versor.parser.ast;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** {@code x AT TIME ZONE 'Europe/Berlin'}. */
public final class TimeZones {
  public static final SqlBinaryOperator AT =
      new SqlBinaryOperator(
          "AT TIME ZONE",
          SqlKind.OTHER,
          70, // tighter than arithmetic, as in PostgreSQL
          true,
          ReturnTypes.ARG0,
          null,
          OperandTypes.ANY_ANY);

  private TimeZones() {}
}
