package io.versor.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.Types;

/**
 * One column of a result, as JDBC's metadata describes it.
 *
 * @param jdbcType of {@link Types}
 * @param nullable one of {@link ResultSetMetaData}'s three answers
 */
record ResultColumn(
    String label,
    String name,
    String table,
    String schema,
    int jdbcType,
    String typeName,
    int precision,
    int scale,
    int nullable,
    boolean unsigned,
    boolean autoIncrement,
    boolean writable) {
  /** A column of a result that the driver itself makes up. */
  static ResultColumn computed(String name, int jdbcType) {
    return new ResultColumn(
        name,
        name,
        "",
        "",
        jdbcType,
        TypeNames.standard(jdbcType),
        0,
        0,
        ResultSetMetaData.columnNullable,
        false,
        false,
        false);
  }

  boolean isInteger() {
    return jdbcType == Types.INTEGER
        || jdbcType == Types.BIGINT
        || jdbcType == Types.SMALLINT
        || jdbcType == Types.TINYINT;
  }
}
