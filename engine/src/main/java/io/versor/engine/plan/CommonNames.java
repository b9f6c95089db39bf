package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Where a query names columns that its joins have in common: in its clauses, and in the queries
 * within these as far as no table of their own has a column of the name.
 */
final class CommonNames {
  private final CommonColumns common;
  private final Function<SqlNode, List<String>> columnsOf;

  /**
   * @param columnsOf all columns of a table or query in FROM, hidden ones too
   */
  CommonNames(CommonColumns common, Function<SqlNode, List<String>> columnsOf) {
    this.common = common;
    this.columnsOf = columnsOf;
  }

  /**
   * Puts the columns into all clauses of a query, whose FROM has some.
   *
   * @param doubled takes names that several columns of {@code *} have
   */
  void resolve(SqlSelect select, SqlNode from, Consumer<String> doubled) {
    List<SqlNode> items = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      if (item instanceof SqlIdentifier id && id.isStar() && id.names.size() == 1) {
        items.addAll(common.star(from, id.getParserPosition(), doubled));
      } else {
        items.add(item);
      }
    }
    select.getSelectList().clear(); // whoever validates has this list already
    select.getSelectList().addAll(items);
    clauses(select, from, names());
  }

  /** An expression with the columns. */
  SqlNode in(SqlNode expression, SqlNode from) {
    return in(expression, from, names());
  }

  private SqlNode in(SqlNode expression, SqlNode from, Set<String> hidden) {
    return common.in(expression, from, hidden, query -> query(query, from, hidden));
  }

  private static Set<String> names() {
    return new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  }

  /**
   * @param hidden names that mean something else here
   */
  private void clauses(SqlSelect select, SqlNode from, Set<String> hidden) {
    // first, as queries in other clauses that are asked for their columns ask what is grouped by
    inPlace(select.getGroup(), from, hidden, Set.of());
    SqlNodeList items = select.getSelectList();
    Set<String> aliases = names();
    for (int i = 0; i < items.size(); i++) {
      String alias = SqlValidatorUtil.alias(items.get(i));
      items.set(i, CommonColumns.item(items.get(i), in(items.get(i), from, hidden)));
      if (alias != null) {
        aliases.add(alias);
      }
    }
    if (select.getWhere() != null) {
      select.setWhere(in(select.getWhere(), from, hidden));
    }
    if (select.getHaving() != null) {
      select.setHaving(in(select.getHaving(), from, hidden));
    }
    if (select.getQualify() != null) {
      select.setQualify(in(select.getQualify(), from, hidden));
    }
    inPlace(select.getWindowList(), from, hidden, Set.of());
    inPlace(select.getOrderList(), from, hidden, aliases);
  }

  /** What a list holds, except for names that stand for something else. */
  private void inPlace(
      @Nullable SqlNodeList list, SqlNode from, Set<String> hidden, Set<String> others) {
    for (int i = 0; list != null && i < list.size(); i++) {
      SqlNode each = list.get(i);
      SqlNode key = each.getKind() == SqlKind.DESCENDING ? ((SqlCall) each).operand(0) : each;
      boolean other =
          key instanceof SqlIdentifier id && id.isSimple() && others.contains(id.getSimple());
      if (!other) {
        list.set(i, in(each, from, hidden));
      }
    }
  }

  /** Changes a query within an expression in its place: what it is known by stays. */
  private void query(SqlNode query, SqlNode from, Set<String> hidden) {
    if (query instanceof SqlSelect select) {
      Set<String> own = names();
      own.addAll(hidden);
      SqlNode tables = select.getFrom();
      if (tables != null) {
        tables(tables, from, hidden, own);
      }
      clauses(select, from, own);
    } else if (query instanceof SqlWith with) {
      with.withList.forEach(item -> query(((SqlWithItem) item).query, from, hidden));
      query(with.body, from, hidden);
    } else if (query.isA(SqlKind.SET_QUERY)) {
      ((SqlCall) query).getOperandList().forEach(each -> query(each, from, hidden));
    } else if (query.getKind() == SqlKind.VALUES) {
      for (SqlNode row : ((SqlCall) query).getOperandList()) {
        operands((SqlCall) row, from, hidden);
      }
    }
  }

  private void operands(SqlCall call, SqlNode from, Set<String> hidden) {
    for (int i = 0; i < call.operandCount(); i++) {
      call.setOperand(i, in(call.operand(i), from, hidden));
    }
  }

  /**
   * Queries in FROM, of which only those behind LATERAL see the tables before them. Only then can
   * they be asked for their columns, which validates them.
   *
   * @param own takes these, too
   */
  private void tables(SqlNode table, SqlNode from, Set<String> hidden, Set<String> own) {
    if (table instanceof SqlJoin join) {
      tables(join.getLeft(), from, hidden, own);
      tables(join.getRight(), from, hidden, own);
      if (join.getCondition() != null && !(join.getCondition() instanceof SqlNodeList)) {
        join.setOperand(5, in(join.getCondition(), from, own));
      }
      return;
    }
    SqlNode named = table.getKind() == SqlKind.AS ? ((SqlCall) table).operand(0) : table;
    if (named.getKind() == SqlKind.LATERAL) {
      query(((SqlCall) named).operand(0), from, own);
    } else {
      query(named, from, hidden);
    }
    own.addAll(columnsOf.apply(table));
  }
}
