package io.versor.engine.plan;

import io.versor.engine.type.TensorSqlType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Casts that Calcite puts in by itself, of columns that are tensors or lists of tensors too: UNION,
 * INTERSECT and EXCEPT bring them to their common type.
 */
final class TensorCoercion extends DateArithmetic {
  private boolean toAnyLength;

  TensorCoercion(RelDataTypeFactory types, SqlValidator validator) {
    super(types, validator);
  }

  @Override
  public @Nullable RelDataType getWiderTypeFor(List<RelDataType> types, boolean stringPromotion) {
    if (types.stream().noneMatch(TensorCoercion::isOfTensors)) {
      return super.getWiderTypeFor(types, stringPromotion);
    }
    RelDataType common = factory.leastRestrictive(types);
    if (common == null) {
      throw AlikeValues.noCommon(types.get(0), types.get(types.size() - 1), SqlParserPos.ZERO);
    }
    return common;
  }

  /** Brings a column of a query to texts of any length, which Calcite takes to need no CAST. */
  void toAnyLength(SqlValidatorScope scope, SqlNode query, int column, RelDataType text) {
    toAnyLength = true;
    try {
      rowTypeCoercion(scope, query, column, text);
    } finally {
      toAnyLength = false;
    }
  }

  @Override
  protected boolean needToCast(
      SqlValidatorScope scope, SqlNode node, RelDataType to, SqlTypeMappingRule rule) {
    return toAnyLength
        ? !SqlTypeUtil.equalSansNullability(factory, validator.deriveType(scope, node), to)
        : super.needToCast(scope, node, to, rule);
  }

  /** A truth is compared with whole numbers, as it is cast to them, and with no others. */
  @Override
  protected boolean booleanEquality(SqlCallBinding binding, RelDataType left, RelDataType right) {
    if (isOdd(left, right) || isOdd(right, left)) {
      throw AlikeValues.noCommon(left, right, binding.getCall().getParserPosition());
    }
    return super.booleanEquality(binding, left, right);
  }

  @Override
  public @Nullable RelDataType commonTypeForBinaryComparison(
      @Nullable RelDataType left, @Nullable RelDataType right) {
    return left != null && right != null && (isOdd(left, right) || isOdd(right, left))
        ? null
        : super.commonTypeForBinaryComparison(left, right);
  }

  private static boolean isOdd(RelDataType truth, RelDataType number) {
    return truth.getSqlTypeName() == SqlTypeName.BOOLEAN
        && SqlTypeUtil.isNumeric(number)
        && !SqlTypeUtil.isIntType(number);
  }

  private static boolean isOfTensors(RelDataType type) {
    return type instanceof TensorSqlType || type.getComponentType() instanceof TensorSqlType;
  }

  @Override
  protected boolean coerceOperandType(
      @Nullable SqlValidatorScope scope, SqlCall call, int index, RelDataType target) {
    if (scope == null || !isOfTensors(target)) {
      return super.coerceOperandType(scope, call, index, target);
    }
    SqlNode operand = call.operand(index);
    SqlNode cast = cast(scope, operand, target);
    if (cast == operand) {
      return false;
    }
    call.setOperand(index, cast);
    return true;
  }

  @Override
  protected boolean coerceColumnType(
      @Nullable SqlValidatorScope scope, SqlNodeList columns, int index, RelDataType target) {
    if (scope == null || !isOfTensors(target) || index >= columns.size()) {
      return super.coerceColumnType(scope, columns, index, target);
    }
    SqlNode column = columns.get(index);
    if (column instanceof SqlIdentifier id && id.isStar()) {
      return true;
    }
    if (column.getKind() == SqlKind.AS) {
      return coerceOperandType(scope, (SqlCall) column, 0, target);
    }
    SqlNode cast = cast(scope, column, target);
    if (cast == column) {
      return false;
    }
    boolean item =
        scope instanceof SelectScope select && select.getNode().getSelectList() == columns;
    if (column instanceof SqlIdentifier id && item) {
      cast = SqlValidatorUtil.addAlias(cast, id.names.get(id.names.size() - 1));
      validator.deriveType(scope, cast);
    }
    columns.set(index, cast);
    return true;
  }

  private SqlNode cast(SqlValidatorScope scope, SqlNode value, RelDataType to) {
    if (value instanceof SqlDynamicParam) {
      return value;
    }
    RelDataType from = validator.deriveType(scope, value);
    boolean same =
        from.getSqlTypeName() == SqlTypeName.NULL
            || SqlTypeUtil.equalSansNullability(factory, from, to);
    if (same) {
      return value;
    }
    SqlNode cast = AlikeValues.cast(value, from, to);
    validator.deriveType(scope, cast);
    return cast;
  }
}
