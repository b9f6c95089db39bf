package io.versor.engine.function;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import io.versor.engine.type.TensorSqlType;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlNthValueAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/** Aggregates of scalars that Calcite lacks, or computes from sums that cancel out. */
public final class Aggregates {
  private static final SqlReturnTypeInference AS_GIVEN =
      ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE);
  private static final SqlReturnTypeInference NUMBER =
      ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE);

  private static final SqlTypeFamily[] VALUE = {SqlTypeFamily.ANY};
  private static final SqlTypeFamily[] VALUE_AND_PART = {SqlTypeFamily.ANY, SqlTypeFamily.NUMERIC};

  private static final SqlAggFunction MODE = ordered("MODE", OrderedValues.Mode.class, VALUE);
  private static final SqlAggFunction LAST_MODE =
      ordered("MODE_DESC", OrderedValues.LastMode.class, VALUE);
  private static final SqlAggFunction CONTINUOUS =
      continuous("PERCENTILE_CONT", OrderedValues.Continuous.class, VALUE_AND_PART);
  private static final SqlAggFunction CONTINUOUS_DOWN =
      continuous("PERCENTILE_CONT_DESC", OrderedValues.ContinuousDown.class, VALUE_AND_PART);
  private static final SqlAggFunction DISCRETE =
      ordered("PERCENTILE_DISC", OrderedValues.Discrete.class, VALUE_AND_PART);
  private static final SqlAggFunction DISCRETE_DOWN =
      ordered("PERCENTILE_DISC_DESC", OrderedValues.DiscreteDown.class, VALUE_AND_PART);

  /** ARRAY_AGG of values that stand in a list each. */
  public static final SqlAggFunction GATHERED =
      new Aggregate(
          "ARRAY_AGG",
          GatheredValues.AsTheyCome.class,
          AS_GIVEN,
          Optionality.OPTIONAL,
          SqlTypeFamily.ARRAY);

  /** The same, sorted. */
  public static final SqlAggFunction GATHERED_UP = sorted(GatheredValues.Ascending.class, "");

  public static final SqlAggFunction GATHERED_DOWN =
      sorted(GatheredValues.Descending.class, "_DESC");

  /** LISTAGG of texts, between commas. */
  public static final SqlAggFunction LISTED = joined(JoinedTexts.Listed.class, VALUE);

  /** STRING_AGG of texts, and LISTAGG with a separator. */
  public static final SqlAggFunction JOINED =
      joined(
          JoinedTexts.Separated.class, new SqlTypeFamily[] {SqlTypeFamily.ANY, SqlTypeFamily.ANY});

  /** STRING_AGG of bytes. */
  public static final SqlAggFunction JOINED_BYTES =
      joined(
          JoinedBytes.Separated.class, new SqlTypeFamily[] {SqlTypeFamily.ANY, SqlTypeFamily.ANY});

  /** Of a group that must not have several values. */
  public static final SqlAggFunction ONLY_VALUE =
      new Aggregate("ONLY_VALUE", OnlyValue.OfGroup.class, AS_GIVEN, Optionality.FORBIDDEN, VALUE);

  /** Of the rows of a subquery that is a value: some value of them. */
  public static final SqlAggFunction SUBQUERY_VALUE =
      new Aggregate(
          "SUBQUERY_VALUE",
          SubqueryRows.Value.class,
          AS_GIVEN,
          Optionality.FORBIDDEN,
          SqlTypeFamily.ANY);

  /** How many they are. */
  public static final SqlAggFunction SUBQUERY_COUNT =
      new Aggregate(
          "SUBQUERY_COUNT",
          SubqueryRows.Count.class,
          ReturnTypes.BIGINT.andThen(SqlTypeTransforms.FORCE_NULLABLE),
          Optionality.FORBIDDEN,
          SqlTypeFamily.ANY);

  private Aggregates() {}

  /** Whether it is one of those that ARRAY_AGG stands for. */
  public static boolean isGathered(SqlAggFunction function) {
    return function == GATHERED || function == GATHERED_UP || function == GATHERED_DOWN;
  }

  private static SqlAggFunction joined(Class<?> code, SqlTypeFamily[] operands) {
    return new Aggregate(
        "STRING_AGG",
        code,
        Objects.requireNonNull(SqlStdOperatorTable.LISTAGG.getReturnTypeInference()),
        Optionality.OPTIONAL,
        operands);
  }

  private static SqlAggFunction sorted(Class<?> code, String how) {
    return new Aggregate("ARRAY_AGG_SORTED" + how, code, AS_GIVEN, SqlTypeFamily.ARRAY) {
      @Override
      void prepare(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        RelDataType list = validator.deriveType(scope, call.operand(0));
        checkOrder("ARRAY_AGG with ORDER BY", list.getComponentType(), call);
      }
    };
  }

  /** A frame may have fewer rows, whatever the column is. */
  private static final SqlAggFunction NTH_VALUE =
      new SqlNthValueAggFunction(SqlKind.NTH_VALUE) {
        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
          return binding
              .getTypeFactory()
              .createTypeWithNullability(super.inferReturnType(binding), true);
        }
      };

  /** All that have names for users. */
  public static List<SqlAggFunction> all() {
    List<SqlAggFunction> all = new ArrayList<>();
    all.add(NTH_VALUE);
    all.add(MODE);
    all.add(CONTINUOUS);
    all.add(DISCRETE);
    all.add(continuous("MEDIAN", OrderedValues.Median.class, VALUE));
    all.add(pairs("CORR", PairStatistics.Corr.class));
    all.add(pairs("COVAR_POP", PairStatistics.CovarPop.class));
    all.add(pairs("COVAR_SAMP", PairStatistics.CovarSamp.class));
    all.add(pairs("REGR_SXX", PairStatistics.RegrSxx.class));
    all.add(pairs("REGR_SYY", PairStatistics.RegrSyy.class));
    all.add(pairs("REGR_SXY", PairStatistics.RegrSxy.class));
    all.add(pairs("REGR_AVGX", PairStatistics.RegrAvgx.class));
    all.add(pairs("REGR_AVGY", PairStatistics.RegrAvgy.class));
    all.add(pairs("REGR_SLOPE", PairStatistics.RegrSlope.class));
    all.add(pairs("REGR_INTERCEPT", PairStatistics.RegrIntercept.class));
    all.add(pairs("REGR_R2", PairStatistics.RegrR2.class));
    return all;
  }

  /**
   * What {@code f(…) WITHIN GROUP (ORDER BY x)} says, as an aggregate of x.
   *
   * @param call the function, without its order
   * @param order the items of ORDER BY
   * @return empty for other functions
   */
  public static Optional<SqlCall> withinGroup(SqlCall call, List<SqlNode> order) {
    String name = call.getOperator().getName().toUpperCase(java.util.Locale.ROOT);
    boolean percentile = name.equals("PERCENTILE_CONT") || name.equals("PERCENTILE_DISC");
    if (!percentile && !(name.equals("MODE") && call.operandCount() == 0)) {
      return Optional.empty();
    }
    if (order.size() != 1 || call.operandCount() != (percentile ? 1 : 0)) {
      throw wrong(call, "expected " + usage(name));
    }
    SqlNode value = order.get(0);
    if (value.getKind() == SqlKind.NULLS_FIRST || value.getKind() == SqlKind.NULLS_LAST) {
      value = ((SqlCall) value).operand(0); // NULLs do not count
    }
    boolean down = value.getKind() == SqlKind.DESCENDING;
    value = down ? ((SqlCall) value).operand(0) : value;
    SqlOperator function =
        switch (name) {
          case "PERCENTILE_CONT" -> down ? CONTINUOUS_DOWN : CONTINUOUS;
          case "PERCENTILE_DISC" -> down ? DISCRETE_DOWN : DISCRETE;
          default -> down ? LAST_MODE : MODE;
        };
    List<SqlNode> operands = new ArrayList<>(List.of(value));
    operands.addAll(call.getOperandList());
    return Optional.of(function.createCall(call.getParserPosition(), operands));
  }

  /** Refuses a percentile whose values are not told. */
  public static void checkOrder(SqlCall call) {
    boolean percentile =
        call.getKind() == SqlKind.PERCENTILE_CONT || call.getKind() == SqlKind.PERCENTILE_DISC;
    if (percentile && call.operandCount() == 1) {
      throw wrong(call, "expected " + usage(call.getOperator().getName()));
    }
  }

  private static String usage(String name) {
    return name
        + (name.equals("MODE") ? "()" : "(fraction)")
        + " WITHIN GROUP (ORDER BY value), of one value";
  }

  private static Carried wrong(SqlCall call, String what) {
    SqlParserPos place = call.getParserPosition();
    return new Carried(
        new StatementException("42601", what, place.getLineNum(), place.getColumnNum()));
  }

  /** Of values that have an order. */
  private static SqlAggFunction ordered(String name, Class<?> code, SqlTypeFamily[] operands) {
    return new Aggregate(name, code, AS_GIVEN, operands) {
      @Override
      void prepare(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        RelDataType type = validator.deriveType(scope, call.operand(0));
        checkOrder(name.replace("_DESC", ""), type, call);
      }
    };
  }

  private static void checkOrder(String name, @Nullable RelDataType type, SqlCall call) {
    if (type instanceof TensorSqlType || type != null && type.getComponentType() != null) {
      SqlParserPos place = call.operand(0).getParserPosition();
      throw new Carried(
          new StatementException(
              "42883",
              "no function " + name + " for " + type + ", whose values have no order",
              place.getLineNum(),
              place.getColumnNum()));
    }
  }

  private static SqlAggFunction pairs(String name, Class<?> code) {
    return new Aggregate(name, code, NUMBER, SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC);
  }

  /** Of numbers a DOUBLE; of moments a moment between them, and days begin at midnight. */
  private static SqlAggFunction continuous(String name, Class<?> code, SqlTypeFamily[] operands) {
    return new Aggregate(name, code, AS_GIVEN, operands) {
      @Override
      void prepare(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        RelDataType type = validator.deriveType(scope, call.operand(0));
        if (SqlTypeUtil.isNumeric(type)) {
          toNumber(validator, scope, call, 0);
        } else if (type.getSqlTypeName() == SqlTypeName.DATE) {
          cast(
              validator,
              scope,
              call,
              0,
              validator
                  .getTypeFactory()
                  .createSqlType(SqlTypeName.TIMESTAMP, TensorType.MAX_TIME_DIGITS));
        } else if (type.getSqlTypeName() != SqlTypeName.TIMESTAMP
            && type.getSqlTypeName() != SqlTypeName.TIME
            && !SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName())) {
          SqlParserPos place = call.operand(0).getParserPosition();
          throw new Carried(
              new StatementException(
                  "42804",
                  name.replace("_DESC", "")
                      + " of "
                      + type
                      + ", which has no values between two others; take PERCENTILE_DISC",
                  place.getLineNum(),
                  place.getColumnNum()));
        }
      }
    };
  }

  private static void toNumber(
      SqlValidator validator, SqlValidatorScope scope, SqlCall call, int operand) {
    RelDataType number = validator.getTypeFactory().createSqlType(SqlTypeName.DOUBLE);
    SqlNode value = call.operand(operand);
    RelDataType type = value instanceof SqlDynamicParam ? null : validator.deriveType(scope, value);
    if (type != null && !SqlTypeUtil.isNumeric(type) && type.getSqlTypeName() != SqlTypeName.NULL) {
      // coercion would take a text for a number
      throw new SqlCallBinding(validator, scope, call).newValidationSignatureError();
    }
    if (type == null || type.getSqlTypeName() != SqlTypeName.DOUBLE) {
      cast(validator, scope, call, operand, number);
    }
  }

  private static void cast(
      SqlValidator validator, SqlValidatorScope scope, SqlCall call, int operand, RelDataType to) {
    SqlNode value = call.operand(operand);
    SqlNode cast =
        SqlStdOperatorTable.CAST.createCall(
            value.getParserPosition(), value, SqlTypeUtil.convertTypeToSpec(to));
    call.setOperand(operand, cast);
    validator.deriveType(scope, cast);
  }

  /** An aggregate whose arguments are cast to what its code takes: numbers to DOUBLE. */
  private static class Aggregate extends SqlUserDefinedAggFunction {
    private final SqlTypeFamily[] operands;

    Aggregate(
        String name, Class<?> code, SqlReturnTypeInference returns, SqlTypeFamily... operands) {
      this(name, code, returns, Optionality.FORBIDDEN, operands);
    }

    Aggregate(
        String name,
        Class<?> code,
        SqlReturnTypeInference returns,
        Optionality order,
        SqlTypeFamily... operands) {
      super(
          new SqlIdentifier(name, SqlParserPos.ZERO),
          SqlKind.OTHER_FUNCTION,
          returns,
          null,
          metadata(operands),
          Objects.requireNonNull(AggregateFunctionImpl.create(code)),
          false,
          false,
          order);
      this.operands = operands;
    }

    private static SqlOperandMetadata metadata(SqlTypeFamily... operands) {
      return OperandTypes.operandMetadata(
          List.of(operands), factory -> List.of(), i -> "arg" + i, i -> false);
    }

    void prepare(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {}

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
      if (call.operandCount() == operands.length) {
        for (int i = 0; i < operands.length; i++) {
          if (operands[i] == SqlTypeFamily.NUMERIC) {
            toNumber(validator, scope, call, i);
          }
        }
        prepare(validator, scope, call);
      }
      return validateOperands(validator, scope, call); // not looked up: some have no name
    }
  }
}
