package io.versor.engine.statement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a query gives as they are, and where: in SELECT and VALUES, in parts of a
 * UNION, in a derived table whose columns are passed on.
 */
final class SelectedParameters {
  private final Map<Integer, Integer> places = new HashMap<>();

  private SelectedParameters() {}

  /** Columns of the query's rows, from 0, by the index of the parameter that stands there. */
  static Map<Integer, Integer> of(SqlNode query, int columns) {
    List<@Nullable Integer> all = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      all.add(i);
    }
    SelectedParameters found = new SelectedParameters();
    found.query(query, all);
    return found.places;
  }

  /**
   * @param columns what each column of the query becomes; null for one that is not passed on
   */
  private void query(SqlNode query, List<@Nullable Integer> columns) {
    if (query instanceof SqlOrderBy ordered) {
      query(ordered.query, columns);
    } else if (query instanceof SqlWith with) {
      query(with.body, columns);
    } else if (query instanceof SqlSelect select) {
      select(select, columns);
    } else if (SqlKind.SET_QUERY.contains(query.getKind())) {
      ((SqlCall) query).getOperandList().forEach(each -> query(each, columns));
    } else if (query.getKind() == SqlKind.VALUES) {
      ((SqlCall) query).getOperandList().forEach(row -> row(row, columns));
    }
  }

  private void row(SqlNode row, List<@Nullable Integer> columns) {
    if (row.getKind() == SqlKind.ROW) {
      items(((SqlCall) row).getOperandList(), columns);
    } else {
      items(List.of(row), columns);
    }
  }

  private void items(List<SqlNode> items, List<@Nullable Integer> columns) {
    for (int i = 0; i < Math.min(items.size(), columns.size()); i++) {
      Integer column = columns.get(i);
      if (column != null && SqlUtil.stripAs(items.get(i)) instanceof SqlDynamicParam parameter) {
        places.putIfAbsent(parameter.getIndex(), column);
      }
    }
  }

  private void select(SqlSelect select, List<@Nullable Integer> columns) {
    SqlNodeList items = select.getSelectList();
    boolean star = items.size() == 1 && isStar(items.get(0));
    if (!star && items.stream().anyMatch(SelectedParameters::isStar)) {
      return; // how many columns it stands for is not known yet
    }
    if (!star) {
      items(items, columns);
    }
    SqlNode from = select.getFrom();
    if (from == null) {
      return;
    }
    List<SqlNode> named =
        from.getKind() == SqlKind.AS ? ((SqlCall) from).getOperandList() : List.of(from);
    SqlNode derived = named.get(0);
    if (star) {
      query(derived, columns);
      return;
    }
    List<String> names = names(derived, named);
    List<@Nullable Integer> passed = new ArrayList<>();
    for (String name : names) {
      passed.add(column(name, items, columns));
    }
    query(derived, passed);
  }

  private static boolean isStar(SqlNode item) {
    return item instanceof SqlIdentifier id && id.isStar();
  }

  /** Names of a derived table's columns; empty if they are not written there. */
  private static List<String> names(SqlNode derived, List<SqlNode> named) {
    List<String> names = new ArrayList<>();
    for (SqlNode name : named.subList(Math.min(2, named.size()), named.size())) {
      names.add(((SqlIdentifier) name).getSimple());
    }
    if (names.isEmpty() && derived instanceof SqlSelect select) {
      for (SqlNode item : select.getSelectList()) {
        boolean as = item.getKind() == SqlKind.AS;
        SqlNode name = as ? ((SqlCall) item).operand(1) : item;
        names.add(name instanceof SqlIdentifier id ? id.names.get(id.names.size() - 1) : "");
      }
    }
    return names;
  }

  /** What becomes of a column of the derived table; null if it is not given on as it is. */
  private static @Nullable Integer column(
      String name, SqlNodeList items, List<@Nullable Integer> columns) {
    for (int i = 0; i < Math.min(items.size(), columns.size()); i++) {
      if (SqlUtil.stripAs(items.get(i)) instanceof SqlIdentifier id
          && id.names.get(id.names.size() - 1).equalsIgnoreCase(name)) {
        return columns.get(i);
      }
    }
    return null;
  }
}
