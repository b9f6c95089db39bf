package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.function.JavaFunction;
import io.versor.engine.type.Carried;
import io.versor.format.type.TensorType;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan mean the same on Calcite's executor as on ours. That one counts timestamps, times of
 * the day and intervals in milliseconds, and ours are exact to the microsecond: so everything that
 * computes with them is replaced by a function of {@link MicroTime}, and all else only passes the
 * longer numbers along. And its integers wrap, so arithmetic becomes the checked kind.
 */
final class Microseconds extends RexShuttle {
  /** What {@link Fallback} gives as the statement's instant. */
  static final int NOW_PARAMETER = 1 << 20;

  private static final Map<String, SqlOperator> FUNCTIONS = functions();

  private final RexBuilder builder;

  private Microseconds(RexBuilder builder) {
    this.builder = builder;
  }

  private static Map<String, SqlOperator> functions() {
    Map<String, SqlOperator> functions = new HashMap<>();
    for (Method method : MicroTime.class.getMethods()) {
      if (method.getDeclaringClass() == MicroTime.class) {
        functions.put(
            method.getName(),
            new SqlUserDefinedFunction(
                new SqlIdentifier("MICROS_" + method.getName(), SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0, // every call is made with its type
                null,
                OperandTypes.operandMetadata(
                    List.of(), factory -> List.of(), i -> "arg" + i, i -> false),
                JavaFunction.of(method)));
      }
    }
    return Map.copyOf(functions);
  }

  static RelNode rewrite(RelNode plan) {
    Microseconds rex = new Microseconds(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(LogicalValues values) {
            return rex.values(values);
          }

          @Override
          public RelNode visit(LogicalAggregate aggregate) {
            return rex.sums((LogicalAggregate) super.visit((RelNode) aggregate));
          }

          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(rex);
          }
        });
  }

  /** What Calcite counts in milliseconds and we in microseconds. */
  private static boolean isCounted(RelDataType type) {
    return isTimestamp(type) || isTime(type) || isShortInterval(type);
  }

  private static boolean isTime(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIME;
  }

  /** Of days and smaller units. */
  private static boolean isShortInterval(RelDataType type) {
    return SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  private static boolean isLongInterval(RelDataType type) {
    return SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  private static boolean isTimestamp(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return name == SqlTypeName.TIMESTAMP
        || name == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
        || name == SqlTypeName.TIMESTAMP_TZ;
  }

  private RexNode call(String function, RelDataType type, RexNode... operands) {
    return builder.makeCall(type, FUNCTIONS.get(function), List.of(operands));
  }

  /** Rows of literals: times as numbers, made times again above. */
  private RelNode values(Values values) {
    List<RelDataTypeField> fields = values.getRowType().getFieldList();
    if (fields.stream().noneMatch(field -> isCounted(field.getType()))) {
      return values;
    }
    RelDataType number = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    var row = builder.getTypeFactory().builder();
    List<RexNode> projects = new ArrayList<>();
    for (RelDataTypeField field : fields) {
      boolean counted = isCounted(field.getType());
      RelDataType type =
          counted
              ? builder
                  .getTypeFactory()
                  .createTypeWithNullability(number, field.getType().isNullable())
              : field.getType();
      row.add(field.getName(), type);
      RexNode ref = builder.makeInputRef(type, field.getIndex());
      projects.add(counted ? call("literal", field.getType(), ref) : ref);
    }
    var tuples =
        com.google.common.collect.ImmutableList
            .<com.google.common.collect.ImmutableList<RexLiteral>>builder();
    for (List<RexLiteral> tuple : values.getTuples()) {
      var cells = com.google.common.collect.ImmutableList.<RexLiteral>builder();
      for (RexLiteral literal : tuple) {
        boolean counted = isCounted(literal.getType()) && !literal.isNull();
        cells.add(
            counted ? builder.makeBigintLiteral(BigDecimal.valueOf(micros(literal))) : literal);
      }
      tuples.add(cells.build());
    }
    RelNode numbers = LogicalValues.create(values.getCluster(), row.build(), tuples.build());
    return LogicalProject.create(
        numbers, List.of(), projects, values.getRowType().getFieldNames(), java.util.Set.of());
  }

  /** A sum that is wider than what it adds up: Calcite's adds in the type of the argument. */
  private RelNode sums(LogicalAggregate aggregate) {
    RelNode input = aggregate.getInput();
    List<RelDataTypeField> fields = input.getRowType().getFieldList();
    List<RexNode> projects = new ArrayList<>();
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    for (RelDataTypeField field : fields) {
      projects.add(builder.makeInputRef(field.getType(), field.getIndex()));
    }
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      boolean sum =
          call.getAggregation().getKind() == SqlKind.SUM
              || call.getAggregation().getKind() == SqlKind.SUM0;
      RelDataType from = sum ? fields.get(call.getArgList().get(0)).getType() : call.getType();
      SqlTypeName to = call.getType().getSqlTypeName();
      boolean widens = to == SqlTypeName.DECIMAL || to == SqlTypeName.DOUBLE;
      if (!sum || !widens || from.getSqlTypeName() == to) {
        calls.add(call);
        continue;
      }
      RelDataType wide =
          builder.getTypeFactory().createTypeWithNullability(call.getType(), from.isNullable());
      RexNode argument = builder.makeInputRef(from, call.getArgList().get(0));
      calls.add(call.withArgList(List.of(projects.size())));
      names.add("wide" + projects.size());
      projects.add(builder.makeCast(wide, argument));
    }
    if (projects.size() == fields.size()) {
      return aggregate;
    }
    RelNode widened = LogicalProject.create(input, List.of(), projects, names, java.util.Set.of());
    return aggregate.copy(
        aggregate.getTraitSet(), widened, aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
  }

  private static long micros(RexLiteral literal) {
    if (isShortInterval(literal.getType())) {
      BigDecimal millis = java.util.Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
      return millis.multiply(BigDecimal.valueOf(1_000)).longValueExact();
    }
    if (isTime(literal.getType())) {
      return MicroTime.parseTime(String.valueOf(literal.getValueAs(TimeString.class)));
    }
    return MicroTime.parse(String.valueOf(literal.getValueAs(TimestampString.class)));
  }

  @Override
  public RexNode visitLiteral(RexLiteral literal) {
    if (!isCounted(literal.getType()) || literal.isNull()) {
      return literal;
    }
    return call(
        "literal",
        literal.getType(),
        builder.makeBigintLiteral(BigDecimal.valueOf(micros(literal))));
  }

  @Override
  public RexNode visitCall(RexCall original) {
    RexCall call = original;
    if (call.getKind() == SqlKind.SEARCH && isCounted(call.getOperands().get(0).getType())) {
      return RexUtil.expandSearch(builder, null, call).accept(this);
    }
    RexNode visited = super.visitCall(call);
    if (!(visited instanceof RexCall now)) {
      return visited;
    }
    call = now;
    if (call.getKind() == SqlKind.AND || call.getKind() == SqlKind.OR) {
      // an expanded search may be a junction in one of its own kind
      return builder.makeCall(
          call.getType(),
          call.getOperator(),
          RexUtil.flatten(call.getOperands(), call.getOperator()));
    }
    boolean touches = isCounted(call.getType());
    for (RexNode operand : call.getOperands()) {
      touches |= isCounted(operand.getType());
      touches |= takesText(call) && operand.getType().getSqlTypeName() == SqlTypeName.DATE;
    }
    if (call.getKind() == SqlKind.CAST && isText(call.getOperands().get(0).getType())) {
      touches |= call.getType().getSqlTypeName() == SqlTypeName.DATE;
    }
    if (call.getKind() == SqlKind.CAST && isText(call.getType())) {
      touches |= isLongInterval(call.getOperands().get(0).getType());
    }
    return touches ? counted(call) : checked(call);
  }

  private static boolean isText(RelDataType type) {
    return SqlTypeName.CHAR_TYPES.contains(type.getSqlTypeName());
  }

  private RexNode checked(RexCall call) {
    boolean integers =
        SqlTypeName.INT_TYPES.contains(call.getType().getSqlTypeName())
            && call.getOperands().stream()
                .allMatch(
                    operand -> SqlTypeName.INT_TYPES.contains(operand.getType().getSqlTypeName()));
    if (!integers) {
      return call;
    }
    SqlOperator operator =
        switch (call.getKind()) {
          case PLUS -> SqlStdOperatorTable.CHECKED_PLUS;
          case MINUS -> SqlStdOperatorTable.CHECKED_MINUS;
          case TIMES -> SqlStdOperatorTable.CHECKED_MULTIPLY;
          case MINUS_PREFIX -> SqlStdOperatorTable.CHECKED_UNARY_MINUS;
          default -> call.getOperator();
        };
    return operator == call.getOperator()
        ? call
        : builder.makeCall(call.getType(), operator, call.getOperands());
  }

  private RexNode counted(RexCall call) {
    List<RexNode> operands = call.getOperands();
    RelDataType type = call.getType();
    switch (call.getKind()) {
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          IS_NULL,
          IS_NOT_NULL,
          CASE,
          COALESCE,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM,
          ROW,
          ITEM,
          ARRAY_VALUE_CONSTRUCTOR,
          DEFAULT,
          GREATEST,
          LEAST,
          TIMES,
          DIVIDE,
          MINUS_PREFIX -> {
        return call; // as numbers
      }
      case CAST, SAFE_CAST -> {
        return cast(call, operands.get(0), type);
      }
      case EXTRACT -> {
        String function =
            isShortInterval(operands.get(1).getType()) ? "extractInterval" : "extract";
        return call(function, type, unit(call, operands.get(0)), operands.get(1));
      }
      case FLOOR, CEIL -> {
        if (operands.size() == 2) {
          String function = call.getKind() == SqlKind.FLOOR ? "floor" : "ceil";
          return call(function, type, operands.get(0), unit(call, operands.get(1)));
        }
      }
      case PLUS, MINUS -> {
        return arithmetic(call, operands, type);
      }
      case REINTERPRET -> {
        return call("toMillis", type, operands.get(0));
      }
      default -> {
        if (OwnFunctions.has(call) || TimeNumbers.isOwn(call)) {
          return call; // replaced later
        }
        if (takesText(call)) {
          return withTexts(call);
        }
      }
    }
    RexNode now = now(call);
    if (now != call) {
      return now;
    }
    throw new Carried(
        new StatementException(
            "0A000",
            call.getOperator().getName()
                + " of a "
                + type(call)
                + " is not supported; CAST it to text or"
                + " use EXTRACT, FLOOR or interval arithmetic"));
  }

  /** Functions of values of any type, which they write as text. */
  private static boolean takesText(RexCall call) {
    String name = call.getOperator().getName();
    return name.startsWith("JSON_") || name.startsWith("CONCAT") || name.equals("||");
  }

  private RexNode withTexts(RexCall call) {
    List<RexNode> operands = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      boolean date = operand.getType().getSqlTypeName() == SqlTypeName.DATE;
      operands.add(
          isCounted(operand.getType())
              ? text(operand, varchar(operand.getType()))
              : date ? builder.makeCast(varchar(operand.getType()), operand) : operand);
    }
    return call.clone(call.getType(), operands);
  }

  private RelDataType varchar(RelDataType as) {
    return builder
        .getTypeFactory()
        .createTypeWithNullability(
            builder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), as.isNullable());
  }

  private static SqlTypeName type(RexCall call) {
    return call.getOperands().stream()
        .map(RexNode::getType)
        .filter(Microseconds::isCounted)
        .findFirst()
        .orElse(call.getType())
        .getSqlTypeName();
  }

  /** The statement's instant, the same wherever it is asked for. */
  private RexNode now(RexCall call) {
    RexNode instant = builder.makeDynamicParam(bigint(), NOW_PARAMETER);
    return switch (call.getOperator().getName()) {
      case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "NOW" -> call("literal", call.getType(), instant);
      case "CURRENT_TIME", "LOCALTIME" -> call("toTime", call.getType(), instant);
      default -> call;
    };
  }

  private RelDataType bigint() {
    return builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
  }

  private RexNode unit(RexCall call, RexNode flag) {
    if (flag instanceof RexLiteral literal && literal.getValue() instanceof TimeUnitRange range) {
      return builder.makeLiteral(range.name());
    }
    throw new Carried(
        new StatementException("0A000", "the unit of " + call.getOperator() + " is no constant"));
  }

  private RexNode arithmetic(RexCall call, List<RexNode> operands, RelDataType type) {

    RexNode first = operands.get(0);
    RexNode second = operands.get(1);
    boolean intervals =
        isShortInterval(first.getType())
            && (operands.size() == 1 || isShortInterval(second.getType()));
    if (intervals) {
      return call;
    }
    if (SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName())) {
      return difference(first, second, type);
    }
    boolean swapped = SqlTypeName.INTERVAL_TYPES.contains(first.getType().getSqlTypeName());
    RexNode moment = swapped ? second : first;
    RexNode interval = swapped ? first : second;
    if (call.getKind() == SqlKind.MINUS) {
      interval =
          builder.makeCall(interval.getType(), SqlStdOperatorTable.UNARY_MINUS, List.of(interval));
    }
    if (isTime(moment.getType())) {
      return call("timePlusMicros", type, moment, interval);
    }
    if (moment.getType().getSqlTypeName() == SqlTypeName.DATE) {
      return call("datePlusMicros", type, moment, interval);
    }
    boolean months = isLongInterval(interval.getType());
    return call(months ? "plusMonths" : "plusMicros", type, moment, interval);
  }

  private RexNode difference(RexNode later, RexNode earlier, RelDataType type) {
    SqlTypeName name = later.getType().getSqlTypeName();
    if (name == SqlTypeName.DATE && earlier.getType().getSqlTypeName() == SqlTypeName.DATE) {
      return call("dateMinusMicros", type, later, earlier);
    }
    if (name == SqlTypeName.TIME) {
      return call("timeMinusMicros", type, later, earlier);
    }
    boolean months = isLongInterval(type);
    return call(
        months ? "minusMonths" : "minusMicros", type, timestampOf(later), timestampOf(earlier));
  }

  private RexNode timestampOf(RexNode moment) {
    if (moment.getType().getSqlTypeName() != SqlTypeName.DATE) {
      return moment;
    }
    RelDataType timestamp =
        builder
            .getTypeFactory()
            .createTypeWithNullability(
                builder.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 6),
                moment.getType().isNullable());
    return call("ofDate", timestamp, moment);
  }

  private RexNode cast(RexCall call, RexNode operand, RelDataType type) {
    RelDataType from = operand.getType();
    if (isText(type)) {
      return text(operand, type);
    }
    if (from.getSqlTypeName() == SqlTypeName.NULL) {
      return call;
    }
    if (isShortInterval(from) && isShortInterval(type)) {
      return call("literal", type, operand);
    }
    if (isTimestamp(from)) {
      return switch (type.getSqlTypeName()) {
        case DATE -> call("toDate", type, operand);
        case TIME -> rounded("timeRound", call("toTime", type, operand), type, from);
        case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
            rounded("round", call("literal", type, operand), type, from);
        default -> throw noCast(from, type);
      };
    }
    if (isTime(from) && isTime(type)) {
      return rounded("timeRound", call("literal", type, operand), type, from);
    }
    if (from.getSqlTypeName() == SqlTypeName.DATE && isTimestamp(type)) {
      return call("ofDate", type, operand);
    }
    if (isText(from) && isTime(type)) {
      return rounded("timeRound", call("parseTime", type, operand), type, null);
    }
    if (isText(from) && isTimestamp(type)) {
      return rounded("round", call("parse", type, operand), type, null);
    }
    if (isText(from) && type.getSqlTypeName() == SqlTypeName.DATE) {
      return call("parseDate", type, operand);
    }
    throw noCast(from, type);
  }

  /** To the digits of a type, if what is given may have more. */
  private RexNode rounded(
      String function, RexNode moment, RelDataType type, @Nullable RelDataType from) {
    int digits = type.getPrecision();
    boolean all = digits < 0 || digits >= TensorType.MAX_TIME_DIGITS;
    boolean fits = from != null && from.getPrecision() >= 0 && from.getPrecision() <= digits;
    return all || fits
        ? moment
        : call(function, type, moment, builder.makeExactLiteral(BigDecimal.valueOf(digits)));
  }

  private RexNode text(RexNode operand, RelDataType type) {
    RelDataType from = operand.getType();
    boolean instant = from.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    String function =
        isTimestamp(from)
            ? instant ? "instantText" : "text"
            : isTime(from) ? "timeText" : isLongInterval(from) ? "monthsText" : "intervalText";
    RexNode text = call(function, varchar(type), operand);
    return type.getPrecision() < 0 && type.getSqlTypeName() == SqlTypeName.VARCHAR
        ? text
        : builder.makeCast(type, text);
  }

  private static Carried noCast(RelDataType from, RelDataType to) {
    return new Carried(new StatementException("42846", "no CAST of " + from + " as " + to));
  }
}
