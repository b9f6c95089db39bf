package io.versor.engine.plan;

import io.versor.engine.catalog.VersorTable;
import io.versor.engine.type.TensorSqlType;
import io.versor.format.type.Htype;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlQualified;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.apache.calcite.util.Util;

/** Columns of JSON, and tensors, within JSON_OBJECT and the like: JSON in JSON, not texts. */
final class JsonColumns {
  private JsonColumns() {}

  static void resolve(SqlCall call, SqlValidatorScope scope, VersorValidator validator) {
    int first = JsonSyntax.firstValue(call);
    if (first < 0) {
      return;
    }
    int step = call.getOperator() == SqlStdOperatorTable.JSON_OBJECT ? 2 : 1;
    for (int i = first; i < call.operandCount(); i += step) {
      SqlNode value = call.operand(i);
      if (value == null || value instanceof SqlDynamicParam) {
        continue;
      }
      if (validator.deriveType(scope, value) instanceof TensorSqlType tensor
          && tensor.tensor().shape().rank() > 0) {
        value = CustomarySyntax.text(value);
        call.setOperand(i, json(value));
      } else if (isJson(value, scope, validator)) {
        call.setOperand(i, json(value));
      }
    }
  }

  private static SqlNode json(SqlNode text) {
    return SqlStdOperatorTable.JSON_VALUE_EXPRESSION.createCall(text.getParserPosition(), text);
  }

  private static boolean isJson(SqlNode value, SqlValidatorScope scope, VersorValidator validator) {
    if (value instanceof SqlCase cases) {
      return SqlUtil.isNullLiteral(cases.getElseOperand(), false)
          && cases.getThenOperands().stream().allMatch(each -> isJson(each, scope, validator));
    }
    if (!(value instanceof SqlIdentifier column) || column.isStar()) {
      return false;
    }
    SqlQualified found = scope.fullyQualify(column);
    return found.namespace != null
        && isJson(Util.last(found.identifier.names), found.namespace, validator);
  }

  private static boolean isJson(
      String column, SqlValidatorNamespace from, VersorValidator validator) {
    SqlValidatorTable named = from.getTable();
    VersorTable table = named == null ? null : named.unwrap(VersorTable.class);
    if (table != null) {
      return table.fields().stream()
          .anyMatch(
              field -> field.name().equalsIgnoreCase(column) && field.type().htype() == Htype.JSON);
    }
    if (!(from.resolve().getNode() instanceof SqlSelect query)) {
      return false;
    }
    for (SqlNode item : query.getSelectList()) {
      String name =
          item.getKind() == SqlKind.AS
              ? ((SqlCall) item).<SqlIdentifier>operand(1).getSimple()
              : item instanceof SqlIdentifier id ? Util.last(id.names) : "";
      if (name.equalsIgnoreCase(column)) {
        return isJson(SqlUtil.stripAs(item), validator.getSelectScope(query), validator);
      }
    }
    return false;
  }
}
