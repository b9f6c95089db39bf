package io.versor.engine.plan;

import io.versor.engine.type.TensorSqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlInternalOperators;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Gives parameters the types of their neighbours where Calcite does not look for them: other
 * branches of a CASE or COALESCE, other arguments of GREATEST and LAG, the values of an IN, other
 * rows of VALUES.
 */
final class UntypedParameters {
  /** Functions and operators whose operands are all of one type. */
  private static final Set<String> ALIKE =
      Set.of("COALESCE", "IFNULL", "NVL", "GREATEST", "LEAST", "IN", "NOT IN");

  /** Functions whose second operand is a number of rows, and whose third is like the first. */
  private static final Set<String> OTHER_ROWS = Set.of("LAG", "LEAD", "NTH_VALUE");

  /** Functions of two numbers. */
  private static final Set<String> OF_PAIRS =
      Set.of(
          "CORR",
          "COVAR_POP",
          "COVAR_SAMP",
          "REGR_AVGX",
          "REGR_AVGY",
          "REGR_COUNT",
          "REGR_INTERCEPT",
          "REGR_R2",
          "REGR_SLOPE",
          "REGR_SXX",
          "REGR_SXY",
          "REGR_SYY");

  private final SqlValidatorImpl validator;

  UntypedParameters(SqlValidatorImpl validator) {
    this.validator = validator;
  }

  boolean isUntyped(SqlNode node) {
    if (!(node instanceof SqlDynamicParam)) {
      return false;
    }
    RelDataType type = validator.getValidatedNodeTypeIfKnown(node);
    return type == null || type.equals(validator.getUnknownType());
  }

  /** Before Calcite asks the operands. */
  void before(SqlNode node, SqlValidatorScope scope) {
    if (node instanceof SqlCase choice) {
      alike(results(choice), scope);
    } else if (node instanceof SqlCall call
        && ALIKE.contains(call.getOperator().getName().toUpperCase(Locale.ROOT))) {
      List<SqlNode> values = new ArrayList<>();
      for (SqlNode operand : call.getOperandList()) {
        if (operand instanceof SqlNodeList list) {
          values.addAll(list);
        } else if (operand instanceof SqlSelect query && query.getSelectList().size() == 1) {
          values.add(SqlUtil.stripAs(query.getSelectList().get(0)));
        } else {
          values.add(operand);
        }
      }
      // What a subquery selects is known only in its own scope, so the first has to tell.
      boolean query = call.getOperandList().stream().anyMatch(SqlSelect.class::isInstance);
      alike(query ? typedFirst(values) : values, scope);
    } else if (node instanceof SqlCall call
        && OF_PAIRS.contains(call.getOperator().getName().toUpperCase(Locale.ROOT))) {
      call.getOperandList().stream()
          .filter(this::isUntyped)
          .forEach(operand -> setType(operand, SqlTypeName.DOUBLE));
    } else if (node instanceof SqlCall call
        && OTHER_ROWS.contains(call.getOperator().getName().toUpperCase(Locale.ROOT))) {
      otherRows(call.getOperandList(), scope);
    }
  }

  private void otherRows(List<SqlNode> operands, SqlValidatorScope scope) {
    if (operands.size() > 1 && isUntyped(operands.get(1))) {
      setType(operands.get(1), SqlTypeName.INTEGER);
    }
    if (operands.size() > 2) {
      alike(List.of(operands.get(0), operands.get(2)), scope);
    }
  }

  private void setType(SqlNode parameter, SqlTypeName type) {
    validator.setValidatedNodeType(parameter, validator.getTypeFactory().createSqlType(type));
  }

  private List<SqlNode> typedFirst(List<SqlNode> values) {
    boolean selected = values.size() == 2 && values.get(1) instanceof SqlDynamicParam;
    return selected && !(values.get(0) instanceof SqlDynamicParam) ? values : List.of();
  }

  /** COALESCE tests a parameter that it also gives: both are the same. */
  void after(SqlNode node) {
    if (!(node instanceof SqlCase choice)) {
      return;
    }
    for (int i = 0; i < choice.getWhenOperands().size(); i++) {
      SqlNode given = given(choice.getThenOperands().get(i));
      boolean tested =
          given instanceof SqlDynamicParam result
              && choice.getWhenOperands().get(i) instanceof SqlCall test
              && test.getKind() == SqlKind.IS_NOT_NULL
              && test.operand(0) instanceof SqlDynamicParam operand
              && operand.getIndex() == result.getIndex();
      RelDataType type = tested ? validator.getValidatedNodeTypeIfKnown(given) : null;
      if (type != null) {
        SqlCall test = (SqlCall) choice.getWhenOperands().get(i);
        validator.setValidatedNodeType(test.operand(0), type);
      }
    }
  }

  /** Each column of rows that are written out has one type. */
  void rows(SqlCall values, SqlValidatorScope scope) {
    List<SqlNode> rows = values.getOperandList();
    int columns = rows.isEmpty() ? 0 : ((SqlCall) rows.get(0)).operandCount();
    for (int i = 0; i < columns; i++) {
      List<SqlNode> column = new ArrayList<>(rows.size());
      for (SqlNode row : rows) {
        if (row instanceof SqlCall cells && i < cells.operandCount()) {
          column.add(cells.operand(i));
        }
      }
      alike(column, scope);
    }
  }

  private static List<SqlNode> results(SqlCase choice) {
    List<SqlNode> results = new ArrayList<>();
    choice.getThenOperands().forEach(result -> results.add(given(result)));
    if (choice.getElseOperand() != null) {
      results.add(choice.getElseOperand());
    }
    return results;
  }

  /** What COALESCE gives is promised not to be NULL. */
  private static SqlNode given(SqlNode result) {
    return result instanceof SqlCall call
            && call.getOperator() == SqlInternalOperators.CAST_NOT_NULL
        ? call.operand(0)
        : result;
  }

  private void alike(List<SqlNode> values, SqlValidatorScope scope) {
    if (values.stream().noneMatch(this::isUntyped)) {
      return;
    }
    RelDataType type = firstKnown(values, scope);
    if (type != null) {
      values.stream()
          .filter(this::isUntyped)
          .forEach(value -> validator.setValidatedNodeType(value, type));
    }
  }

  /** Nullable; a text of any length for a literal, which is of its own. Tensors are cast to. */
  private @Nullable RelDataType firstKnown(List<SqlNode> values, SqlValidatorScope scope) {
    for (SqlNode value : values) {
      if (isUntyped(value) || SqlUtil.isNullLiteral(value, false) || value.isA(SqlKind.QUERY)) {
        continue;
      }
      RelDataType type = validator.deriveType(scope, value);
      boolean scalar = type.getComponentType() == null && !(type instanceof TensorSqlType);
      if (scalar && !type.equals(validator.getUnknownType()) && !type.isStruct()) {
        RelDataType any =
            SqlTypeUtil.inCharFamily(type)
                ? validator.getTypeFactory().createSqlType(SqlTypeName.VARCHAR)
                : type;
        return validator.getTypeFactory().createTypeWithNullability(any, true);
      }
    }
    return null;
  }
}
