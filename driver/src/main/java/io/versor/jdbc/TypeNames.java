package io.versor.jdbc;

import java.sql.Types;

/** Which Java class and which display width goes with a JDBC type. */
final class TypeNames {
  private TypeNames() {}

  static String standard(int jdbcType) {
    return switch (jdbcType) {
      case Types.BOOLEAN, Types.BIT -> "BOOLEAN";
      case Types.TINYINT -> "TINYINT";
      case Types.SMALLINT -> "SMALLINT";
      case Types.INTEGER -> "INTEGER";
      case Types.BIGINT -> "BIGINT";
      case Types.REAL -> "REAL";
      case Types.FLOAT, Types.DOUBLE -> "DOUBLE";
      case Types.NUMERIC, Types.DECIMAL -> "DECIMAL";
      case Types.CHAR -> "CHAR";
      case Types.BINARY -> "BINARY";
      case Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> "VARBINARY";
      case Types.DATE -> "DATE";
      case Types.TIME -> "TIME";
      case Types.TIMESTAMP -> "TIMESTAMP";
      case Types.TIMESTAMP_WITH_TIMEZONE -> "TIMESTAMP WITH TIME ZONE";
      case Types.ARRAY -> "ARRAY";
      case Types.OTHER -> "OTHER";
      case Types.NULL -> "NULL";
      default -> "VARCHAR";
    };
  }

  /** What {@code getObject} returns, as JDBC 4.3 appendix B.3 has it. */
  static Class<?> javaClass(int jdbcType) {
    return switch (jdbcType) {
      case Types.BOOLEAN, Types.BIT -> Boolean.class;
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> Integer.class;
      case Types.BIGINT -> Long.class;
      case Types.REAL -> Float.class;
      case Types.FLOAT, Types.DOUBLE -> Double.class;
      case Types.NUMERIC, Types.DECIMAL -> java.math.BigDecimal.class;
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> String.class;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> byte[].class;
      case Types.DATE -> java.sql.Date.class;
      case Types.TIME -> java.sql.Time.class;
      case Types.TIMESTAMP -> java.sql.Timestamp.class;
      case Types.TIMESTAMP_WITH_TIMEZONE -> java.time.OffsetDateTime.class;
      case Types.ARRAY -> java.sql.Array.class;
      default -> Object.class;
    };
  }

  /** The same of a column, whose type name tells more. */
  static Class<?> javaClass(ResultColumn column) {
    return column.typeName().equals("UUID") ? java.util.UUID.class : javaClass(column.jdbcType());
  }

  static boolean signed(int jdbcType) {
    return switch (jdbcType) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL ->
          true;
      default -> false;
    };
  }

  static boolean text(int jdbcType) {
    return jdbcType == Types.CHAR || jdbcType == Types.VARCHAR || jdbcType == Types.LONGVARCHAR;
  }

  /** Characters a tool should leave for a value. */
  static int displaySize(ResultColumn column) {
    return switch (column.jdbcType()) {
      case Types.BOOLEAN, Types.BIT -> 5;
      case Types.TINYINT -> 4;
      case Types.SMALLINT -> 6;
      case Types.INTEGER -> 11;
      case Types.BIGINT -> 20;
      case Types.REAL -> 15;
      case Types.FLOAT, Types.DOUBLE -> 25;
      case Types.NUMERIC, Types.DECIMAL -> column.precision() + 2;
      case Types.DATE -> 10;
      case Types.TIME -> 15;
      case Types.TIMESTAMP -> 26;
      case Types.TIMESTAMP_WITH_TIMEZONE -> 32;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY ->
          column.precision() > 0 && column.precision() <= Integer.MAX_VALUE / 2
              ? column.precision() * 2
              : Integer.MAX_VALUE;
      default -> column.precision() > 0 ? column.precision() : Integer.MAX_VALUE;
    };
  }
}
