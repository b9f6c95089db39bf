package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import io.versor.parser.ast.SqlDistinctOn;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;

/**
 * {@code SELECT DISTINCT ON (a) … ORDER BY a, b} as {@code SELECT … QUALIFY ROW_NUMBER() OVER
 * (PARTITION BY a ORDER BY a, b) = 1 ORDER BY a, b}. Names and numbers in both lists may stand for
 * items of the query.
 */
final class DistinctOn {
  /** No name that a user would give. */
  private static final String NAME = "distinct on";

  private final SqlDistinctOn select;

  private DistinctOn(SqlDistinctOn select) {
    this.select = select;
  }

  /** A query with an order. */
  static SqlNode of(SqlOrderBy ordered, SqlDistinctOn select) {
    SqlNode first = new DistinctOn(select).first(ordered.orderList);
    return new SqlOrderBy(
        ordered.getParserPosition(), first, ordered.orderList, ordered.offset, ordered.fetch);
  }

  /** A query without an order. */
  static SqlNode of(SqlDistinctOn select) {
    return new DistinctOn(select).first(SqlNodeList.EMPTY);
  }

  private SqlNode first(SqlNodeList order) {
    if (select.getQualify() != null) {
      throw wrong(
          "0A000",
          "DISTINCT ON beside QUALIFY is not supported; put one of them into a subquery",
          select.getQualify());
    }
    List<SqlNode> on = new ArrayList<>();
    for (SqlNode expression : OrderSyntax.keys(select.on())) {
      on.add(meant(expression));
    }
    List<SqlNode> by = new ArrayList<>();
    for (SqlNode item : order) {
      by.add(directed(item));
    }
    check(on, by);
    SqlParserPos place = select.on().getParserPosition();
    SqlWindow window =
        SqlWindow.create(
            null,
            null,
            copies(on, place),
            copies(by, place),
            SqlLiteral.createBoolean(false, place),
            null,
            null,
            null,
            SqlWindow.createExcludeNoOthers(place),
            place);
    // A window with a name sees the columns of FROM alone, as ORDER BY in PostgreSQL does within an
    // expression; but no aggregates.
    SqlNode named = window;
    SqlNodeList windows = new SqlNodeList(select.getWindowList(), place);
    if (select.getGroup() == null) {
      window.setDeclName(new SqlIdentifier(NAME, place));
      windows.add(window);
      named = new SqlIdentifier(NAME, place);
    }
    SqlNode number =
        SqlStdOperatorTable.OVER.createCall(
            place, SqlStdOperatorTable.ROW_NUMBER.createCall(place), named);
    return select.all(
        windows,
        SqlStdOperatorTable.EQUALS.createCall(
            place, number, SqlLiteral.createExactNumeric("1", place)));
  }

  /** Of their own: validation changes what it meets. */
  private static SqlNodeList copies(List<SqlNode> nodes, SqlParserPos place) {
    SqlNodeList copies = new SqlNodeList(place);
    for (SqlNode node : nodes) {
      copies.add(CopiedSyntax.of(node));
    }
    return copies;
  }

  /** An item of ORDER BY that says which expression is meant. */
  private SqlNode directed(SqlNode item) {
    return switch (item.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> {
        SqlCall call = (SqlCall) item;
        yield call.getOperator().createCall(call.getParserPosition(), directed(call.operand(0)));
      }
      default -> meant(item);
    };
  }

  private static SqlNode undirected(SqlNode item) {
    return switch (item.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> undirected(((SqlCall) item).operand(0));
      default -> item;
    };
  }

  /** The item of the query that a number or a name stands for; others as they are. */
  private SqlNode meant(SqlNode expression) {
    if (expression instanceof SqlNumericLiteral number && number.isInteger()) {
      return item(number);
    }
    if (expression instanceof SqlIdentifier id && id.isSimple()) {
      for (SqlNode item : select.getSelectList()) {
        if (item.getKind() == SqlKind.AS
            && ((SqlCall) item).operand(1) instanceof SqlIdentifier alias
            && alias.getSimple().equalsIgnoreCase(id.getSimple())) {
          return ((SqlCall) item).operand(0);
        }
      }
    }
    return expression;
  }

  private SqlNode item(SqlNumericLiteral number) {
    long at = number.longValue(true);
    SqlNodeList items = select.getSelectList();
    if (at < 1 || at > items.size()) {
      throw wrong("42P10", "the query has no item number " + at, number);
    }
    for (SqlNode item : items.subList(0, (int) at)) {
      if (item instanceof SqlIdentifier id && id.isStar()) {
        throw wrong(
            "0A000",
            "a number that counts columns of * beside DISTINCT ON; name the column",
            number);
      }
    }
    SqlNode item = items.get((int) at - 1);
    return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
  }

  /** The order begins with what is distinct, in whatever order, or with some of it and ends. */
  private void check(List<SqlNode> on, List<SqlNode> order) {
    int found = 0;
    boolean others = false;
    List<SqlNode> seen = new ArrayList<>();
    for (SqlNode item : order) {
      SqlNode by = undirected(item);
      if (on.stream().noneMatch(expression -> same(expression, by))) {
        others = true;
      } else if (others) {
        throw misplaced(by);
      } else if (seen.stream().noneMatch(before -> same(before, by))) {
        seen.add(by);
      }
    }
    for (SqlNode expression : on) {
      found += seen.stream().anyMatch(by -> same(by, expression)) ? 1 : 0;
    }
    if (others && found < on.size()) {
      throw misplaced(order.get(seen.size()));
    }
  }

  private static Carried misplaced(SqlNode place) {
    return wrong(
        "42P10", "the expressions of DISTINCT ON are not the first ones of ORDER BY", place);
  }

  private static boolean same(SqlNode left, SqlNode right) {
    if (left instanceof SqlIdentifier a && right instanceof SqlIdentifier b) {
      int common = Math.min(a.names.size(), b.names.size());
      for (int i = 1; i <= common; i++) {
        if (!a.names.get(a.names.size() - i).equalsIgnoreCase(b.names.get(b.names.size() - i))) {
          return false;
        }
      }
      return true;
    }
    return left.equalsDeep(right, Litmus.IGNORE);
  }

  private static Carried wrong(String state, String message, SqlNode where) {
    SqlParserPos place = where.getParserPosition();
    return new Carried(
        new StatementException(state, message, place.getLineNum(), place.getColumnNum()));
  }
}
