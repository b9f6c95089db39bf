package io.versor.engine.plan;

import io.versor.engine.function.ScalarOperators;
import io.versor.format.type.TensorType;
import java.util.function.Function;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/**
 * Arithmetic of dates that the standard lacks and PostgreSQL has: a date plus or minus a number of
 * days, the days between two dates, and the interval between two timestamps.
 */
class DateArithmetic extends TypeCoercionImpl {
  DateArithmetic(RelDataTypeFactory types, SqlValidator validator) {
    super(types, validator);
  }

  @Override
  public boolean binaryArithmeticCoercion(SqlCallBinding binding) {
    SqlKind kind = binding.getOperator().getKind();
    boolean sum = kind == SqlKind.PLUS || kind == SqlKind.MINUS;
    if (sum && binding.getOperandCount() == 2) {
      SqlTypeName first = binding.getOperandType(0).getSqlTypeName();
      SqlTypeName second = binding.getOperandType(1).getSqlTypeName();
      if (first == SqlTypeName.DATE && SqlTypeName.INT_TYPES.contains(second)) {
        replace(binding, 1, days(binding.operand(1)));
        return true;
      }
      if (kind == SqlKind.PLUS
          && SqlTypeName.INT_TYPES.contains(first)
          && second == SqlTypeName.DATE) {
        replace(binding, 0, days(binding.operand(0)));
        return true;
      }
      if (kind == SqlKind.MINUS && first == SqlTypeName.DATE && second == SqlTypeName.DATE) {
        for (int i = 0; i < 2; i++) {
          SqlNode date = binding.operand(i);
          replace(binding, i, ScalarOperators.DAYS_OF.createCall(date.getParserPosition(), date));
        }
        return true;
      }
      if (kind == SqlKind.MINUS && isMoment(first) && isMoment(second)) {
        for (int i = 0; i < 2; i++) {
          SqlNode moment = binding.operand(i);
          replace(
              binding,
              i,
              ScalarOperators.MICROS_INTERVAL.createCall(moment.getParserPosition(), moment));
        }
        return true;
      }
    }
    return super.binaryArithmeticCoercion(binding);
  }

  /** A date plus or minus an interval that is no number of days is a TIMESTAMP. */
  static void resolve(SqlBasicCall call, Function<SqlNode, RelDataType> types) {
    boolean sum = call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.MINUS;
    if (!sum || call.operandCount() != 2) {
      return;
    }
    for (int i = 0; i < 2; i++) {
      SqlNode other = call.operand(1 - i);
      if (types.apply(call.operand(i)).getSqlTypeName() == SqlTypeName.DATE
          && hasTime(types.apply(other).getSqlTypeName())) {
        SqlParserPos pos = call.operand(i).getParserPosition();
        SqlDataTypeSpec timestamp =
            new SqlDataTypeSpec(
                new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP, TensorType.MAX_TIME_DIGITS, pos),
                pos);
        call.setOperand(i, SqlStdOperatorTable.CAST.createCall(pos, call.operand(i), timestamp));
      }
    }
  }

  private static boolean hasTime(SqlTypeName interval) {
    return SqlTypeName.DAY_INTERVAL_TYPES.contains(interval)
        && interval != SqlTypeName.INTERVAL_DAY;
  }

  private static boolean isMoment(SqlTypeName type) {
    return type == SqlTypeName.DATE
        || type == SqlTypeName.TIME
        || type == SqlTypeName.TIMESTAMP
        || type == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }

  private static SqlNode days(SqlNode count) {
    SqlParserPos pos = count.getParserPosition();
    SqlNode day =
        SqlLiteral.createInterval(
            1, "1", new SqlIntervalQualifier(TimeUnit.DAY, null, SqlParserPos.ZERO), pos);
    return SqlStdOperatorTable.MULTIPLY.createCall(pos, count, day);
  }

  private void replace(SqlCallBinding binding, int operand, SqlNode by) {
    binding.getCall().setOperand(operand, by);
    RelDataType type =
        validator.deriveType(java.util.Objects.requireNonNull(binding.getScope()), by);
    updateInferredType(by, type);
  }
}
