package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code DELETE FROM t [AS a] [USING tables] [WHERE condition] [RETURNING item, ...]}. */
public final class SqlDeleteFrom extends SqlRowChange {
  private final SqlNode table;
  private final @Nullable SqlIdentifier alias;
  private final @Nullable SqlNode source;
  private final @Nullable SqlNode condition;
  private final SqlNodeList returning;

  /**
   * @param source null: none
   * @param returning empty: nothing
   */
  public SqlDeleteFrom(
      SqlParserPos pos,
      SqlNode table,
      @Nullable SqlIdentifier alias,
      @Nullable SqlNode source,
      @Nullable SqlNode condition,
      SqlNodeList returning) {
    super("DELETE FROM", pos, table, source, condition, returning);
    this.table = table;
    this.alias = alias;
    this.source = source;
    this.condition = condition;
    this.returning = returning;
  }

  @Override
  public SqlKind getKind() {
    return SqlKind.DELETE;
  }

  /** Its name, or what cannot be written. */
  public SqlNode table() {
    return table;
  }

  public @Nullable SqlIdentifier alias() {
    return alias;
  }

  /** Other tables that it reads, as in FROM of a query. */
  public Optional<SqlNode> source() {
    return Optional.ofNullable(source);
  }

  public Optional<SqlNode> condition() {
    return Optional.ofNullable(condition);
  }

  /** What is given back of the rows that are deleted; empty: nothing. */
  public SqlNodeList returning() {
    return returning;
  }

  @Override
  void unparse(SqlWriter writer) {
    optional(writer, "DELETE FROM", table);
    optional(writer, "AS", alias);
    tables(writer, "USING", source);
    optional(writer, "WHERE", condition);
    items(writer, "RETURNING", returning);
  }
}
