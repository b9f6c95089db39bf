package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Queries that statements are carried out by: items of a table, where something holds. */
public final class Selects {
  private Selects() {}

  /** A query; without a table, of one row. */
  public static SqlSelect of(
      SqlParserPos place, List<SqlNode> items, @Nullable SqlNode from, @Nullable SqlNode where) {
    SqlNodeList list = new SqlNodeList(items, place);
    return new SqlSelect(
        place, null, list, from, where, null, null, null, null, null, null, null, null);
  }

  /** Items with names that are numbered: two without one could be called the same. */
  public static List<SqlNode> named(List<SqlNode> items, String name) {
    List<SqlNode> named = new ArrayList<>();
    for (SqlNode item : items) {
      SqlParserPos place = item.getParserPosition();
      SqlIdentifier alias = new SqlIdentifier(name + named.size(), SqlParserPos.ZERO);
      named.add(SqlStdOperatorTable.AS.createCall(place, item, alias));
    }
    return named;
  }
}
