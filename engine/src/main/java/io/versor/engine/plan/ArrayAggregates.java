package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.function.Aggregates;
import io.versor.engine.type.Carried;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;

/**
 * ARRAY_AGG keeps NULLs, as in PostgreSQL, where Calcite's leaves them out: {@code ARRAY_AGG(x)}
 * joins the lists {@code ARRAY[x]}, none of which is NULL.
 */
final class ArrayAggregates {
  /** What stands under IGNORE NULLS: that is Calcite's. */
  private final Set<SqlNode> left = Collections.newSetFromMap(new IdentityHashMap<>());

  /** To be asked from the outside in. */
  boolean takes(SqlCall call) {
    if (call.getKind() == SqlKind.IGNORE_NULLS) {
      left.add(call.operand(0));
    }
    return is(call) && !left.contains(call);
  }

  static boolean is(SqlCall call) {
    return call.getOperator().getName().equalsIgnoreCase("ARRAY_AGG")
        && call.operandCount() > 0
        && !(call.getOperator() instanceof SqlAggFunction own && Aggregates.isGathered(own));
  }

  /** ORDER BY behind the argument becomes WITHIN GROUP. */
  static SqlCall keepingNulls(SqlCall call) {
    SqlParserPos place = call.getParserPosition();
    SqlNode value = call.operand(0);
    int last = call.operandCount() - 1;
    boolean ordered = last > 0 && call.operand(last) instanceof SqlNodeList;
    if (last > (ordered ? 1 : 0)) {
      throw refused("42883", "ARRAY_AGG takes one argument, found " + (last + 1), call);
    }
    SqlNode list = SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR.createCall(place, value);
    SqlLiteral quantifier = call.getFunctionQuantifier();
    if (!ordered) {
      return Aggregates.GATHERED.createCall(quantifier, place, list);
    }
    SqlNodeList order = call.operand(last);
    boolean distinct = quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
    return distinct
        ? sorted(call, order).createCall(quantifier, place, list)
        : SqlStdOperatorTable.WITHIN_GROUP.createCall(
            place, Aggregates.GATHERED.createCall(place, list), order);
  }

  /** Distinct values have no order but their own. */
  private static SqlAggFunction sorted(SqlCall call, SqlNodeList order) {
    SqlNode item = order.get(0);
    boolean down = item.getKind() == SqlKind.DESCENDING;
    SqlNode by = down ? ((SqlCall) item).operand(0) : item;
    if (order.size() > 1 || !by.equalsDeep(call.operand(0), Litmus.IGNORE)) {
      throw refused(
          "42P10",
          "ARRAY_AGG(DISTINCT …) is ordered by its argument, ascending or DESC; found " + order,
          call);
    }
    return down ? Aggregates.GATHERED_DOWN : Aggregates.GATHERED_UP;
  }

  private static Carried refused(String state, String message, SqlCall call) {
    SqlParserPos place = call.getParserPosition();
    return new Carried(
        new StatementException(state, message, place.getLineNum(), place.getColumnNum()));
  }
}
