package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import io.versor.parser.ast.FetchedRows;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * ORDER BY, OFFSET and LIMIT as PostgreSQL has them: a value that is the same for all rows orders
 * nothing, and numbers of rows are rounded, half up.
 */
final class OrderSyntax {
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private OrderSyntax() {}

  static SqlOrderBy of(SqlOrderBy ordered) {
    if (FetchedRows.isTied(ordered.fetch) && ordered.orderList.isEmpty()) {
      throw wrong(
          "42601", "WITH TIES without ORDER BY, which says what is equal; add one", ordered.fetch);
    }
    boolean distinct = isDistinctWindow(ordered.query) && !ordered.orderList.isEmpty();
    SqlNodeList keys = keys(ordered.orderList);
    return new SqlOrderBy(
        ordered.getParserPosition(),
        distinct ? rows((SqlSelect) ordered.query) : ordered.query,
        distinct ? items(keys, ((SqlSelect) ordered.query).getSelectList()) : keys,
        rows(ordered.offset, "OFFSET"),
        rows(ordered.fetch, "LIMIT"));
  }

  /** Calcite looks for what is in windows among the items, too, where these are distinct. */
  private static boolean isDistinctWindow(SqlNode query) {
    return query instanceof SqlSelect select
        && select.isDistinct()
        && QualifySyntax.over(select.getSelectList()) != null;
  }

  private static SqlNode rows(SqlSelect query) {
    SqlParserPos place = query.getParserPosition();
    return Selects.of(place, List.of(SqlIdentifier.star(place)), query, null);
  }

  /** Keys that are items of the query as the numbers of these. */
  private static SqlNodeList items(SqlNodeList keys, SqlNodeList items) {
    SqlNodeList numbers = new SqlNodeList(keys.getParserPosition());
    for (SqlNode key : keys) {
      numbers.add(item(key, items));
    }
    return numbers;
  }

  private static SqlNode item(SqlNode key, SqlNodeList items) {
    switch (key.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> {
        SqlCall call = (SqlCall) key;
        return call.getOperator()
            .createCall(call.getParserPosition(), item(call.operand(0), items));
      }
      default -> {}
    }
    for (int i = 0; i < items.size(); i++) {
      if (SqlUtil.stripAs(items.get(i)).equalsDeep(key, Litmus.IGNORE)) {
        return SqlLiteral.createExactNumeric(String.valueOf(i + 1), key.getParserPosition());
      }
      if (items.get(i) instanceof SqlIdentifier id && id.isStar()) {
        break; // it counts as many as it stands for
      }
    }
    return key;
  }

  /** Without parameters, of which each is one value. */
  static SqlNodeList keys(SqlNodeList order) {
    List<SqlNode> keys = order.stream().filter(key -> !isParameter(key)).toList();
    return keys.size() == order.size() ? order : new SqlNodeList(keys, order.getParserPosition());
  }

  private static boolean isParameter(SqlNode key) {
    return switch (key.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> isParameter(((SqlCall) key).operand(0));
      default -> key instanceof SqlDynamicParam;
    };
  }

  private static @Nullable SqlNode rows(@Nullable SqlNode number, String clause) {
    if (FetchedRows.isTied(number)) {
      SqlNode within = ((SqlCall) number).operand(0);
      return FetchedRows.isPercent(within) ? number : FetchedRows.withTies(rows(within, clause));
    }
    if (!(number instanceof SqlNumericLiteral literal)) {
      return number; // a parameter, or a part of a hundred
    }
    BigDecimal rows = literal.bigDecimalValue().setScale(0, RoundingMode.HALF_UP);
    if (rows.compareTo(MOST) > 0) {
      throw wrong("22003", clause + " " + literal + " is more than " + MOST, literal);
    }
    return literal.isInteger()
        ? literal
        : SqlLiteral.createExactNumeric(rows.toPlainString(), literal.getParserPosition());
  }

  private static Carried wrong(String state, String message, SqlNode where) {
    SqlParserPos place = where.getParserPosition();
    return new Carried(
        new StatementException(state, message, place.getLineNum(), place.getColumnNum()));
  }
}
