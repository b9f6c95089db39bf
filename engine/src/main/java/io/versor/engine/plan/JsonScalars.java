package io.versor.engine.plan;

import io.versor.engine.function.FunctionException;
import io.versor.engine.function.NumberFunctions;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.linq4j.function.Strict;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlJsonEmptyOrError;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code JSON_VALUE(… RETURNING type)}: the value's text, CAST to the type; a text that is none of
 * the type is an error of the value, so that ON ERROR decides. Calcite takes the value for one of
 * the type already, and fails at 7 RETURNING BIGINT.
 */
@Strict
public final class JsonScalars extends RexShuttle {
  private static final SqlUserDefinedFunction OR_NULL;

  static {
    try {
      OR_NULL =
          OwnFunctions.operator(
              "JSON_SCALAR",
              JsonScalars.class.getMethod(
                  "orNull", String.class, String.class, int.class, int.class));
    } catch (NoSuchMethodException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final RexBuilder builder;

  private JsonScalars(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode rewrite(RelNode plan) {
    return BottomUp.expressions(plan, new JsonScalars(plan.getCluster().getRexBuilder()));
  }

  @Override
  public RexNode visitCall(RexCall original) {
    RexNode visited = super.visitCall(original);
    return visited instanceof RexCall call
            && call.getOperator().getName().equals("JSON_VALUE")
            && isScalar(call.getType())
        ? returning(call)
        : visited;
  }

  private static boolean isScalar(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return SqlTypeName.EXACT_TYPES.contains(name)
        || SqlTypeName.APPROX_TYPES.contains(name)
        || SqlTypeName.DATETIME_TYPES.contains(name)
        || name == SqlTypeName.BOOLEAN;
  }

  private RexNode returning(RexCall call) {
    RelDataType type = builder.getTypeFactory().createTypeWithNullability(call.getType(), true);
    RelDataType textType =
        builder
            .getTypeFactory()
            .createTypeWithNullability(
                builder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), true);
    List<RexNode> operands = new ArrayList<>(call.getOperands());
    Optional<RexNode> otherwise = Optional.empty();
    boolean fails = false;
    // Behind document and path: a behaviour, its default if it is one, and what it is for.
    for (int i = 2; i < operands.size(); i++) {
      if (!(behaviour(operands.get(i)) instanceof SqlJsonValueEmptyOrErrorBehavior behaviour)) {
        continue;
      }
      boolean given = behaviour == SqlJsonValueEmptyOrErrorBehavior.DEFAULT;
      boolean ofErrors =
          behaviour(operands.get(given ? i + 2 : i + 1)) == SqlJsonEmptyOrError.ERROR;
      fails |= ofErrors && behaviour == SqlJsonValueEmptyOrErrorBehavior.ERROR;
      if (given) {
        RexNode value = builder.makeCast(type, operands.get(i + 1));
        otherwise = ofErrors ? Optional.of(value) : otherwise;
        operands.set(i + 1, builder.makeCast(textType, value));
      }
    }
    RexNode text = call.clone(textType, operands);
    if (fails) {
      return builder.makeCast(call.getType(), text, true, false);
    }
    RexNode checked =
        builder.makeCall(
            textType,
            OR_NULL,
            List.of(
                text,
                builder.makeLiteral(type.getSqlTypeName().getName()),
                builder.makeExactLiteral(BigDecimal.valueOf(type.getPrecision())),
                builder.makeExactLiteral(BigDecimal.valueOf(Math.max(0, type.getScale())))));
    RexNode value = builder.makeCast(type, checked, true, false);
    if (otherwise.isEmpty()) {
      return value;
    }
    RexNode wrong =
        builder.makeCall(
            SqlStdOperatorTable.AND,
            builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, text),
            builder.makeCall(SqlStdOperatorTable.IS_NULL, checked));
    return builder.makeCall(SqlStdOperatorTable.CASE, wrong, otherwise.get(), value);
  }

  private static @Nullable Object behaviour(RexNode operand) {
    return operand instanceof RexLiteral literal && literal.getTypeName() == SqlTypeName.SYMBOL
        ? literal.getValue()
        : null;
  }

  /** The text if it is one of a value of the type. Called by generated code. */
  public static @Nullable String orNull(String text, String type, int precision, int scale) {
    try {
      return is(text, SqlTypeName.valueOf(type), precision, scale) ? text : null;
    } catch (FunctionException e) {
      return null;
    }
  }

  private static boolean is(String text, SqlTypeName type, int precision, int scale) {
    OptionalInt bits = bits(type);
    if (bits.isPresent()) {
      BigInteger whole = NumberFunctions.textWhole(text).toBigInteger();
      return whole.bitLength() < bits.getAsInt();
    }
    switch (type) {
      case DECIMAL -> {
        BigDecimal number = NumberFunctions.textDecimal(text).setScale(scale, RoundingMode.HALF_UP);
        return number.precision() <= precision;
      }
      case REAL -> NumberFunctions.floatNarrow(NumberFunctions.textFloat(text));
      case FLOAT, DOUBLE -> NumberFunctions.textFloat(text);
      case BOOLEAN -> NumberFunctions.textTruth(text);
      case DATE -> MicroTime.parseDate(text);
      case TIME -> MicroTime.parseTime(text);
      default -> MicroTime.parse(text);
    }
    return true;
  }

  private static OptionalInt bits(SqlTypeName type) {
    return switch (type) {
      case TINYINT -> OptionalInt.of(Byte.SIZE);
      case SMALLINT -> OptionalInt.of(Short.SIZE);
      case INTEGER -> OptionalInt.of(Integer.SIZE);
      case BIGINT -> OptionalInt.of(Long.SIZE);
      default -> OptionalInt.empty();
    };
  }
}
