package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code f(x) FILTER (WHERE c) OVER w}, which Calcite does not know, as {@code f(CASE WHEN c THEN x
 * END) OVER w}: aggregates leave NULLs out.
 */
final class FilteredWindows {
  private static final Set<String> NO_AGGREGATES =
      Set.of(
          "ROW_NUMBER",
          "RANK",
          "DENSE_RANK",
          "PERCENT_RANK",
          "CUME_DIST",
          "NTILE",
          "LAG",
          "LEAD",
          "FIRST_VALUE",
          "LAST_VALUE",
          "NTH_VALUE");

  private FilteredWindows() {}

  static boolean is(SqlCall call) {
    return call.getKind() == SqlKind.OVER && call.operand(0).getKind() == SqlKind.FILTER;
  }

  static SqlCall unfiltered(SqlCall over) {
    SqlCall filter = over.operand(0);
    SqlCall plain = chosen(filter.operand(0), filter.operand(1));
    return SqlStdOperatorTable.OVER.createCall(over.getParserPosition(), plain, over.operand(1));
  }

  /** An aggregate of the rows that a condition chooses. */
  static SqlCall chosen(SqlCall filtered, SqlNode condition) {
    SqlCall aggregate =
        filtered.getKind() == SqlKind.WITHIN_GROUP ? OperatorSyntax.call(filtered) : filtered;
    if (ArrayAggregates.is(aggregate)) {
      aggregate = ArrayAggregates.keepingNulls(aggregate);
    }
    SqlParserPos place = aggregate.getParserPosition();
    String name = aggregate.getOperator().getName().toUpperCase(Locale.ROOT);
    if (NO_AGGREGATES.contains(name) || aggregate.getKind() == SqlKind.IGNORE_NULLS) {
      throw new Carried(
          new StatementException(
              "0A000",
              "FILTER of " + name + ", which is no aggregate; use CASE in its argument",
              place.getLineNum(),
              place.getColumnNum()));
    }
    List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
    SqlNode first = operands.isEmpty() ? SqlIdentifier.star(place) : operands.get(0);
    boolean rows = first instanceof SqlIdentifier id && id.isStar();
    SqlNode value = rows ? SqlLiteral.createBoolean(true, place) : first;
    SqlNode chosen =
        new SqlCase(
            place,
            null,
            SqlNodeList.of(condition),
            SqlNodeList.of(value),
            SqlLiteral.createNull(place));
    if (operands.isEmpty()) {
      operands.add(chosen);
    } else {
      operands.set(0, chosen);
    }
    return aggregate.getOperator().createCall(aggregate.getFunctionQuantifier(), place, operands);
  }
}
