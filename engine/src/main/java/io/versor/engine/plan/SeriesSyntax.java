package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code FROM GENERATE_SERIES(1, 3) AS g(n)} is the elements of an array, as UNNEST gives them. */
final class SeriesSyntax {
  private static final String NAME = "GENERATE_SERIES";

  private SeriesSyntax() {}

  /** Whether a node is a series in the place of a table. */
  static boolean is(SqlNode node) {
    if (node.getKind() == SqlKind.LATERAL) {
      return is(((SqlCall) node).operand(0));
    }
    return node.getKind() == SqlKind.COLLECTION_TABLE
        && ((SqlCall) node).operand(0) instanceof SqlCall call
        && call.getOperator().getName().equalsIgnoreCase(NAME);
  }

  private static SqlCall unnest(SqlNode node) {
    if (node.getKind() == SqlKind.LATERAL) {
      return unnest(((SqlCall) node).operand(0));
    }
    SqlNode series = ((SqlCall) node).operand(0);
    return SqlStdOperatorTable.UNNEST.createCall(node.getParserPosition(), series);
  }

  /** Without a name of its own, the column is called as the function is. */
  static SqlCall rows(SqlCall series) {
    SqlIdentifier name =
        new SqlIdentifier(NAME.toLowerCase(java.util.Locale.ROOT), series.getParserPosition());
    return SqlStdOperatorTable.AS.createCall(
        series.getParserPosition(), unnest(series), name, name);
  }

  /** With a name for the table alone, the column has it too. */
  static SqlCall named(SqlCall as) {
    SqlParserPos pos = as.getParserPosition();
    List<SqlNode> operands = new ArrayList<>(as.getOperandList());
    operands.set(0, unnest(operands.get(0)));
    if (operands.size() == 2) {
      operands.add(operands.get(1));
    }
    return SqlStdOperatorTable.AS.createCall(pos, operands);
  }
}
