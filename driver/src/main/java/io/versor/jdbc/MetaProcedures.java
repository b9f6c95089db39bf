package io.versor.jdbc;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ProcedureInfo;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The procedures of the schema {@code versor}, as tools ask for them. */
final class MetaProcedures {
  static final String SCHEMA = "versor";

  private MetaProcedures() {}

  static ResultSet procedures(List<ProcedureInfo> procedures) {
    MetaRows rows =
        MetaRows.of(
            "PROCEDURE_CAT",
            "PROCEDURE_SCHEM",
            "PROCEDURE_NAME",
            "RESERVED_1",
            "RESERVED_2",
            "RESERVED_3",
            "REMARKS",
            "PROCEDURE_TYPE:s",
            "SPECIFIC_NAME");
    for (ProcedureInfo procedure : procedures) {
      rows.add(
          null,
          SCHEMA,
          procedure.name(),
          null,
          null,
          null,
          procedure.remarks(),
          DatabaseMetaData.procedureNoResult, // no return value; what it says is a result set
          procedure.name());
    }
    return rows.orderedBy(1, 2);
  }

  /** Parameters in the order of a call, then the columns of the row that comes back. */
  static ResultSet columns(List<ProcedureInfo> procedures, @Nullable String columnPattern) {
    MetaRows rows =
        MetaRows.of(
            "PROCEDURE_CAT",
            "PROCEDURE_SCHEM",
            "PROCEDURE_NAME",
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
            "COLUMN_DEF",
            "SQL_DATA_TYPE:i",
            "SQL_DATETIME_SUB:i",
            "CHAR_OCTET_LENGTH:i",
            "ORDINAL_POSITION:i",
            "IS_NULLABLE",
            "SPECIFIC_NAME");
    for (ProcedureInfo procedure : procedures) {
      int position = 0;
      for (ProcedureInfo.Parameter parameter : procedure.parameters()) {
        position++;
        if (LikePattern.matches(columnPattern, parameter.name())) {
          int size = VersorDatabaseMetaData.columnSize(parameter.jdbcType(), 0);
          boolean number = TypeNames.signed(parameter.jdbcType());
          rows.add(
              null,
              SCHEMA,
              procedure.name(),
              parameter.name(),
              DatabaseMetaData.procedureColumnIn,
              parameter.jdbcType(),
              parameter.typeName(),
              size,
              size,
              number ? 0 : null,
              number ? 10 : null,
              parameter.required()
                  ? DatabaseMetaData.procedureNoNulls
                  : DatabaseMetaData.procedureNullable,
              parameter.remarks(),
              parameter.defaultText().orElse(null),
              null,
              null,
              TypeNames.text(parameter.jdbcType()) ? size : null,
              position,
              parameter.required() ? "NO" : "YES",
              procedure.name());
        }
      }
      addResult(rows, procedure, columnPattern);
    }
    return rows.result();
  }

  private static void addResult(
      MetaRows rows, ProcedureInfo procedure, @Nullable String columnPattern) {
    int position = 0;
    for (ColumnInfo column : procedure.columns()) {
      position++;
      if (!LikePattern.matches(columnPattern, column.name())) {
        continue;
      }
      int size = VersorDatabaseMetaData.columnSize(column.jdbcType(), column.precision());
      boolean number = TypeNames.signed(column.jdbcType());
      rows.add(
          null,
          SCHEMA,
          procedure.name(),
          column.name(),
          DatabaseMetaData.procedureColumnResult,
          column.jdbcType(),
          column.typeName(),
          size,
          size,
          number ? column.scale() : null,
          number ? 10 : null,
          column.nullable()
              ? DatabaseMetaData.procedureNullable
              : DatabaseMetaData.procedureNoNulls,
          null,
          null,
          null,
          null,
          TypeNames.text(column.jdbcType()) ? size : null,
          position,
          column.nullable() ? "YES" : "NO",
          procedure.name());
    }
  }
}
