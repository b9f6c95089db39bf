package io.versor.parser.ast;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** {@code SELECT DISTINCT ON (…) …}: of rows that agree in some expressions the first. */
public final class SqlDistinctOn extends SqlSelect {
  private final SqlNodeList on;

  private SqlDistinctOn(SqlSelect select, SqlNodeList on) {
    super(
        select.getParserPosition(),
        null,
        select.getSelectList(),
        select.getFrom(),
        select.getWhere(),
        select.getGroup(),
        select.getHaving(),
        select.getWindowList(),
        select.getQualify(),
        null,
        null,
        null,
        select.getHints());
    this.on = on;
  }

  /**
   * A query as it was written.
   *
   * @param on what stands in {@code ON (…)}; null if there is none
   */
  public static SqlSelect of(SqlSelect select, @Nullable SqlNodeList on) {
    return on == null ? select : new SqlDistinctOn(select, on);
  }

  /** Whoever walks through a statement meets what is distinct, too. */
  @Override
  public List<@Nullable SqlNode> getOperandList() {
    List<@Nullable SqlNode> operands = new ArrayList<>(super.getOperandList());
    operands.add(on);
    return Collections.unmodifiableList(operands);
  }

  public SqlNodeList on() {
    return on;
  }

  /** The query without DISTINCT ON, but with other windows and a condition on them. */
  public SqlSelect all(SqlNodeList windows, SqlNode qualify) {
    return new SqlSelect(
        getParserPosition(),
        null,
        getSelectList(),
        getFrom(),
        getWhere(),
        getGroup(),
        getHaving(),
        windows,
        qualify,
        null,
        null,
        null,
        getHints());
  }
}
