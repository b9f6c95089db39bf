package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import io.versor.parser.ast.FetchedRows;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.parser.SqlParserPos;
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
    return new SqlOrderBy(
        ordered.getParserPosition(),
        ordered.query,
        keys(ordered.orderList),
        rows(ordered.offset, "OFFSET"),
        rows(ordered.fetch, "LIMIT"));
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
