package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.function.Aggregates;
import io.versor.engine.function.PostgresFunctions;
import io.versor.engine.function.ScalarOperators;
import io.versor.engine.type.Carried;
import io.versor.parser.ast.BitOperators;
import io.versor.parser.ast.JsonArrows;
import io.versor.parser.ast.TimeZones;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Operators of the grammar that are short for functions. */
final class OperatorSyntax {
  private static final Map<SqlOperator, SqlFunction> FUNCTIONS =
      Map.of(
          BitOperators.OR, SqlStdOperatorTable.BITOR,
          TimeZones.AT, ScalarOperators.AT_TIME_ZONE,
          JsonArrows.JSON, ScalarOperators.JSON_ARROW,
          JsonArrows.TEXT, ScalarOperators.JSON_TEXT_ARROW,
          JsonArrows.AT_PATH, PostgresFunctions.JSON_AT,
          JsonArrows.TEXT_AT_PATH, PostgresFunctions.JSON_TEXT_AT);

  private OperatorSyntax() {}

  /** The same call, as the function. */
  static SqlCall call(SqlCall call) {
    if (call.getOperator() instanceof SqlLikeOperator && call.operandCount() == 3) {
      return like(call);
    }
    SqlCall unfiltered = FilteredJson.unfiltered(call);
    if (unfiltered != call) {
      return unfiltered;
    }
    if (FilteredWindows.is(call)) {
      return FilteredWindows.unfiltered(call);
    }
    if (call.getKind() == SqlKind.WITHIN_GROUP && call.operand(0) instanceof SqlCall ordered) {
      SqlNodeList order = call.operand(1);
      return Aggregates.withinGroup(ordered, order).orElse(call);
    }
    if (call.getOperator().getName().equalsIgnoreCase("CURRENT_SCHEMAS")
        && call.operandCount() == 1) {
      // names without a schema are looked up in one
      SqlParserPos place = call.getParserPosition();
      SqlNode schema = new SqlIdentifier(SqlStdOperatorTable.CURRENT_SCHEMA.getName(), place);
      return SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR.createCall(place, schema);
    }
    if (call.getOperator() instanceof SqlUnresolvedFunction function) {
      SqlCall customary = CustomarySyntax.call(call, function.getName().toUpperCase(Locale.ROOT));
      if (customary != call) {
        return customary;
      }
    }
    if (isCoalesce(call)) {
      List<SqlNode> operands = new ArrayList<>();
      addFlat(call, operands);
      return call.getOperator().createCall(call.getParserPosition(), operands);
    }
    ArgumentCounts.check(call);
    if (RowComparisons.is(call)) {
      return RowComparisons.expanded(call);
    }
    Aggregates.checkOrder(call);
    SqlFunction function = FUNCTIONS.get(call.getOperator());
    return function == null
        ? call
        : function.createCall(call.getParserPosition(), call.getOperandList());
  }

  private static boolean isCoalesce(SqlNode node) {
    return node instanceof SqlCall call
        && call.getOperator().getName().equalsIgnoreCase(SqlKind.COALESCE.name())
        && call.operandCount() > 0
        && call.getFunctionQuantifier() == null;
  }

  /** COALESCE within COALESCE is one of all operands, which is not planned with copies. */
  private static void addFlat(SqlNode node, List<SqlNode> operands) {
    if (isCoalesce(node)) {
      ((SqlCall) node).getOperandList().forEach(operand -> addFlat(operand, operands));
    } else {
      operands.add(node);
    }
  }

  /** {@code ESCAPE ''} says that no character is one; otherwise it has one character. */
  private static SqlCall like(SqlCall call) {
    String escape =
        call.operand(2) instanceof SqlCharStringLiteral literal
            ? literal.getValueAs(String.class)
            : null;
    if (escape == null || escape.codePointCount(0, escape.length()) == 1) {
      return call;
    }
    if (escape.isEmpty()) {
      return call.getOperator()
          .createCall(call.getParserPosition(), call.operand(0), call.operand(1));
    }
    SqlParserPos place = call.operand(2).getParserPosition();
    throw new Carried(
        new StatementException(
            "22019",
            "ESCAPE '" + escape + "'; expected one character, or none",
            place.getLineNum(),
            place.getColumnNum()));
  }
}
