package io.versor.parser.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code MERGE INTO t [AS a] USING source ON condition WHEN ... [RETURNING item, ...]}; at least
 * one WHEN.
 */
public final class SqlMergeInto extends SqlRowChange {
  private final SqlIdentifier table;
  private final @Nullable SqlIdentifier alias;
  private final SqlNode source;
  private final SqlNode condition;
  private final List<MergeWhen> whens;
  private final SqlNodeList returning;

  public SqlMergeInto(
      SqlParserPos pos,
      SqlIdentifier table,
      @Nullable SqlIdentifier alias,
      SqlNode source,
      SqlNode condition,
      List<MergeWhen> whens,
      SqlNodeList returning) {
    super("MERGE INTO", pos, operands(table, source, condition, whens, returning));
    this.table = table;
    this.alias = alias;
    this.source = source;
    this.condition = condition;
    this.whens = List.copyOf(whens);
    this.returning = returning;
  }

  private static SqlNode[] operands(
      SqlIdentifier table,
      SqlNode source,
      SqlNode condition,
      List<MergeWhen> whens,
      SqlNodeList returning) {
    List<SqlNode> operands = new ArrayList<>(List.of(table, source, condition));
    for (MergeWhen when : whens) {
      when.condition().ifPresent(operands::add);
      operands.addAll(when.action().operands());
    }
    operands.add(returning);
    return operands.toArray(SqlNode[]::new);
  }

  public SqlIdentifier table() {
    return table;
  }

  public Optional<SqlIdentifier> alias() {
    return Optional.ofNullable(alias);
  }

  /** Whatever can stand in FROM. */
  public SqlNode source() {
    return source;
  }

  public SqlNode condition() {
    return condition;
  }

  /** In the order they are tried. */
  public List<MergeWhen> whens() {
    return whens;
  }

  /** What is given back of the rows that are changed; empty: nothing. */
  public SqlNodeList returning() {
    return returning;
  }

  @Override
  void unparse(SqlWriter writer) {
    optional(writer, "MERGE INTO", table);
    optional(writer, "AS", alias);
    optional(writer, "USING", source);
    optional(writer, "ON", condition);
    whens.forEach(when -> when.unparse(writer));
    items(writer, "RETURNING", returning);
  }
}
