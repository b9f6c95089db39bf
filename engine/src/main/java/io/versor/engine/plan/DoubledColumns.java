package io.versor.engine.plan;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/**
 * Names that several columns of a subquery have: all but the first are numbered, so that all can be
 * shown, but the name tells none of them.
 */
final class DoubledColumns {
  private final Map<SqlNode, Set<String>> names = new IdentityHashMap<>();

  void add(SqlSelect query, String name) {
    names.computeIfAbsent(query, key -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)).add(name);
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /**
   * Whether a query has several columns of a name.
   *
   * @param query what a namespace stands for; tables, and what has a list of names, have none
   */
  boolean has(@Nullable SqlNode query, String name) {
    SqlSelect naming = naming(query);
    return naming != null && names.getOrDefault(naming, Set.of()).contains(name);
  }

  /** The part of a query that names its columns; null if a list of names does, or no query. */
  static @Nullable SqlSelect naming(@Nullable SqlNode query) {
    SqlNode at = query;
    while (at != null && !(at instanceof SqlSelect)) {
      at = inner(at);
    }
    return (SqlSelect) at;
  }

  private static @Nullable SqlNode inner(SqlNode node) {
    if (node instanceof SqlWithItem item) {
      return item.columnList == null ? item.query : null;
    }
    if (node instanceof SqlWith with) {
      return with.body;
    }
    if (node instanceof SqlOrderBy ordered) {
      return ordered.query;
    }
    return node.isA(SqlKind.SET_QUERY) || node.getKind() == SqlKind.LATERAL
        ? ((SqlCall) node).operand(0)
        : null;
  }
}
