package io.versor.engine.function;

import static io.versor.engine.function.TensorOperator.Kind.OPERAND;
import static io.versor.engine.function.TensorOperator.Kind.TENSOR;

import io.versor.engine.StatementException;
import io.versor.engine.function.TensorOperator.Arguments;
import io.versor.engine.function.TensorOperator.Signature;
import io.versor.engine.type.Carried;
import io.versor.engine.type.TensorSqlType;
import io.versor.format.type.Dtype;
import io.versor.format.type.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What operators and functions of SQL's mean where an argument is a tensor. Calcite takes a tensor
 * for a value of unknown type that anything can be done with; here each call either gets a meaning
 * or is refused before it runs.
 */
public final class TensorCalls {
  private static final Map<String, SqlOperator> BINARY = new HashMap<>();
  private static final Map<String, SqlOperator> UNARY = new HashMap<>();
  private static final Set<SqlKind> REFUSED =
      Set.of(
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.BETWEEN,
          SqlKind.MIN,
          SqlKind.MAX,
          SqlKind.LIKE,
          SqlKind.SIMILAR);

  static {
    arithmetic("+", "plus");
    arithmetic("-", "minus");
    arithmetic("*", "times");
    arithmetic("/", "divide");
    arithmetic("%", "mod");
    arithmetic("MOD", "mod");
    arithmetic("POWER", "power");
    arithmetic("POW", "power");
    unary("-", "negate", Promotion::negative);
    for (String name : List.of("ABS", "SIGN", "FLOOR", "CEIL", "ROUND")) {
      unary(name, name.toLowerCase(java.util.Locale.ROOT), dtype -> dtype);
    }
    unary("CEILING", "ceil", dtype -> dtype);
    for (String name : List.of("SQRT", "EXP", "LN", "LOG10", "SIN", "COS", "TAN", "TANH")) {
      unary(
          name,
          name.toLowerCase(java.util.Locale.ROOT),
          dtype -> dtype.isFloat() ? dtype : Dtype.FLOAT64);
    }
    UNARY.put(
        "CARDINALITY",
        TensorOperator.meaning(
            "CARDINALITY",
            TensorCallCode.method(TensorShapes.class, "cardinality"),
            Signature.of(TENSOR),
            call -> call.returns(SqlTypeName.INTEGER)));
    UNARY.put("SUM", TensorAggregates.SUM);
    UNARY.put("AVG", TensorAggregates.AVG);
    comparison("=", "equal");
    comparison("<>", "notEqual");
    comparison("!=", "notEqual");
  }

  private TensorCalls() {}

  private static void arithmetic(String sign, String method) {
    BINARY.put(
        sign,
        TensorOperator.meaning(
            sign,
            TensorCallCode.method(TensorArithmetic.class, method),
            Signature.of(OPERAND, OPERAND),
            method.equals("power") ? TensorCalls::power : TensorCalls::arithmetic));
  }

  private static void unary(String name, String method, Function<Dtype, Dtype> dtype) {
    UNARY.put(
        name,
        TensorOperator.meaning(
            name,
            TensorCallCode.method(TensorArithmetic.class, method),
            Signature.of(TENSOR),
            call ->
                call.returns(
                    TensorType.tensor(
                        dtype.apply(Promotion.number(call.tensor(0).dtype())),
                        call.tensor(0).shape()))));
  }

  private static void comparison(String sign, String method) {
    BINARY.put(
        sign,
        TensorOperator.meaning(
            sign,
            TensorCallCode.method(TensorArithmetic.class, method),
            Signature.of(TENSOR, TENSOR),
            call -> call.returns(SqlTypeName.BOOLEAN)));
  }

  /**
   * Gives a call its meaning for tensors, if an argument is one.
   *
   * @param types what an argument is
   */
  public static void resolve(SqlBasicCall call, Function<SqlNode, RelDataType> types) {
    String name = call.getOperator().getName().toUpperCase(java.util.Locale.ROOT);
    int count = call.operandCount();
    boolean refused = REFUSED.contains(call.getKind()) || name.equals("||");
    SqlOperator meaning = count == 2 ? BINARY.get(name) : count == 1 ? UNARY.get(name) : null;
    if (meaning == null && !refused || call.getOperator() == meaning) {
      return;
    }
    RelDataType tensor = null;
    boolean alike = true;
    for (SqlNode operand : call.getOperandList()) {
      RelDataType type = types.apply(operand);
      if (type instanceof TensorSqlType found) {
        alike &= tensor == null || ((TensorSqlType) tensor).tensor().equals(found.tensor());
        tensor = type;
      } else {
        alike = false;
      }
    }
    if (tensor == null) {
      return;
    }
    if (meaning == null) {
      throw new Carried(
          new StatementException(
              "42883",
              "no operator "
                  + name
                  + " for "
                  + tensor
                  + ": tensors have no order and are no texts; take an ELEMENT_AT or a TENSOR_MEAN of"
                  + " it, or CAST it",
              call.getParserPosition().getLineNum(),
              call.getParserPosition().getColumnNum()));
    }
    boolean comparison = call.getKind() == SqlKind.EQUALS || call.getKind() == SqlKind.NOT_EQUALS;
    if (!comparison || !alike) {
      call.setOperator(meaning); // equal types are compared, and joined, as any other value
    }
  }

  private static RelDataType arithmetic(Arguments call) {
    return typed(call, false);
  }

  /** Powers of integers are seldom integers. */
  private static RelDataType power(Arguments call) {
    return typed(call, true);
  }

  private static RelDataType typed(Arguments call, boolean real) {
    TensorType result;
    if (call.isTensor(0) && call.isTensor(1)) {
      TensorType left = call.tensor(0);
      TensorType right = call.tensor(1);
      try {
        result =
            TensorType.tensor(
                Promotion.of(left.dtype(), right.dtype()),
                TensorArithmetic.commonShape(left.shape(), right.shape()));
      } catch (IllegalArgumentException e) {
        throw call.refused(FunctionException.INVALID_VALUE, String.valueOf(e.getMessage()));
      }
    } else {
      int place = call.isTensor(0) ? 0 : 1;
      TensorType tensor = call.tensor(place);
      result = TensorType.tensor(withNumber(tensor.dtype(), call.type(1 - place)), tensor.shape());
    }
    Dtype dtype = real && !result.dtype().isFloat() ? Dtype.FLOAT64 : result.dtype();
    return call.returns(TensorType.tensor(dtype, result.shape()));
  }

  /** A number takes the tensor's dtype, but a fraction makes integers FLOAT64. */
  private static Dtype withNumber(Dtype dtype, RelDataType number) {
    boolean fraction =
        switch (number.getSqlTypeName()) {
          case REAL, FLOAT, DOUBLE -> true;
          case DECIMAL -> number.getScale() > 0;
          default -> false;
        };
    return fraction && !dtype.isFloat() ? Dtype.FLOAT64 : Promotion.number(dtype);
  }
}
