package io.versor.engine.plan;

import io.versor.engine.function.ScalarOperators;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What is said about times in SQL and would lose its microseconds in Calcite's planner, said in
 * another way: it reads intervals and computes TIMESTAMPADD and TIMESTAMPDIFF in milliseconds.
 */
final class MomentSyntax {
  private static final int MILLI_DIGITS = 3;

  private static final Pattern MOMENT =
      Pattern.compile(
          "\\s*(?<day>\\d{1,4}-\\d{1,2}-\\d{1,2})?(?:[T\\s]\\s*|(?=\\d*:))"
              + "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?<second>:\\d{2}(\\.\\d+)?)?\\s*");

  private MomentSyntax() {}

  /** {@code INTERVAL '1.000002' SECOND} is INTERVAL '1.000' SECOND and two microseconds. */
  static SqlNode literal(SqlIntervalLiteral literal) {
    SqlIntervalLiteral.IntervalValue value =
        literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
    SqlIntervalQualifier qualifier = value.getIntervalQualifier();
    String text = value.getIntervalLiteral();
    int point = text.lastIndexOf('.');
    if (qualifier.getEndUnit() != TimeUnit.SECOND && qualifier.getStartUnit() != TimeUnit.SECOND
        || point < 0
        || text.length() - point - 1 <= MILLI_DIGITS) {
      return literal;
    }
    String fraction = (text.substring(point + 1) + "000000").substring(0, 6);
    if (!fraction.chars().allMatch(Character::isDigit)) {
      return literal; // the validator says what is wrong
    }
    boolean minus = text.startsWith("-") != (value.getSign() < 0);
    long micros = Long.parseLong(fraction.substring(MILLI_DIGITS)) * (minus ? -1 : 1);
    SqlParserPos pos = literal.getParserPosition();
    SqlNode millis =
        SqlLiteral.createInterval(
            value.getSign(), text.substring(0, point + 1 + MILLI_DIGITS), qualifier, pos);
    return SqlStdOperatorTable.PLUS.createCall(pos, millis, micros(number(micros, pos), pos));
  }

  /** {@code TIMESTAMP WITH TIME ZONE '…'}, which Calcite reads only with the name of a zone. */
  static boolean isZoned(SqlLiteral literal) {
    return literal instanceof SqlUnknownLiteral typed && typed.tag.endsWith("TIME ZONE");
  }

  /** A cast, which reads every offset. */
  static SqlNode zoned(SqlLiteral literal) {
    boolean time = ((SqlUnknownLiteral) literal).tag.startsWith("TIME WITH");
    SqlTypeName type = time ? SqlTypeName.TIME_TZ : SqlTypeName.TIMESTAMP_TZ;
    SqlParserPos place = literal.getParserPosition();
    return SqlStdOperatorTable.CAST.createCall(
        place,
        SqlLiteral.createCharString(String.valueOf(literal.getValue()), place),
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, place), place));
  }

  /**
   * DATE, TIME and TIMESTAMP as PostgreSQL reads them: without seconds, with hours of one digit,
   * with a T before the time. Others stay what they are, and are refused where they are validated.
   */
  static SqlNode moment(SqlUnknownLiteral literal) {
    String text = String.valueOf(literal.getValue());
    Matcher moment = MOMENT.matcher(text);
    boolean isTime = literal.tag.equals("TIME");
    if (!isTime && !literal.tag.equals("TIMESTAMP")
        || !moment.matches()
        || moment.group("hour") == null
        || isTime != (moment.group("day") == null)) {
      return literal;
    }
    String time =
        padded(moment.group("hour"))
            + ":"
            + moment.group("minute")
            + (moment.group("second") == null ? ":00" : moment.group("second"));
    String full = isTime ? time : moment.group("day") + " " + time;
    return full.equals(text)
        ? literal
        : SqlLiteral.createUnknown(literal.tag, full, literal.getParserPosition());
  }

  private static String padded(String number) {
    return number.length() < 2 ? "0" + number : number;
  }

  private static SqlNode number(long value, SqlParserPos pos) {
    return SqlLiteral.createExactNumeric(BigDecimal.valueOf(value).toPlainString(), pos);
  }

  private static SqlNode micros(SqlNode count, SqlParserPos pos) {
    return ScalarOperators.MICROS_INTERVAL.createCall(pos, count);
  }

  /** {@code EXTRACT(DOW FROM d)}, which counts from Sunday, 0; Calcite counts from 1. */
  private static boolean isDayOfWeek(SqlCall call) {
    return call.getKind() == SqlKind.EXTRACT
        && call.operand(0) instanceof SqlIntervalQualifier unit
        && (unit.timeFrameName != null
            ? unit.timeFrameName.equalsIgnoreCase("DOW")
            : unit.getStartUnit() == TimeUnit.DOW);
  }

  /** {@code EXTRACT(MICROSECONDS FROM t)}: PostgreSQL calls the two smallest units by plurals. */
  private static SqlCall withSingular(SqlCall call) {
    if (call.getKind() == SqlKind.EXTRACT
        && call.operand(0) instanceof SqlIntervalQualifier unit
        && unit.timeFrameName != null
        && unit.timeFrameName.matches("(?i)(MICRO|MILLI)SECONDS")) {
      boolean micro = unit.timeFrameName.toLowerCase(Locale.ROOT).startsWith("micro");
      TimeUnit singular = micro ? TimeUnit.MICROSECOND : TimeUnit.MILLISECOND;
      return call.getOperator()
          .createCall(
              call.getParserPosition(),
              new SqlIntervalQualifier(singular, null, unit.getParserPosition()),
              call.operand(1));
    }
    return call;
  }

  /** TIMESTAMPADD and TIMESTAMPDIFF as functions of ours; other calls as they are. */
  static SqlCall call(SqlCall given) {
    SqlCall call = withSingular(given);
    if (isDayOfWeek(call)) {
      SqlParserPos place = call.getParserPosition();
      SqlNode day = call.operand(1);
      return SqlStdOperatorTable.MINUS.createCall(
          place, SqlStdOperatorTable.DAYOFWEEK.createCall(place, day), number(1, place));
    }
    String name = call.getOperator().getName();
    boolean adds = name.equals("TIMESTAMPADD");
    if (!adds && !name.equals("TIMESTAMPDIFF") || call.operandCount() != 3) {
      return call;
    }
    String unit = unit(call.operand(0));
    if (unit == null) {
      return call;
    }
    SqlParserPos pos = call.getParserPosition();
    SqlNode text = SqlLiteral.createCharString(unit, call.operand(0).getParserPosition());
    SqlFunction function =
        adds ? ScalarOperators.TIMESTAMP_LATER : ScalarOperators.TIMESTAMP_BETWEEN;
    return function.createCall(pos, text, call.operand(1), call.operand(2));
  }

  private static @Nullable String unit(SqlNode node) {
    if (!(node instanceof SqlIntervalQualifier qualifier) || qualifier.timeFrameName != null) {
      return null;
    }
    return qualifier.getStartUnit().name();
  }
}
