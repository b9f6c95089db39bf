package io.versor.parser.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code INSERT INTO t [AS a] [(c, ...)] [OVERRIDING {SYSTEM | USER} VALUE] rows [ON CONFLICT
 * ...]}.
 */
public final class SqlInsertInto extends SqlRowChange {
  private final SqlNode table;
  private final @Nullable SqlIdentifier alias;
  private final List<SqlIdentifier> columns;
  private final Overriding overriding;
  private final SqlNode rows;
  private final @Nullable OnConflict conflict;
  private final SqlNodeList returning;

  /**
   * @param columns empty: all of the table's
   * @param rows VALUES or a query; DEFAULT VALUES is a row without values
   * @param returning empty: nothing
   */
  public SqlInsertInto(
      SqlParserPos pos,
      SqlNode table,
      @Nullable SqlIdentifier alias,
      List<SqlIdentifier> columns,
      Overriding overriding,
      SqlNode rows,
      @Nullable OnConflict conflict,
      SqlNodeList returning) {
    super("INSERT INTO", pos, operands(table, rows, conflict, returning));
    this.table = table;
    this.alias = alias;
    this.columns = List.copyOf(columns);
    this.overriding = overriding;
    this.rows = rows;
    this.conflict = conflict;
    this.returning = returning;
  }

  private static SqlNode[] operands(
      SqlNode table, SqlNode rows, @Nullable OnConflict conflict, SqlNodeList returning) {
    List<SqlNode> operands = new ArrayList<>(List.of(table, rows));
    if (conflict != null) {
      operands.addAll(conflict.operands());
    }
    operands.add(returning);
    return operands.toArray(SqlNode[]::new);
  }

  @Override
  public SqlKind getKind() {
    return SqlKind.INSERT;
  }

  /** Its name, or what cannot be written. */
  public SqlNode table() {
    return table;
  }

  public Optional<SqlIdentifier> alias() {
    return Optional.ofNullable(alias);
  }

  public List<SqlIdentifier> columns() {
    return columns;
  }

  public Overriding overriding() {
    return overriding;
  }

  public SqlNode rows() {
    return rows;
  }

  public Optional<OnConflict> conflict() {
    return Optional.ofNullable(conflict);
  }

  /** What is given back of the rows that are written; empty: nothing. */
  public SqlNodeList returning() {
    return returning;
  }

  @Override
  void unparse(SqlWriter writer) {
    optional(writer, "INSERT INTO", table);
    optional(writer, "AS", alias);
    if (!columns.isEmpty()) {
      list(writer, new SqlNodeList(columns, getParserPosition()));
    }
    overriding.unparse(writer);
    rows.unparse(writer, 0, 0);
    if (conflict != null) {
      conflict.unparse(writer);
    }
    items(writer, "RETURNING", returning);
  }
}
