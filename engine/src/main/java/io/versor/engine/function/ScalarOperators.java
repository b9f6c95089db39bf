package io.versor.engine.function;

import static org.apache.calcite.sql.type.SqlTypeFamily.BINARY;
import static org.apache.calcite.sql.type.SqlTypeFamily.CHARACTER;
import static org.apache.calcite.sql.type.SqlTypeFamily.DATETIME;
import static org.apache.calcite.sql.type.SqlTypeFamily.INTEGER;
import static org.apache.calcite.sql.type.SqlTypeFamily.NUMERIC;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/**
 * Functions of scalars that Calcite lacks, or knows with other arguments or results, as the planner
 * knows them. Methods of the same names in this package carry them out.
 */
public final class ScalarOperators {
  private static final SqlReturnTypeInference TEXT = nullable(SqlTypeName.VARCHAR);
  private static final SqlReturnTypeInference MAYBE_TEXT =
      ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE);
  private static final SqlReturnTypeInference BYTES = nullable(SqlTypeName.VARBINARY);
  private static final SqlReturnTypeInference NUMBER = nullable(SqlTypeName.INTEGER);
  private static final SqlReturnTypeInference LONG = nullable(SqlTypeName.BIGINT);
  private static final SqlReturnTypeInference FLOAT = nullable(SqlTypeName.DOUBLE);
  private static final SqlReturnTypeInference TRUTH = nullable(SqlTypeName.BOOLEAN);
  private static final SqlReturnTypeInference DAY = nullable(SqlTypeName.DATE);
  private static final SqlReturnTypeInference TIME =
      exact(SqlTypeName.TIME, TensorType.MAX_TIME_DIGITS);
  private static final SqlTypeName ZONED = SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  private static final SqlReturnTypeInference INSTANT =
      exact(SqlTypeName.TIMESTAMP, TensorType.MAX_TIME_DIGITS);

  /** A moment with a time zone if it is one that is changed. */
  private static final SqlReturnTypeInference MOMENT =
      ((SqlReturnTypeInference)
              call ->
                  call.getTypeFactory()
                      .createSqlType(
                          call.collectOperandTypes().stream()
                                  .anyMatch(type -> type.getSqlTypeName() == ZONED)
                              ? ZONED
                              : SqlTypeName.TIMESTAMP,
                          TensorType.MAX_TIME_DIGITS))
          .andThen(SqlTypeTransforms.TO_NULLABLE);

  private static final SqlReturnTypeInference DECIMAL =
      exact(SqlTypeName.DECIMAL, TensorType.MAX_DECIMAL_DIGITS);

  /** An interval of days to microseconds. */
  private static final SqlReturnTypeInference INTERVAL =
      call ->
          call.getTypeFactory()
              .createTypeWithNullability(
                  call.getTypeFactory()
                      .createSqlIntervalType(
                          new SqlIntervalQualifier(
                              TimeUnit.DAY,
                              9,
                              TimeUnit.SECOND,
                              TensorType.MAX_TIME_DIGITS,
                              SqlParserPos.ZERO)),
                  anyNullable(call));

  /** How many microseconds, as an interval; of a timestamp, those since 1970. */
  public static final SqlFunction MICROS_INTERVAL =
      function("MICROS_INTERVAL", INTERVAL, of(INTEGER).or(of(DATETIME)));

  /** The number of a date: days since 1970. */
  public static final SqlFunction DAYS_OF = function("DAYS_OF", NUMBER, OperandTypes.DATE);

  /** TIMESTAMPADD with the unit as a text. */
  public static final SqlFunction TIMESTAMP_LATER =
      function("TIMESTAMP_LATER", MOMENT, of(CHARACTER, INTEGER, DATETIME));

  /** TIMESTAMPDIFF with the unit as a text. */
  public static final SqlFunction TIMESTAMP_BETWEEN =
      function("TIMESTAMP_BETWEEN", LONG, of(CHARACTER, DATETIME, DATETIME));

  /** A moment of one kind as one of the other: as clocks show it in a zone, or in UTC. */
  private static final SqlReturnTypeInference OTHER_MOMENT =
      ((SqlReturnTypeInference)
              call ->
                  switch (call.getOperandType(0).getSqlTypeName()) {
                    case TIMESTAMP, NULL ->
                        call.getTypeFactory().createSqlType(ZONED, TensorType.MAX_TIME_DIGITS);
                    case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
                        call.getTypeFactory()
                            .createSqlType(SqlTypeName.TIMESTAMP, TensorType.MAX_TIME_DIGITS);
                    default ->
                        throw new Carried(
                            new StatementException(
                                "42804",
                                "AT TIME ZONE of "
                                    + call.getOperandType(0)
                                    + "; expected a TIMESTAMP, with or without a time zone"));
                  })
          .andThen(SqlTypeTransforms.TO_NULLABLE);

  /** {@code x AT TIME ZONE 'zone'}. */
  public static final SqlFunction AT_TIME_ZONE =
      function("AT_TIME_ZONE", OTHER_MOMENT, of(SqlTypeFamily.ANY, CHARACTER));

  /** {@code ->}. */
  public static final SqlFunction JSON_ARROW =
      function("JSON_ARROW", MAYBE_TEXT, of(CHARACTER, CHARACTER).or(of(CHARACTER, INTEGER)));

  /** {@code ->>}. */
  public static final SqlFunction JSON_TEXT_ARROW =
      function("JSON_TEXT_ARROW", MAYBE_TEXT, of(CHARACTER, CHARACTER).or(of(CHARACTER, INTEGER)));

  /** SUBSTRING(text FROM 'pattern'). */
  public static final SqlFunction SUBSTRING_MATCHING =
      function("SUBSTRING_MATCHING", MAYBE_TEXT, of(CHARACTER, CHARACTER));

  /** Of a number in a pattern that is not known before the query runs. */
  private static final int UNKNOWN_SCALE = 10;

  private static final SqlOperandTypeChecker SERIES =
      of(INTEGER, INTEGER)
          .or(of(INTEGER, INTEGER, INTEGER))
          .or(of(DATETIME, DATETIME, SqlTypeFamily.DATETIME_INTERVAL));

  /** RANDOM(), with the number of the call. */
  public static final SqlFunction RANDOM_NUMBER =
      function("RANDOM_NUMBER", FLOAT, of(INTEGER)).withDeterministic(false);

  /** GEN_RANDOM_UUID(), with the number of the call. */
  public static final SqlFunction RANDOM_UUID =
      function("RANDOM_UUID", nullable(SqlTypeName.UUID), of(INTEGER)).withDeterministic(false);

  /** Says no of a count up to one, and that there are several rows of others. */
  public static final SqlFunction SEVERAL_ROWS = function("SEVERAL_ROWS", TRUTH, of(INTEGER));

  /** The beginning of the part of time that a moment is in: parts last as long, from an origin. */
  public static final SqlFunction DATE_BIN =
      function("DATE_BIN", MOMENT, of(SqlTypeFamily.DATETIME_INTERVAL, DATETIME, DATETIME));

  private ScalarOperators() {}

  /** All that have names for users. */
  public static List<SqlFunction> all() {
    List<SqlFunction> all = new ArrayList<>();
    texts(all);
    numbers(all);
    times(all);
    return all;
  }

  private static void texts(List<SqlFunction> all) {
    SqlOperandTypeChecker textOrBytes = of(CHARACTER).or(of(BINARY));
    for (String trim : List.of("BTRIM", "LTRIM", "RTRIM")) {
      all.add(function(trim, TEXT, of(CHARACTER).or(of(CHARACTER, CHARACTER))));
    }
    all.add(function("LENGTH", NUMBER, textOrBytes));
    all.addAll(List.of(JSON_ARROW, JSON_TEXT_ARROW, AT_TIME_ZONE, JsonObjects.FUNCTION));
    all.add(function("BIT_LENGTH", NUMBER, textOrBytes));
    all.add(function("OCTET_LENGTH", NUMBER, textOrBytes));
    all.add(function("STARTS_WITH", TRUTH, of(CHARACTER, CHARACTER)));
    all.add(function("ENDS_WITH", TRUTH, of(CHARACTER, CHARACTER)));
    all.add(function("QUOTE_LITERAL", TEXT, of(CHARACTER)));
    all.add(function("QUOTE_IDENT", TEXT, of(CHARACTER)));
    all.add(function("TO_HEX", TEXT, of(INTEGER)));
    all.add(function("ENCODE", TEXT, of(BINARY, CHARACTER)));
    all.add(function("DECODE", BYTES, of(CHARACTER, CHARACTER)));
    all.add(function("REGEXP_COUNT", NUMBER, of(CHARACTER, CHARACTER)));
    all.add(function("REGEXP_INSTR", NUMBER, of(CHARACTER, CHARACTER)));
    SqlOperandTypeChecker pattern =
        of(CHARACTER, CHARACTER).or(of(CHARACTER, CHARACTER, CHARACTER));
    all.add(SUBSTRING_MATCHING);
    all.add(function("REGEXP_MATCH", call -> texts(call, 1), pattern));
    all.add(function("REGEXP_MATCH_ROWS", call -> texts(call, 2), pattern));
    all.add(function("REGEXP_SPLIT_TO_ARRAY", call -> texts(call, 1), pattern));
  }

  private static void numbers(List<SqlFunction> all) {
    SqlOperandTypeChecker rounds = of(NUMERIC).or(of(NUMERIC, INTEGER));
    all.add(function("ROUND", ScalarOperators::rounded, rounds));
    all.add(function("TRUNC", ScalarOperators::rounded, rounds));
    all.add(function("TRUNCATE", ScalarOperators::rounded, rounds));
    all.add(function("POWER", FLOAT, of(NUMERIC, NUMERIC)));
    all.add(function("POW", FLOAT, of(NUMERIC, NUMERIC)));
    all.add(function("DIV", LONG, of(INTEGER, INTEGER)));
    all.add(function("WIDTH_BUCKET", NUMBER, of(NUMERIC, NUMERIC, NUMERIC, INTEGER)));
    all.add(function("GCD", LONG, of(INTEGER, INTEGER)));
    all.add(function("LCM", LONG, of(INTEGER, INTEGER)));
    all.add(function("FACTORIAL", DECIMAL, of(INTEGER)));
    all.add(function("TO_NUMBER", ScalarOperators::inPattern, of(CHARACTER, CHARACTER)));
    all.add(random("GEN_RANDOM_UUID"));
    all.add(random("RANDOM_UUID"));
  }

  /** Another value at each call. */
  private static SqlFunction random(String name) {
    return SqlBasicFunction.create(
            name, ReturnTypes.explicit(SqlTypeName.UUID), OperandTypes.NILADIC)
        .withDeterministic(false);
  }

  private static void times(List<SqlFunction> all) {
    all.add(
        SqlBasicFunction.create(
            "NOW",
            call ->
                call.getTypeFactory()
                    .createSqlType(SqlTypeName.TIMESTAMP, TensorType.MAX_TIME_DIGITS),
            OperandTypes.NILADIC,
            SqlFunctionCategory.TIMEDATE));
    all.addAll(List.of(DATE_BIN, MICROS_INTERVAL, DAYS_OF, TIMESTAMP_LATER, TIMESTAMP_BETWEEN));
    all.add(
        SqlBasicFunction.create(
                "CLOCK_TIMESTAMP",
                ReturnTypes.explicit(SqlTypeName.TIMESTAMP, TensorType.MAX_TIME_DIGITS),
                OperandTypes.NILADIC,
                SqlFunctionCategory.TIMEDATE)
            .withDeterministic(false));
    all.add(function("DAYNAME", TEXT, of(DATETIME)));
    all.add(function("MONTHNAME", TEXT, of(DATETIME)));
    all.add(function("GENERATE_SERIES", ScalarOperators::series, SERIES));
    all.add(function("DATE_TRUNC", MOMENT, of(CHARACTER, DATETIME)));
    all.add(function("DATE_PART", FLOAT, of(CHARACTER, DATETIME)));
    all.add(function("AGE", TEXT, of(DATETIME, DATETIME)));
    all.add(function("TO_CHAR", TEXT, of(DATETIME, CHARACTER).or(of(NUMERIC, CHARACTER))));
    all.add(function("TO_DATE", DAY, of(CHARACTER, CHARACTER)));
    all.add(function("TO_TIMESTAMP", INSTANT, of(CHARACTER, CHARACTER).or(of(NUMERIC))));
    all.add(function("MAKE_DATE", DAY, of(INTEGER, INTEGER, INTEGER)));
    all.add(function("MAKE_TIME", TIME, of(INTEGER, INTEGER, NUMERIC)));
    all.add(
        function(
            "MAKE_TIMESTAMP", INSTANT, of(INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, NUMERIC)));
  }

  private static SqlBasicFunction function(
      String name, SqlReturnTypeInference returns, SqlOperandTypeChecker operands) {
    return SqlBasicFunction.create(name, returns, operands);
  }

  private static org.apache.calcite.sql.type.FamilyOperandTypeChecker of(
      SqlTypeFamily... families) {
    return OperandTypes.family(families);
  }

  private static SqlReturnTypeInference nullable(SqlTypeName name) {
    return ReturnTypes.explicit(name).andThen(SqlTypeTransforms.TO_NULLABLE);
  }

  private static SqlReturnTypeInference exact(SqlTypeName name, int precision) {
    return ReturnTypes.explicit(name, precision).andThen(SqlTypeTransforms.TO_NULLABLE);
  }

  /** Arrays of texts that may be NULL; NULL of NULL, and where nothing is found. */
  private static RelDataType texts(SqlOperatorBinding call, int levels) {
    RelDataTypeFactory types = call.getTypeFactory();
    RelDataType type = types.createSqlType(SqlTypeName.VARCHAR);
    for (int i = 0; i < levels; i++) {
      type = types.createArrayType(types.createTypeWithNullability(type, true), -1);
    }
    return types.createTypeWithNullability(type, true);
  }

  private static boolean anyNullable(SqlOperatorBinding call) {
    return call.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
  }

  /** An array of what the series counts. */
  private static RelDataType series(SqlOperatorBinding call) {
    RelDataTypeFactory types = call.getTypeFactory();
    boolean numbers = SqlTypeName.INT_TYPES.contains(call.getOperandType(0).getSqlTypeName());
    RelDataType element =
        numbers
            ? types.createSqlType(SqlTypeName.BIGINT)
            : types.createSqlType(SqlTypeName.TIMESTAMP, TensorType.MAX_TIME_DIGITS);
    return types.createTypeWithNullability(types.createArrayType(element, -1), anyNullable(call));
  }

  /** ROUND and TRUNC: as many digits behind the point as are asked for, one more before it. */
  private static RelDataType rounded(SqlOperatorBinding call) {
    RelDataType from = call.getOperandType(0);
    RelDataTypeFactory types = call.getTypeFactory();
    RelDataType to = from;
    if (from.getSqlTypeName() == SqlTypeName.DECIMAL) {
      int scale = Math.max(0, Math.min(from.getScale(), digits(call, from.getScale())));
      int whole = from.getPrecision() - from.getScale() + 1;
      int precision = Math.min(TensorType.MAX_DECIMAL_DIGITS, Math.max(1, whole + scale));
      to = types.createSqlType(SqlTypeName.DECIMAL, precision, scale);
    } else if (SqlTypeName.APPROX_TYPES.contains(from.getSqlTypeName())) {
      to = types.createSqlType(SqlTypeName.DOUBLE);
    }
    return types.createTypeWithNullability(to, anyNullable(call));
  }

  /** TO_NUMBER: as many digits behind the point as the pattern has. */
  private static RelDataType inPattern(SqlOperatorBinding call) {
    String pattern =
        call.isOperandLiteral(1, false) ? call.getOperandLiteralValue(1, String.class) : null;
    int scale = pattern == null ? UNKNOWN_SCALE : NumberPattern.scale(pattern);
    RelDataType number =
        call.getTypeFactory()
            .createSqlType(
                SqlTypeName.DECIMAL,
                TensorType.MAX_DECIMAL_DIGITS,
                Math.min(scale, TensorType.MAX_DECIMAL_DIGITS));
    return call.getTypeFactory().createTypeWithNullability(number, anyNullable(call));
  }

  private static int digits(SqlOperatorBinding call, int unknown) {
    if (call.getOperandCount() < 2) {
      return 0;
    }
    if (!call.isOperandLiteral(1, false)) {
      return unknown;
    }
    BigDecimal digits = call.getOperandLiteralValue(1, BigDecimal.class);
    return digits == null ? unknown : digits.intValue();
  }
}
