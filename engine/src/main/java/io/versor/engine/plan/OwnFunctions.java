package io.versor.engine.plan;

import io.versor.engine.function.JavaFunction;
import io.versor.engine.function.JsonFunctions;
import io.versor.engine.function.JsonObjects;
import io.versor.engine.function.JsonPaths;
import io.versor.engine.function.NumberFunctions;
import io.versor.engine.function.RegexFunctions;
import io.versor.engine.function.Series;
import io.versor.engine.function.SubqueryRows;
import io.versor.engine.function.TextFunctions;
import io.versor.engine.function.TimeFunctions;
import io.versor.engine.function.VersorOperators;
import io.versor.engine.type.TensorSqlType;
import io.versor.format.type.TensorType;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts functions of our own in the place of Calcite's, for its executor. Calcite's count UTF-16
 * units, give NaN or Infinity where there is no number, and fail without a SQLState; and some that
 * we have are not there at all. A method {@code splitPart(String, String, int)} of one of the
 * classes stands in for SPLIT_PART of a text, a text and a number.
 */
final class OwnFunctions extends RexShuttle {
  /** Operators, and names that functions also have. */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("CHARACTER_LENGTH", "CHAR_LENGTH"),
          Map.entry("SUBSTR", "SUBSTRING"),
          Map.entry("TRANSLATE3", "TRANSLATE"),
          Map.entry("TRUNCATE", "TRUNC"),
          Map.entry("POW", "POWER"),
          Map.entry("REGEXP_EXTRACT", "REGEXP_SUBSTR"),
          Map.entry("POSIX REGEX CASE SENSITIVE", "MATCHES"),
          Map.entry("POSIX REGEX CASE INSENSITIVE", "MATCHES_ANY_CASE"));

  private static final Map<SqlKind, String> FLOAT_ARITHMETIC =
      Map.of(
          SqlKind.PLUS, "FLOAT_PLUS",
          SqlKind.MINUS, "FLOAT_MINUS",
          SqlKind.TIMES, "FLOAT_TIMES",
          SqlKind.DIVIDE, "FLOAT_DIVIDE",
          SqlKind.MOD, "FLOAT_MOD");

  private static final Set<SqlTypeName> FRACTIONS =
      Set.of(SqlTypeName.DECIMAL, SqlTypeName.REAL, SqlTypeName.FLOAT, SqlTypeName.DOUBLE);

  private static final String NEGATED = "NEGATED ";

  private static final Map<String, List<Own>> FUNCTIONS =
      functions(
          TextFunctions.class,
          RegexFunctions.class,
          NumberFunctions.class,
          TimeFunctions.class,
          Series.class,
          JsonFunctions.class,
          JsonPaths.class,
          SubqueryRows.class);

  private static final SqlUserDefinedFunction OF_DATE =
      operator("OF_DATE", method(MicroTime.class, "ofDate"));

  /** A method, and the operator that calls it. */
  private record Own(Method method, SqlUserDefinedFunction operator) {}

  private final RexBuilder builder;

  private OwnFunctions(RexBuilder builder) {
    this.builder = builder;
  }

  private static Map<String, List<Own>> functions(Class<?>... classes) {
    Map<String, List<Own>> functions = new HashMap<>();
    for (Class<?> functionsOfOneKind : classes) {
      for (Method method : functionsOfOneKind.getDeclaredMethods()) {
        if (java.lang.reflect.Modifier.isPublic(method.getModifiers())) {
          String name = method.getName().replaceAll("(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
          functions
              .computeIfAbsent(name, key -> new ArrayList<>())
              .add(new Own(method, operator(signature(name, method), method)));
        }
      }
    }
    return functions;
  }

  /** Operators are told apart by their names alone, so each has its own. */
  private static String signature(String name, Method method) {
    StringBuilder signature = new StringBuilder(name);
    for (Class<?> parameter : method.getParameterTypes()) {
      signature.append('_').append(parameter.getSimpleName());
    }
    return signature.toString();
  }

  private static Method method(Class<?> functions, String name) {
    return java.util.Arrays.stream(functions.getMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** An operator that calls a method, by whose name nobody can call it. */
  static SqlUserDefinedFunction operator(String name, Method method) {
    return new SqlUserDefinedFunction(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0, // every call is made with its type
        null,
        OperandTypes.operandMetadata(List.of(), factory -> List.of(), i -> "arg" + i, i -> false),
        JavaFunction.of(method)) {
      @Override
      public boolean isDeterministic() {
        return !method.getName().startsWith("random") && !method.getName().startsWith("clockT");
      }
    };
  }

  static RelNode rewrite(RelNode plan) {
    OwnFunctions functions = new OwnFunctions(plan.getCluster().getRexBuilder());
    return BottomUp.expressions(plan, functions);
  }

  @Override
  public RexNode visitCall(RexCall original) {
    RexNode visited = super.visitCall(original);
    if (!(visited instanceof RexCall call)) {
      return visited;
    }
    if (call.getKind() == SqlKind.CAST) {
      return cast(call);
    }
    if (call.getKind() == SqlKind.COALESCE) {
      return firstPresent(call);
    }
    if (call.getOperator() instanceof SqlQuantifyOperator
        && call.getOperands().get(0).getType().isNullable()) {
      return quantified(call);
    }
    if (call.getOperator() == SqlStdOperatorTable.CURRENT_SCHEMA) {
      return builder.makeCall(call.getType(), VersorOperators.CURRENT_SCHEMA, List.of());
    }
    if (call.getOperator() == SqlStdOperatorTable.CURRENT_CATALOG) {
      RelDataType maybe = builder.getTypeFactory().createTypeWithNullability(call.getType(), true);
      RexNode none = builder.makeCall(maybe, VersorOperators.CURRENT_DATABASE, List.of());
      return none;
    }
    if (call.getOperator() == SqlStdOperatorTable.JSON_TYPE_OPERATOR) { // not MySQL's function
      boolean text =
          call.getOperands().get(0) instanceof RexCall value
              && value.getOperator().getName().equals("JSON_VALUE");
      return text ? call.getOperands().get(0) : call; // a text, whatever it is
    }
    if (call.getOperator() == SqlStdOperatorTable.JSON_VALUE_EXPRESSION
        && call.getOperands().get(0) instanceof RexCall value
        && value.getOperator() == SqlStdOperatorTable.JSON_TYPE_OPERATOR) {
      return value; // JSON already
    }
    if (call.getOperator() == SqlStdOperatorTable.JSON_OBJECT) {
      return builder.makeCall(call.getType(), JsonObjects.CODE, call.getOperands());
    }
    String name = name(call);
    boolean number =
        !call.getOperands().isEmpty()
            && SqlTypeName.NUMERIC_TYPES.contains(
                call.getOperands().get(0).getType().getSqlTypeName());
    if (number && name.equals("TO_CHAR")) {
      name = "NUMBER_TO_CHAR";
    }
    if (name.equals("AT_TIME_ZONE")
        && call.getOperands().get(0).getType().getSqlTypeName() != SqlTypeName.TIMESTAMP) {
      name = "CLOCK_OF_ZONE";
    }
    if (JsonDocuments.reads(call, name)) {
      return new JsonDocuments(builder).rewrite(call, name);
    }
    if (isDateAndMonths(call)) {
      return datePlusMonths(call);
    }
    if (isFloat(call.getType())) {
      name = FLOAT_ARITHMETIC.getOrDefault(call.getKind(), name);
    }
    if (isIntervalTimesDecimal(call)) {
      boolean swapped = !isCounted(call.getOperands().get(0).getType().getSqlTypeName());
      RexNode interval = call.getOperands().get(swapped ? 1 : 0);
      RexNode factor = call.getOperands().get(swapped ? 0 : 1);
      return made(
          FUNCTIONS.get("INTERVAL_TIMES").get(0), call.getType(), List.of(interval, factor));
    }
    if (isPartOfMonths(call)) {
      boolean swapped = !isMonths(call.getOperands().get(0));
      RexNode months = call.getOperands().get(swapped ? 1 : 0);
      RexNode other = call.getOperands().get(swapped ? 0 : 1);
      List<RexNode> operands = List.of(months, other);
      String function = call.getKind() == SqlKind.TIMES ? "MONTHS_TIMES" : "MONTHS_DIVIDED";
      return made(find(function, operands).orElseThrow(), call.getType(), operands);
    }
    if (isQuotientOfDecimals(call)) {
      name = "QUOTIENT";
    }
    if (name.startsWith(NEGATED)) {
      String positive = name.substring(NEGATED.length());
      RexNode matches = own(ALIASES.getOrDefault(positive, positive), call.getType(), call);
      return matches == call
          ? call
          : builder.makeCall(call.getType(), SqlStdOperatorTable.NOT, List.of(matches));
    }
    return own(ALIASES.getOrDefault(name, name), call.getType(), call);
  }

  /** COALESCE of numbers of several types, in which Calcite's code fails where all are NULL. */
  private RexNode firstPresent(RexCall call) {
    List<RexNode> cases = new ArrayList<>();
    int last = call.getOperands().size() - 1;
    for (int i = 0; i <= last; i++) {
      RexNode operand = call.getOperands().get(i);
      if (i < last) {
        cases.add(builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, operand));
      }
      boolean differs =
          SqlTypeName.NUMERIC_TYPES.contains(call.getType().getSqlTypeName())
              && operand.getType().getSqlTypeName() != call.getType().getSqlTypeName();
      cases.add(
          differs
              ? builder.makeCast(nullable(call.getType(), operand.getType()), operand)
              : operand);
    }
    return builder.makeCall(call.getType(), SqlStdOperatorTable.CASE, cases);
  }

  /** {@code x = ANY(list)} where x may be NULL, at which Calcite's code fails. */
  private RexNode quantified(RexCall call) {
    RexNode value = call.getOperands().get(0);
    RexNode count = builder.makeCall(SqlStdOperatorTable.CARDINALITY, call.getOperands().get(1));
    RexNode none =
        builder.makeCall(
            SqlStdOperatorTable.EQUALS, count, builder.makeZeroLiteral(count.getType()));
    RexNode ofNull =
        builder.makeCall(
            call.getType(),
            SqlStdOperatorTable.CASE,
            List.of(
                none,
                builder.makeLiteral(call.getKind() == SqlKind.ALL),
                builder.makeNullLiteral(call.getType())));
    return builder.makeCall(
        call.getType(),
        SqlStdOperatorTable.CASE,
        List.of(builder.makeCall(SqlStdOperatorTable.IS_NULL, value), ofNull, call));
  }

  /** For which Calcite has no code. */
  private static boolean isIntervalTimesDecimal(RexCall call) {
    return call.getKind() == SqlKind.TIMES
        && SqlTypeName.DAY_INTERVAL_TYPES.contains(call.getType().getSqlTypeName())
        && call.getOperands().stream()
            .anyMatch(operand -> operand.getType().getSqlTypeName() == SqlTypeName.DECIMAL);
  }

  /** Months that may be no whole ones, which Calcite cuts. */
  private static boolean isPartOfMonths(RexCall call) {
    return SqlTypeName.YEAR_INTERVAL_TYPES.contains(call.getType().getSqlTypeName())
        && (call.getKind() == SqlKind.DIVIDE
            || call.getKind() == SqlKind.TIMES
                && call.getOperands().stream()
                    .map(operand -> operand.getType().getSqlTypeName())
                    .anyMatch(type -> FRACTIONS.contains(type)));
  }

  /** Calcite's code cuts it to 16 digits. */
  private static boolean isQuotientOfDecimals(RexCall call) {
    return call.getKind() == SqlKind.DIVIDE
        && call.getType().getSqlTypeName() == SqlTypeName.DECIMAL
        && call.getOperands().stream()
            .allMatch(
                operand -> SqlTypeName.NUMERIC_TYPES.contains(operand.getType().getSqlTypeName()));
  }

  private static boolean isDateAndMonths(RexCall call) {
    return call.getType().getSqlTypeName() == SqlTypeName.DATE
        && (call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.MINUS)
        && call.getOperands().stream().anyMatch(OwnFunctions::isMonths);
  }

  private static boolean isMonths(RexNode value) {
    return SqlTypeName.YEAR_INTERVAL_TYPES.contains(value.getType().getSqlTypeName());
  }

  /** Calcite's goes round beyond the last date. */
  private RexNode datePlusMonths(RexCall call) {
    boolean swapped = isMonths(call.getOperands().get(0));
    RexNode date = call.getOperands().get(swapped ? 1 : 0);
    RexNode months = call.getOperands().get(swapped ? 0 : 1);
    String name = call.getKind() == SqlKind.MINUS ? "DATE_MINUS_MONTHS" : "DATE_PLUS_MONTHS";
    // As it is: a CAST of INTERVAL '1' YEAR to the method's INT would be 1.
    return builder.makeCall(
        call.getType(), FUNCTIONS.get(name).get(0).operator(), List.of(date, months));
  }

  /** Floats become whole numbers by rounding, as decimals do; Calcite cuts them. */
  private RexNode cast(RexCall call) {
    RexNode operand = call.getOperands().get(0);
    if (SqlTypeName.CHAR_TYPES.contains(operand.getType().getSqlTypeName())) {
      return ofText(call, operand);
    }
    if (operand.getType().getSqlTypeName() == SqlTypeName.UUID
        && SqlTypeName.CHAR_TYPES.contains(call.getType().getSqlTypeName())) {
      RelDataType text = nullable(type(SqlTypeName.VARCHAR), call.getType());
      return builder.makeCast(call.getType(), call("UUID_TEXT", text, operand));
    }
    if (operand.getType().getSqlTypeName() == SqlTypeName.DATE
        && SqlTypeName.CHAR_TYPES.contains(call.getType().getSqlTypeName())) {
      RelDataType text = nullable(type(SqlTypeName.VARCHAR), call.getType());
      return builder.makeCast(call.getType(), call("DATE_TEXT", text, operand));
    }
    if (!isFloat(operand.getType())) {
      return call;
    }
    if (SqlTypeName.INT_TYPES.contains(call.getType().getSqlTypeName())) {
      RelDataType whole = nullable(decimal(0), call.getType());
      return builder.makeCast(call.getType(), call("FLOAT_WHOLE", whole, operand));
    }
    boolean narrows =
        call.getType().getSqlTypeName() == SqlTypeName.REAL
            && operand.getType().getSqlTypeName() != SqlTypeName.REAL;
    return narrows ? call("FLOAT_NARROW", call.getType(), operand) : call;
  }

  private RexNode ofText(RexCall call, RexNode text) {
    RelDataType type = call.getType();
    SqlTypeName name = type.getSqlTypeName();
    if (SqlTypeName.INT_TYPES.contains(name)) {
      return builder.makeCast(type, call("TEXT_WHOLE", nullable(decimal(0), type), text));
    }
    if (name == SqlTypeName.DECIMAL) {
      RelDataType any = nullable(decimal(TensorType.MAX_DECIMAL_DIGITS), type);
      return builder.makeCast(type, call("TEXT_DECIMAL", any, text));
    }
    if (isFloat(type)) {
      RexNode number = call("TEXT_FLOAT", nullable(type(SqlTypeName.DOUBLE), type), text);
      return name == SqlTypeName.REAL ? call("FLOAT_NARROW", type, number) : number;
    }
    if (name == SqlTypeName.UUID) {
      return call("TEXT_UUID", type, text);
    }
    return name == SqlTypeName.BOOLEAN ? call("TEXT_TRUTH", type, text) : call;
  }

  private RexNode call(String name, RelDataType type, RexNode operand) {
    return call(builder, name, type, List.of(operand));
  }

  /** A call of the only function of a name. */
  static RexNode call(RexBuilder builder, String name, RelDataType type, List<RexNode> operands) {
    Own own = FUNCTIONS.getOrDefault(name, List.of()).get(0);
    return new OwnFunctions(builder).made(own, type, operands);
  }

  private RexNode own(String name, RelDataType type, RexCall call) {
    if (call.getOperator() instanceof SqlUserDefinedFunction) {
      return call; // of tensors, or ours already
    }
    Optional<Own> own = find(name, call.getOperands());
    return own.isPresent() ? made(own.get(), type, call.getOperands()) : call;
  }

  /** The method that is nearest to the operands. */
  private static Optional<Own> find(String name, List<RexNode> operands) {
    Own best = null;
    int least = Integer.MAX_VALUE;
    for (Own own : FUNCTIONS.getOrDefault(name, List.of())) {
      int distance = distance(own.method(), operands);
      if (distance >= 0 && distance < least) {
        best = own;
        least = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How far the operands are from what a method takes; negative if it does not take them. */
  private static int distance(Method method, List<RexNode> operands) {
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length != operands.size()) {
      return -1;
    }
    int sum = 0;
    for (int i = 0; i < parameters.length; i++) {
      if (operands.get(i).getType() instanceof TensorSqlType) {
        return -1;
      }
      int distance = distance(parameters[i], operands.get(i).getType().getSqlTypeName());
      if (distance < 0) {
        return -1;
      }
      sum += distance;
    }
    return sum;
  }

  private static int distance(Class<?> parameter, SqlTypeName from) {
    if (from == SqlTypeName.NULL || from == SqlTypeName.ANY) {
      return 1;
    }
    if (isCounted(from)) {
      return parameter == long.class ? 0 : -1;
    }
    if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(from)) {
      return parameter == int.class ? 0 : -1;
    }
    if (from == SqlTypeName.DATE) {
      return parameter == int.class ? 0 : parameter == long.class ? 1 : -1;
    }
    if (parameter == String.class) {
      return SqlTypeName.CHAR_TYPES.contains(from) ? 0 : -1;
    }
    if (parameter == ByteString.class) {
      return SqlTypeName.BINARY_TYPES.contains(from) ? 0 : -1;
    }
    if (!SqlTypeName.NUMERIC_TYPES.contains(from)) {
      return -1;
    }
    boolean whole = SqlTypeName.INT_TYPES.contains(from);
    if (parameter == float.class) {
      return -1;
    }
    if (parameter == int.class) {
      return whole ? (from == SqlTypeName.BIGINT ? 2 : 0) : -1;
    }
    if (parameter == long.class) {
      return whole ? (from == SqlTypeName.BIGINT ? 0 : 1) : -1;
    }
    if (parameter == BigDecimal.class) {
      return from == SqlTypeName.DECIMAL ? 0 : whole ? 1 : -1;
    }
    return SqlTypeName.APPROX_TYPES.contains(from) ? 0 : 3;
  }

  private RexNode made(Own own, RelDataType type, List<RexNode> operands) {
    Class<?>[] parameters = own.method().getParameterTypes();
    List<RexNode> cast = new ArrayList<>();
    for (int i = 0; i < parameters.length; i++) {
      cast.add(as(parameters[i], operands.get(i)));
    }
    RelDataType given = sqlType(own.method().getReturnType(), type);
    boolean narrows =
        type.getSqlTypeName() == SqlTypeName.REAL && own.method().getReturnType() == double.class;
    if (narrows) {
      RelDataType wide = nullable(type(SqlTypeName.DOUBLE), type);
      return call("FLOAT_NARROW", type, builder.makeCall(wide, own.operator(), cast));
    }
    boolean direct =
        given == null
            || given.getSqlTypeName() == type.getSqlTypeName()
            || SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName())
            || type.getSqlTypeName() == SqlTypeName.DATE;
    if (direct) {
      return builder.makeCall(type, own.operator(), cast);
    }
    return builder.makeCast(type, builder.makeCall(nullable(given, type), own.operator(), cast));
  }

  private RexNode as(Class<?> parameter, RexNode operand) {
    SqlTypeName from = operand.getType().getSqlTypeName();
    if (isCounted(from)
        || isMonths(operand)
        || from == SqlTypeName.DATE && parameter == int.class) {
      return operand;
    }
    if (from == SqlTypeName.DATE) {
      return builder.makeCall(
          nullable(type(SqlTypeName.BIGINT), operand.getType()), OF_DATE, List.of(operand));
    }
    RelDataType wanted = sqlType(parameter, operand.getType());
    return wanted == null || wanted.getSqlTypeName() == operand.getType().getSqlTypeName()
        ? operand
        : builder.makeCast(nullable(wanted, operand.getType()), operand);
  }

  /** What a method gives or takes, in SQL; null where any type will do. */
  private @Nullable RelDataType sqlType(Class<?> java, RelDataType near) {
    if (java == int.class) {
      return type(SqlTypeName.INTEGER);
    }
    if (java == long.class) {
      return type(SqlTypeName.BIGINT);
    }
    if (java == double.class) {
      return type(SqlTypeName.DOUBLE);
    }
    if (java == float.class) {
      return type(SqlTypeName.REAL);
    }
    if (java == BigDecimal.class) {
      return decimal(Math.max(0, near.getScale() < 0 ? 0 : near.getScale()));
    }
    return null;
  }

  private RelDataType type(SqlTypeName name) {
    return builder.getTypeFactory().createSqlType(name);
  }

  private RelDataType decimal(int scale) {
    return builder
        .getTypeFactory()
        .createSqlType(SqlTypeName.DECIMAL, TensorType.MAX_DECIMAL_DIGITS, scale);
  }

  private RelDataType nullable(RelDataType type, RelDataType as) {
    return builder.getTypeFactory().createTypeWithNullability(type, as.isNullable());
  }

  /** What is counted in microseconds, and given to methods as that number. */
  private static boolean isCounted(SqlTypeName type) {
    return type == SqlTypeName.TIMESTAMP
        || type == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
        || type == SqlTypeName.TIME
        || SqlTypeName.DAY_INTERVAL_TYPES.contains(type);
  }

  /** Whether a function of times is ours. */
  static boolean has(RexCall call) {
    return find(name(call), call.getOperands()).isPresent();
  }

  /** Series by months are another function than those by a time that is always as long. */
  private static String name(RexCall call) {
    String name = call.getOperator().getName();
    return name.equals("GENERATE_SERIES")
            && call.getOperands().stream().anyMatch(OwnFunctions::isMonths)
        ? "MONTHS_SERIES"
        : name;
  }

  private static boolean isFloat(RelDataType type) {
    return SqlTypeName.APPROX_TYPES.contains(type.getSqlTypeName());
  }
}
