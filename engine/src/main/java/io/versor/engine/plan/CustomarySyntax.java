package io.versor.engine.plan;

import io.versor.engine.function.PostgresFunctions;
import java.util.List;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of PostgreSQL that are other functions with other arguments. */
final class CustomarySyntax {
  private CustomarySyntax() {}

  /**
   * What the call means; the call itself if it is another one.
   *
   * @param name of the function, in capitals
   */
  static SqlCall call(SqlCall call, String name) {
    return switch (name) {
      case "FORMAT" -> call.operandCount() > 0 ? format(call) : call;
      case "PG_TYPEOF" -> call.operandCount() == 1 ? typeName(call) : call;
      case "STATEMENT_TIMESTAMP", "TRANSACTION_TIMESTAMP" ->
          call.operandCount() == 0 ? now(call) : call;
      default -> call;
    };
  }

  /** Of texts alone. */
  private static SqlCall format(SqlCall call) {
    List<SqlNode> texts = call.getOperandList().stream().map(CustomarySyntax::text).toList();
    return PostgresFunctions.FORMAT.createCall(call.getParserPosition(), texts);
  }

  /** A value as a text. */
  static SqlNode text(SqlNode value) {
    SqlParserPos place = value.getParserPosition();
    SqlDataTypeSpec text =
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, place), place);
    return SqlStdOperatorTable.CAST.createCall(place, value, text);
  }

  /** The name is put in when the type is known. */
  private static SqlCall typeName(SqlCall call) {
    SqlParserPos place = call.getParserPosition();
    return PostgresFunctions.TYPE_NAME.createCall(
        place, SqlLiteral.createCharString("", place), call.operand(0));
  }

  private static SqlCall now(SqlCall call) {
    SqlIdentifier now = new SqlIdentifier("NOW", call.getParserPosition());
    return new SqlUnresolvedFunction(
            now, null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION)
        .createCall(call.getParserPosition());
  }
}
