package io.versor.jdbc;

import io.versor.engine.ProcedureInfo;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table functions of the schema {@code versor}, as tools ask for them. */
final class MetaFunctions {
  private MetaFunctions() {}

  static ResultSet functions(List<ProcedureInfo> functions) {
    MetaRows rows =
        MetaRows.of(
            "FUNCTION_CAT",
            "FUNCTION_SCHEM",
            "FUNCTION_NAME",
            "REMARKS",
            "FUNCTION_TYPE:s",
            "SPECIFIC_NAME");
    for (ProcedureInfo function : functions) {
      rows.add(
          null,
          MetaProcedures.SCHEMA,
          function.name(),
          function.remarks(),
          DatabaseMetaData.functionReturnsTable,
          function.name());
    }
    return rows.orderedBy(1, 2);
  }

  /** Parameters in the order of a call; the columns of the table depend on what is asked for. */
  static ResultSet columns(List<ProcedureInfo> functions, @Nullable String columnPattern) {
    MetaRows rows =
        MetaRows.of(
            "FUNCTION_CAT",
            "FUNCTION_SCHEM",
            "FUNCTION_NAME",
            "COLUMN_NAME",
            "COLUMN_TYPE:s",
            "DATA_TYPE:i",
            "TYPE_NAME",
            "PRECISION:i",
            "LENGTH:i",
            "SCALE:s",
            "RADIX:s",
            "NULLABLE:s",
            "REMARKS",
            "CHAR_OCTET_LENGTH:i",
            "ORDINAL_POSITION:i",
            "IS_NULLABLE",
            "SPECIFIC_NAME");
    for (ProcedureInfo function : functions) {
      int position = 0;
      for (ProcedureInfo.Parameter parameter : function.parameters()) {
        position++;
        if (LikePattern.matches(columnPattern, parameter.name())) {
          int size = VersorDatabaseMetaData.columnSize(parameter.jdbcType(), 0);
          rows.add(
              null,
              MetaProcedures.SCHEMA,
              function.name(),
              parameter.name(),
              DatabaseMetaData.functionColumnIn,
              parameter.jdbcType(),
              parameter.typeName(),
              size,
              size,
              null,
              null,
              parameter.required()
                  ? DatabaseMetaData.functionNoNulls
                  : DatabaseMetaData.functionNullable,
              parameter.remarks(),
              size,
              position,
              parameter.required() ? "NO" : "YES",
              function.name());
        }
      }
    }
    return rows.result();
  }
}
