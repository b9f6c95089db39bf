package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.plan.QueryPlanner;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Values that stand in a statement as they are: literals, parameters, arrays of these. */
final class Literals {
  /** A value known once parameters are. */
  @FunctionalInterface
  interface Value {
    @Nullable Object of(List<@Nullable Object> parameters);
  }

  private static final Pattern DATE = Pattern.compile("(?!0000)\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?");
  private static final Pattern TIMESTAMP = Pattern.compile(DATE.pattern() + " " + TIME.pattern());

  private Literals() {}

  /** Empty if it has to be computed. */
  static Optional<Value> find(SqlNode node) {
    if (node instanceof SqlDynamicParam parameter) {
      int index = parameter.getIndex();
      return Optional.of(parameters -> parameters.get(index));
    }
    if (node instanceof SqlLiteral literal) {
      if (SqlUtil.isNullLiteral(literal, false)) {
        return Optional.of(parameters -> null);
      }
      Optional<Object> constant = constant(literal);
      return constant.map(value -> parameters -> value);
    }
    if (node instanceof SqlCall call) {
      if (node.getKind() == SqlKind.MINUS_PREFIX) {
        return find(call.operand(0))
            .filter(value -> call.operand(0) instanceof SqlLiteral)
            .map(value -> value.of(List.of()))
            .filter(BigDecimal.class::isInstance)
            .map(value -> parameters -> ((BigDecimal) value).negate());
      }
      if (node.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
        return array(call);
      }
    }
    return Optional.empty();
  }

  private static Optional<Value> array(SqlCall call) {
    List<Value> elements = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      Optional<Value> element = find(operand);
      if (element.isEmpty()) {
        return Optional.empty();
      }
      elements.add(element.get());
    }
    return Optional.of(
        parameters -> {
          List<@Nullable Object> values = new ArrayList<>(elements.size());
          for (Value element : elements) {
            values.add(element.of(parameters));
          }
          return values;
        });
  }

  private static Optional<Object> constant(SqlLiteral literal) {
    if (literal instanceof SqlUnknownLiteral unknown) {
      return time(unknown);
    }
    Object value = literal.getValue();
    if (value instanceof NlsString text) {
      return Optional.of(text.getValue());
    }
    if (literal instanceof SqlNumericLiteral number
        && !number.isInteger()
        && number.getTypeName() == SqlTypeName.DOUBLE
        && value instanceof BigDecimal decimal) {
      double nearest = decimal.doubleValue(); // 1e300 is the nearest double, not that number
      return Double.isInfinite(nearest) ? Optional.empty() : Optional.of(nearest);
    }
    if (value instanceof BigDecimal || value instanceof Boolean) {
      if (literal.getTypeName().getFamily() == org.apache.calcite.sql.type.SqlTypeFamily.NUMERIC
          || value instanceof Boolean) {
        return Optional.of(value);
      }
      return Optional.empty();
    }
    if (value instanceof DateString date) {
      return Optional.of(LocalDate.parse(date.toString()));
    }
    if (value instanceof TimeString time) {
      return Optional.of(LocalTime.parse(time.toString()));
    }
    if (value instanceof TimestampString timestamp) {
      return Optional.of(LocalDateTime.parse(timestamp.toString().replace(' ', 'T')));
    }
    if (value instanceof org.apache.calcite.util.BitString bits) {
      return Optional.of(bits.getAsByteArray());
    }
    return Optional.empty();
  }

  /** A DATE, TIME or TIMESTAMP that is written out; others are the planner's to read or refuse. */
  private static Optional<Object> time(SqlUnknownLiteral literal) {
    String text = literal.getValue();
    try {
      return switch (literal.tag) {
        case "DATE" -> matching(DATE, text).map(LocalDate::parse);
        case "TIME" -> matching(TIME, text).map(LocalTime::parse);
        case "TIMESTAMP" ->
            matching(TIMESTAMP, text).map(found -> LocalDateTime.parse(found.replace(' ', 'T')));
        default -> Optional.empty();
      };
    } catch (DateTimeParseException e) {
      return Optional.empty(); // the 30th of February: the planner says where it stands
    }
  }

  private static Optional<String> matching(Pattern form, String text) {
    return Optional.of(text).filter(each -> form.matcher(each).matches());
  }

  /** A text: a literal, a parameter, or a name. */
  static String text(SqlNode node, List<@Nullable Object> parameters, String what)
      throws StatementException {
    Optional<String> text = optionalText(Optional.of(node), parameters, what);
    if (text.isEmpty()) {
      throw new StatementException(
          "22004",
          what + " is NULL, expected a text",
          node.getParserPosition().getLineNum(),
          node.getParserPosition().getColumnNum());
    }
    return text.get();
  }

  /** The same; empty for NULL and where nothing is. */
  static Optional<String> optionalText(
      Optional<SqlNode> node, List<@Nullable Object> parameters, String what)
      throws StatementException {
    if (node.isPresent() && node.get() instanceof SqlIdentifier id) {
      return Optional.of(name(id));
    }
    Optional<Object> value = node.flatMap(Literals::find).map(found -> found.of(parameters));
    if (value.isPresent() && !(value.get() instanceof String || value.get() instanceof Number)) {
      throw new StatementException(
          "22023",
          what + " is a text, found a " + value.get().getClass().getSimpleName(),
          node.get().getParserPosition().getLineNum(),
          node.get().getParserPosition().getColumnNum());
    }
    return value.map(Object::toString);
  }

  /** A whole number: a literal or a parameter. */
  static int wholeNumber(SqlNode node, List<@Nullable Object> parameters, String what)
      throws StatementException {
    Object value = find(node).map(found -> found.of(parameters)).orElse(null);
    try {
      return new BigDecimal(String.valueOf(value)).intValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new StatementException(
          value == null ? "22004" : "22023",
          what + " is a whole number, found " + (value == null ? "NULL" : value),
          node.getParserPosition().getLineNum(),
          node.getParserPosition().getColumnNum());
    }
  }

  static String name(SqlIdentifier id) {
    return String.join(".", id.names);
  }

  static int parameterCount(SqlNode node) {
    return QueryPlanner.parameterCount(node);
  }
}
