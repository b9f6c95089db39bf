package io.versor.engine.plan;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SetopOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * UNION in WITH RECURSIVE: a text that a round makes longer is of any length, whereas Calcite adds
 * the lengths of one round, and cuts what the next ones give or fails.
 */
final class RecursiveUnions extends SqlBasicVisitor<@Nullable Void> {
  private static final SqlSetOperator UNION = operator(SqlStdOperatorTable.UNION);
  private static final SqlSetOperator UNION_ALL = operator(SqlStdOperatorTable.UNION_ALL);

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlWithItem item
        && item.recursive.booleanValue()
        && body(item.query) instanceof SqlBasicCall union
        && union.getKind() == SqlKind.UNION) {
      union.setOperator(((SqlSetOperator) union.getOperator()).isAll() ? UNION_ALL : UNION);
    }
    return super.visit(call);
  }

  private static SqlNode body(SqlNode query) {
    SqlNode body = query;
    while (body instanceof SqlWith with) {
      body = with.body;
    }
    return body;
  }

  private static SqlSetOperator operator(SqlSetOperator like) {
    SetopOperandTypeChecker operands =
        new SetopOperandTypeChecker() {
          @Override
          public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
            widen(call);
            return super.checkOperandTypes(call, throwOnFailure);
          }
        };
    return new SqlSetOperator(
        like.getName(),
        SqlKind.UNION,
        like.getLeftPrec(),
        like.isAll(),
        ReturnTypes.LEAST_RESTRICTIVE,
        null,
        operands) {
      /** Calcite's looks the operator up by its name, and finds its own. */
      @Override
      public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        call.getOperandList().forEach(operand -> validator.deriveType(scope, operand));
        return validateOperands(validator, scope, call);
      }
    };
  }

  private static void widen(SqlCallBinding call) {
    RelDataType first = call.getOperandType(0);
    RelDataType next = call.getOperandType(1);
    int columns = Math.min(first.getFieldCount(), next.getFieldCount());
    TensorCoercion coercion = (TensorCoercion) call.getValidator().getTypeCoercion();
    SqlValidatorScope scope = Objects.requireNonNull(call.getScope(), "scope");
    for (int i = 0; i < columns; i++) {
      RelDataType before = first.getFieldList().get(i).getType();
      RelDataType after = next.getFieldList().get(i).getType();
      RelDataType common = coercion.getWiderTypeFor(List.of(before, after), true);
      RelDataType wider = common == null ? after : common;
      if (SqlTypeUtil.isCharacter(wider) && wider.getPrecision() != before.getPrecision()) {
        RelDataType text =
            call.getTypeFactory()
                .createTypeWithNullability(
                    call.getTypeFactory().createSqlType(SqlTypeName.VARCHAR),
                    before.isNullable() || after.isNullable());
        coercion.toAnyLength(scope, call.operand(0), i, text);
        coercion.toAnyLength(scope, call.operand(1), i, text);
      }
    }
  }
}
