package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code FROM GENERATE_SERIES(1, 3) AS g(n)} is the elements of an array, as UNNEST gives them. */
final class SeriesSyntax {
  /** Functions that stand in FROM, and those that give what they give as an array. */
  private static final Map<String, String> ARRAYS =
      Map.of(
          "GENERATE_SERIES", "GENERATE_SERIES",
          "REGEXP_MATCHES", "REGEXP_MATCH_ROWS",
          "REGEXP_SPLIT_TO_TABLE", "REGEXP_SPLIT_TO_ARRAY");

  private SeriesSyntax() {}

  /** Whether a node is a series in the place of a table. */
  static boolean is(SqlNode node) {
    if (node.getKind() == SqlKind.LATERAL) {
      return is(((SqlCall) node).operand(0));
    }
    return node.getKind() == SqlKind.COLLECTION_TABLE
        && ((SqlCall) node).operand(0) instanceof SqlCall call
        && ARRAYS.containsKey(name(call));
  }

  private static SqlCall unnest(SqlNode node) {
    if (node.getKind() == SqlKind.LATERAL) {
      return unnest(((SqlCall) node).operand(0));
    }
    SqlCall series = ((SqlCall) node).operand(0);
    SqlIdentifier name =
        new SqlIdentifier(
            Objects.requireNonNull(ARRAYS.get(name(series))), series.getParserPosition());
    SqlCall array =
        new SqlUnresolvedFunction(
                name, null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION)
            .createCall(series.getParserPosition(), series.getOperandList());
    return SqlStdOperatorTable.UNNEST.createCall(node.getParserPosition(), array);
  }

  private static String name(SqlCall call) {
    return call.getOperator().getName().toUpperCase(Locale.ROOT);
  }

  private static SqlCall function(SqlCall rows) {
    return rows.getKind() == SqlKind.LATERAL || rows.getKind() == SqlKind.COLLECTION_TABLE
        ? function(rows.operand(0))
        : rows;
  }

  /** Without a name of its own, the column is called as the function is. */
  static SqlCall rows(SqlCall series) {
    SqlIdentifier name =
        new SqlIdentifier(
            name(function(series)).toLowerCase(Locale.ROOT), series.getParserPosition());
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
