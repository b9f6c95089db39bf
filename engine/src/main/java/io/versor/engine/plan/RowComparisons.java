package io.versor.engine.plan;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Rows that are ordered, as comparisons of their parts: the first pair that differs decides, and is
 * NULL if one of it is. Calcite's executor takes NULL for a value there.
 */
final class RowComparisons {
  private RowComparisons() {}

  /** Whether rows of plain values, as many each, are compared by their order. */
  static boolean is(SqlCall call) {
    return switch (call.getKind()) {
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL, BETWEEN ->
          call.getOperandList().stream().allMatch(row -> isPlain(row, call.operand(0)));
      default -> false;
    };
  }

  private static boolean isPlain(SqlNode row, SqlNode first) {
    return row.getKind() == SqlKind.ROW
        && parts(row).size() == parts(first).size()
        && parts(row).stream().noneMatch(part -> part.getKind() == SqlKind.ROW);
  }

  private static List<SqlNode> parts(SqlNode row) {
    return ((SqlCall) row).getOperandList();
  }

  /** The same without rows. */
  static SqlCall expanded(SqlCall call) {
    SqlParserPos place = call.getParserPosition();
    SqlNode row = call.operand(0);
    if (!(call.getOperator() instanceof SqlBetweenOperator between)) {
      return (SqlCall) compared(call.getOperator(), parts(row), parts(call.operand(1)), place);
    }
    SqlCall within = within(row, call.operand(1), call.operand(2), place);
    if (between.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
      SqlCall turned = within(row, call.operand(2), call.operand(1), place);
      within = SqlStdOperatorTable.OR.createCall(place, within, turned);
    }
    return between.isNegated() ? SqlStdOperatorTable.NOT.createCall(place, within) : within;
  }

  private static SqlCall within(SqlNode row, SqlNode from, SqlNode to, SqlParserPos place) {
    return SqlStdOperatorTable.AND.createCall(
        place,
        compared(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, parts(row), parts(from), place),
        compared(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, parts(row), parts(to), place));
  }

  private static SqlNode compared(
      SqlOperator last, List<SqlNode> left, List<SqlNode> right, SqlParserPos place) {
    int n = left.size();
    if (n == 1) {
      return last.createCall(place, left.get(0), right.get(0));
    }
    int half = n / 2;
    List<SqlNode> a = left.subList(0, half);
    List<SqlNode> b = right.subList(0, half);
    SqlOperator strict =
        last.getKind() == SqlKind.LESS_THAN || last.getKind() == SqlKind.LESS_THAN_OR_EQUAL
            ? SqlStdOperatorTable.LESS_THAN
            : SqlStdOperatorTable.GREATER_THAN;
    return SqlStdOperatorTable.OR.createCall(
        place,
        compared(strict, a, b, place),
        SqlStdOperatorTable.AND.createCall(
            place,
            equal(a, b, place),
            compared(last, left.subList(half, n), right.subList(half, n), place)));
  }

  private static SqlNode equal(List<SqlNode> left, List<SqlNode> right, SqlParserPos place) {
    int n = left.size();
    return n == 1
        ? SqlStdOperatorTable.EQUALS.createCall(place, left.get(0), right.get(0))
        : SqlStdOperatorTable.AND.createCall(
            place,
            equal(left.subList(0, n / 2), right.subList(0, n / 2), place),
            equal(left.subList(n / 2, n), right.subList(n / 2, n), place));
  }
}
