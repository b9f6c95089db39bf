package io.versor.engine.function;

import static io.versor.engine.function.TensorOperator.Kind.OPERAND;
import static io.versor.engine.function.TensorOperator.Kind.TENSOR;

import io.versor.engine.StatementException;
import io.versor.engine.function.TensorOperator.Arguments;
import io.versor.engine.function.TensorOperator.Signature;
import io.versor.engine.type.Carried;
import io.versor.engine.type.Promotion;
import io.versor.engine.type.TensorSqlType;
import io.versor.format.type.Dtype;
import io.versor.format.type.TensorType;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

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

  /** What takes any value, and only asks whether it is NULL or equal to another. */
  private static final Set<SqlKind> TAKING =
      EnumSet.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM,
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.SOME,
          SqlKind.ALL,
          SqlKind.EXISTS,
          SqlKind.AS,
          SqlKind.CASE,
          SqlKind.CAST,
          SqlKind.ROW,
          SqlKind.ITEM,
          SqlKind.ARRAY_VALUE_CONSTRUCTOR,
          SqlKind.MULTISET_VALUE_CONSTRUCTOR,
          SqlKind.MAP_VALUE_CONSTRUCTOR,
          SqlKind.COUNT,
          SqlKind.COLLECT,
          SqlKind.ARRAY_AGG,
          SqlKind.ANY_VALUE,
          SqlKind.SINGLE_VALUE,
          SqlKind.FIRST_VALUE,
          SqlKind.LAST_VALUE,
          SqlKind.NTH_VALUE,
          SqlKind.LAG,
          SqlKind.LEAD,
          SqlKind.OVER,
          SqlKind.FILTER,
          SqlKind.WITHIN_DISTINCT,
          SqlKind.WITHIN_GROUP,
          SqlKind.RESPECT_NULLS,
          SqlKind.IGNORE_NULLS,
          SqlKind.DESCENDING,
          SqlKind.NULLS_FIRST,
          SqlKind.NULLS_LAST,
          SqlKind.UNNEST,
          SqlKind.COALESCE,
          SqlKind.NULLIF,
          SqlKind.NVL,
          SqlKind.NVL2,
          SqlKind.IF,
          SqlKind.DECODE,
          SqlKind.GROUPING,
          SqlKind.GROUP_ID,
          SqlKind.ROLLUP,
          SqlKind.CUBE,
          SqlKind.GROUPING_SETS);

  /** The last two are marks in row patterns. */
  private static final Set<String> TAKING_BY_NAME =
      Set.of(
          "IFNULL",
          "APPROX_COUNT_DISTINCT",
          "ELEMENT",
          "CARDINALITY",
          "MEMBER OF",
          "IN ROW",
          "OF ROWS");

  /** What orders by its second argument and gives its first. */
  private static final Set<SqlKind> FIRST = EnumSet.of(SqlKind.ARG_MIN, SqlKind.ARG_MAX);

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
      throw refused(call, tensor);
    }
    boolean comparison = call.getKind() == SqlKind.EQUALS || call.getKind() == SqlKind.NOT_EQUALS;
    if (!comparison || !alike) {
      call.setOperator(meaning); // equal types are compared, and joined, as any other value
    }
  }

  /**
   * Refuses a call of what Calcite would give any value to, if an argument is a tensor.
   *
   * @param types what an argument is, as far as it is known
   */
  public static void check(SqlCall call, Function<SqlNode, @Nullable RelDataType> types) {
    SqlOperator operator = call.getOperator();
    boolean open =
        operator instanceof TensorOperator
            || UNARY.containsValue(operator)
            || operator instanceof SqlUserDefinedFunction
                && !(operator instanceof SqlUserDefinedAggFunction)
            || TAKING.contains(call.getKind())
            || operator.getName().equals("CAST NOT NULL")
            || call.isA(SqlKind.QUERY)
            || call.isA(SqlKind.TOP_LEVEL)
            || TAKING_BY_NAME.contains(operator.getName().toUpperCase(java.util.Locale.ROOT));
    if (open) {
      return;
    }
    for (int i = 0; i < call.operandCount(); i++) {
      SqlNode operand = call.operand(i);
      boolean taken = i == 0 && FIRST.contains(call.getKind());
      if (operand != null && !taken && types.apply(operand) instanceof TensorSqlType tensor) {
        throw refused(call, tensor);
      }
    }
  }

  private static Carried refused(SqlCall call, RelDataType tensor) {
    return new Carried(
        new StatementException(
            "42883",
            "no "
                + (call.getOperator() instanceof SqlFunction ? "function " : "operator ")
                + call.getOperator().getName()
                + " for "
                + tensor
                + ": tensors have no order and are no texts; take an ELEMENT_AT or a TENSOR_MEAN of"
                + " it, or CAST it",
            call.getParserPosition().getLineNum(),
            call.getParserPosition().getColumnNum()));
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
