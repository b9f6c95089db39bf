package io.versor.engine.plan;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ParameterInfo;
import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.TypeText;
import io.versor.format.type.TensorType;

/** What callers are told of columns and parameters. Stateless. */
public final class Infos {
  private Infos() {}

  /** A column as callers see it, which does not number its rows. */
  public static ColumnInfo column(
      String label,
      String name,
      String table,
      String schema,
      boolean nullable,
      TensorType type,
      boolean writable) {
    return column(label, name, table, schema, nullable, type, false, writable);
  }

  /** A column as callers see it. */
  public static ColumnInfo column(
      String label,
      String name,
      String table,
      String schema,
      boolean nullable,
      TensorType type,
      boolean autoIncrement,
      boolean writable) {
    return new ColumnInfo(
        label,
        name,
        table,
        schema,
        SqlTypes.jdbcType(type),
        TypeText.name(type),
        SqlTypes.precision(type),
        type.scale(),
        nullable,
        type,
        autoIncrement,
        writable);
  }

  /** A parameter that takes any value. */
  public static final ParameterInfo ANY =
      new ParameterInfo(java.sql.Types.VARCHAR, "VARCHAR", 0, 0, true);

  /** A parameter that takes samples of a tensor. */
  public static ParameterInfo parameter(TensorType type) {
    return new ParameterInfo(
        SqlTypes.jdbcType(type), TypeText.name(type), SqlTypes.precision(type), type.scale(), true);
  }
}
