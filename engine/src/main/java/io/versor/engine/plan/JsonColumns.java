package io.versor.engine.plan;

import io.versor.engine.catalog.StoredView;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.type.TensorSqlType;
import io.versor.format.type.Htype;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlJsonObjectFunction;
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
    int step = call.getOperator() instanceof SqlJsonObjectFunction ? 2 : 1;
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
      return JsonSyntax.isJson(value);
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
    int place = from.getRowType().getFieldNames().indexOf(column);
    StoredView view = named == null ? null : named.unwrap(StoredView.class);
    if (view != null) {
      return place >= 0 && view.isJson(place);
    }
    SqlNode query = from.resolve().getNode();
    return query != null && place >= 0 && isJson(query, place, validator);
  }

  /** Whether a column of a query, counted from 0, is JSON. */
  static boolean isJson(SqlNode query, int column, VersorValidator validator) {
    if (query instanceof SqlWith with) {
      return isJson(with.body, column, validator);
    }
    if (query instanceof SqlOrderBy ordered) {
      return isJson(ordered.query, column, validator);
    }
    if (query.getKind() == SqlKind.AS) {
      return isJson(((SqlCall) query).operand(0), column, validator);
    }
    if (query instanceof SqlWithItem item) {
      return isJson(item.query, column, validator);
    }
    if (query instanceof SqlCall set && SqlKind.SET_QUERY.contains(query.getKind())) {
      return set.getOperandList().stream().allMatch(each -> isJson(each, column, validator));
    }
    if (!(query instanceof SqlSelect select) || column >= select.getSelectList().size()) {
      return false;
    }
    SqlNode item = SqlUtil.stripAs(select.getSelectList().get(column));
    return isJson(item, validator.getSelectScope(select), validator);
  }
}
