package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * MATCH_RECOGNIZE over a query or a sample: Calcite's validator lets a query in that place see the
 * matches themselves, and takes no sample. So the rows become a table of WITH.
 */
final class MatchInput {
  private static final String UNNAMED = "matched";

  private MatchInput() {}

  static boolean is(SqlCall call) {
    if (!(call instanceof SqlMatchRecognize match)) {
      return false;
    }
    SqlNode table = match.getTableRef();
    SqlNode rows = table.getKind() == SqlKind.AS ? ((SqlCall) table).operand(0) : table;
    return rows.isA(SqlKind.QUERY) || rows.getKind() == SqlKind.TABLESAMPLE;
  }

  /** {@code WITH j AS (SELECT * FROM (…) AS j) SELECT * FROM j MATCH_RECOGNIZE (…)}. */
  static SqlNode named(SqlMatchRecognize match) {
    SqlNode table = match.getTableRef();
    SqlNode innermost = table;
    while (innermost.getKind() == SqlKind.TABLESAMPLE) {
      innermost = ((SqlCall) innermost).operand(0);
    }
    SqlParserPos place = table.getParserPosition();
    String alias = SqlValidatorUtil.alias(innermost);
    SqlIdentifier name = new SqlIdentifier(alias == null ? UNNAMED : alias, place);
    SqlNode rows = Selects.of(place, List.of(SqlIdentifier.star(place)), table, null);
    List<SqlNode> operands = new ArrayList<>(match.getOperandList());
    operands.set(0, name);
    SqlNode matches = match.getOperator().createCall(match.getParserPosition(), operands);
    return new SqlWith(
        match.getParserPosition(),
        SqlNodeList.of(
            new SqlWithItem(place, name, null, rows, SqlLiteral.createBoolean(false, place))),
        Selects.of(
            match.getParserPosition(),
            List.of(SqlIdentifier.star(match.getParserPosition())),
            matches,
            null));
  }
}
