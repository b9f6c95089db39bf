package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code UPDATE t [AS a] SET c = e, ... [FROM tables] [WHERE condition] [RETURNING item, ...]}. */
public final class SqlUpdateTable extends SqlRowChange {
  private final SqlNode table;
  private final @Nullable SqlIdentifier alias;
  private final MergeAction.Update set;
  private final @Nullable SqlNode source;
  private final @Nullable SqlNode condition;
  private final SqlNodeList returning;

  /**
   * @param source null: none
   * @param returning empty: nothing
   */
  public SqlUpdateTable(
      SqlParserPos pos,
      SqlNode table,
      @Nullable SqlIdentifier alias,
      MergeAction.Update set,
      @Nullable SqlNode source,
      @Nullable SqlNode condition,
      SqlNodeList returning) {
    super("UPDATE", pos, table, set.columns(), set.values(), source, condition, returning);
    this.table = table;
    this.alias = alias;
    this.set = set;
    this.source = source;
    this.condition = condition;
    this.returning = returning;
  }

  @Override
  public SqlKind getKind() {
    return SqlKind.UPDATE;
  }

  /** Its name, or what cannot be written. */
  public SqlNode table() {
    return table;
  }

  public @Nullable SqlIdentifier alias() {
    return alias;
  }

  /** Columns and what they become. */
  public MergeAction.Update set() {
    return set;
  }

  /** Other tables that it reads, as in FROM of a query. */
  public Optional<SqlNode> source() {
    return Optional.ofNullable(source);
  }

  public Optional<SqlNode> condition() {
    return Optional.ofNullable(condition);
  }

  /** What is given back of the rows that are written; empty: nothing. */
  public SqlNodeList returning() {
    return returning;
  }

  @Override
  void unparse(SqlWriter writer) {
    optional(writer, "UPDATE", table);
    optional(writer, "AS", alias);
    set.unparseAssignments(writer);
    tables(writer, "FROM", source);
    optional(writer, "WHERE", condition);
    items(writer, "RETURNING", returning);
  }
}
