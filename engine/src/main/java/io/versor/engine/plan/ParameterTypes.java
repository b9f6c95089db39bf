package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.function.FunctionException;
import io.versor.engine.function.NumberFunctions;
import io.versor.engine.function.TextFunctions;
import io.versor.engine.type.Uuids;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The types that a plan has for its parameters, and values as such. A text is read as the type
 * says; what means nothing in the type is refused, whoever runs the plan.
 */
final class ParameterTypes {
  private static final Map<SqlTypeName, BigDecimal> MOST =
      Map.of(
          SqlTypeName.TINYINT, BigDecimal.valueOf(Byte.MAX_VALUE),
          SqlTypeName.SMALLINT, BigDecimal.valueOf(Short.MAX_VALUE),
          SqlTypeName.INTEGER, BigDecimal.valueOf(Integer.MAX_VALUE),
          SqlTypeName.BIGINT, BigDecimal.valueOf(Long.MAX_VALUE));

  private final Map<Integer, RelDataType> types;

  /** Parameters that are numbers of rows, and whether of OFFSET. */
  private final Map<Integer, Boolean> rows;

  private ParameterTypes(Map<Integer, RelDataType> types, Map<Integer, Boolean> rows) {
    this.types = types;
    this.rows = rows;
  }

  static ParameterTypes of(RelNode plan) {
    Map<Integer, RelDataType> types = new TreeMap<>();
    Map<Integer, Boolean> rows = new TreeMap<>();
    RexShuttle finder =
        new RexShuttle() {
          @Override
          public org.apache.calcite.rex.RexNode visitDynamicParam(RexDynamicParam parameter) {
            types.putIfAbsent(parameter.getIndex(), parameter.getType());
            return parameter;
          }
        };
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        node.accept(finder);
        if (node instanceof Sort sort) {
          if (sort.offset != null) {
            sort.offset.accept(finder);
          }
          if (sort.fetch != null) {
            sort.fetch.accept(finder);
          }
          if (sort.offset instanceof RexDynamicParam offset) {
            rows.put(offset.getIndex(), true);
          }
          if (sort.fetch instanceof RexDynamicParam fetch) {
            rows.put(fetch.getIndex(), false);
          }
        }
        super.visit(node, ordinal, parent);
      }
    }.go(plan);
    return new ParameterTypes(types, rows);
  }

  /** Values in their types, as far as those hold them. */
  Run fit(Run run) throws StatementException {
    List<@Nullable Object> fitting = new ArrayList<>(run.parameters());
    boolean changed = false;
    for (Map.Entry<Integer, RelDataType> type : types.entrySet()) {
      int index = type.getKey();
      Object value = index < fitting.size() ? fitting.get(index) : null;
      Boolean offset = index < fitting.size() ? rows.get(index) : null;
      if (value != null || offset != null) {
        Object fit =
            offset == null
                ? fit(value, type.getValue(), index)
                : rows(value, type.getValue(), index, offset);
        changed |= fit != value;
        fitting.set(index, fit);
      }
    }
    return changed ? run.with(fitting) : run;
  }

  private static Object fit(Object value, RelDataType type, int index) throws StatementException {
    try {
      return switch (type.getSqlTypeName()) {
        case BOOLEAN -> truth(value, type, index);
        case TINYINT, SMALLINT, INTEGER, BIGINT -> whole(number(value, type, index), type);
        case DECIMAL -> number(value, type, index);
        case REAL, FLOAT, DOUBLE -> floating(value, type, index);
        case CHAR, VARCHAR -> text(value, type, index);
        case UUID -> uuid(value, type, index);
        case DATE -> date(value, type, index);
        case TIME -> time(value, type, index);
        case TIMESTAMP -> moment(value, type, index);
        case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> moment(value, type, index).atOffset(ZoneOffset.UTC);
        case BINARY, VARBINARY -> {
          if (value instanceof byte[]) {
            yield value;
          }
          throw unfit(value, type, index);
        }
        default -> value;
      };
    } catch (FunctionException e) {
      throw new StatementException(
          e.sqlState(), "parameter " + (index + 1) + ": " + e.getMessage(), e);
    }
  }

  /** A number of rows as PostgreSQL reads it: NULL is no limit, and the rest is rounded. */
  private static Object rows(@Nullable Object value, RelDataType type, int index, boolean offset)
      throws StatementException {
    if (value == null) {
      return offset ? 0 : Integer.MAX_VALUE;
    }
    Object number = fit(value, type, index);
    BigDecimal rows = new BigDecimal(number.toString()).setScale(0, RoundingMode.HALF_UP);
    if (rows.signum() < 0) {
      throw new StatementException(
          offset ? "2201X" : "2201W",
          "parameter "
              + (index + 1)
              + ", the number of rows of "
              + (offset ? "OFFSET" : "LIMIT")
              + ", is "
              + value
              + "; expected 0 or more");
    }
    return whole(rows, type);
  }

  private static Object truth(Object value, RelDataType type, int index) throws StatementException {
    if (value instanceof Boolean) {
      return value;
    }
    if (value instanceof String text) {
      return NumberFunctions.textTruth(text);
    }
    if (value instanceof Number number
        && (number.doubleValue() == 0 || number.doubleValue() == 1)) {
      return number.doubleValue() == 1;
    }
    throw unfit(value, type, index);
  }

  private static Number number(Object value, RelDataType type, int index)
      throws StatementException {
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isNaN(number) || Double.isInfinite(number)) {
        throw unfit(value, type, index);
      }
      return new BigDecimal(value.toString());
    }
    if (value instanceof Number number) {
      return number;
    }
    if (value instanceof String text) {
      return NumberFunctions.textDecimal(text);
    }
    throw unfit(value, type, index);
  }

  /** In its Java type if there is one for it; other numbers are left as they are. */
  private static Number whole(Number value, RelDataType type) {
    if (!(value instanceof BigDecimal number)) {
      boolean wide = type.getSqlTypeName() != SqlTypeName.BIGINT && value instanceof Long;
      return wide && value.longValue() == value.intValue() ? value.intValue() : value;
    }
    if (isWithin(number, type)) {
      long exact = number.longValueExact();
      return type.getSqlTypeName() == SqlTypeName.BIGINT ? exact : (Number) (int) exact;
    }
    return number;
  }

  private static boolean isWithin(BigDecimal number, RelDataType type) {
    BigDecimal most = MOST.getOrDefault(type.getSqlTypeName(), BigDecimal.ZERO);
    return number.compareTo(most) <= 0
        && number.compareTo(most.negate().subtract(BigDecimal.ONE)) >= 0
        && number.stripTrailingZeros().scale() <= 0;
  }

  /**
   * Refuses numbers that a type of whole numbers does not have: generated code would cut them.
   * Batches compare them as they are.
   */
  void checkWhole(Run run) throws StatementException {
    for (Map.Entry<Integer, RelDataType> type : types.entrySet()) {
      int index = type.getKey();
      if (isCut(run, index, type.getValue())) {
        Object value = run.parameters().get(index);
        throw new StatementException(
            "22003",
            "parameter "
                + (index + 1)
                + " is "
                + value
                + ", which "
                + name(type.getValue())
                + " does not hold; write CAST(? AS DECIMAL(38, 9)) for what can be any number");
      }
    }
  }

  /** Whether every number for a type of whole numbers is one that it has. */
  boolean areWhole(Run run) {
    for (Map.Entry<Integer, RelDataType> type : types.entrySet()) {
      if (isCut(run, type.getKey(), type.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCut(Run run, int index, RelDataType type) {
    return MOST.containsKey(type.getSqlTypeName())
        && index < run.parameters().size()
        && run.parameters().get(index) instanceof Number value
        && !(value instanceof Long && type.getSqlTypeName() == SqlTypeName.BIGINT)
        && !isWithin(new BigDecimal(value.toString()), type);
  }

  private static Object floating(Object value, RelDataType type, int index)
      throws StatementException {
    if (value instanceof Number number) {
      return number instanceof Float || number instanceof Double ? number : number.doubleValue();
    }
    if (value instanceof String text) {
      return NumberFunctions.textFloat(text);
    }
    throw unfit(value, type, index);
  }

  private static Object text(Object value, RelDataType type, int index) throws StatementException {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof LocalDateTime time) {
      return MicroTime.text(PublicValues.micros(time));
    }
    if (value instanceof byte[] || value.getClass().isArray()) {
      throw unfit(value, type, index);
    }
    return value instanceof String ? value : value.toString();
  }

  private static Object uuid(Object value, RelDataType type, int index) throws StatementException {
    if (value instanceof UUID) {
      return value;
    }
    if (value instanceof String text) {
      return Uuids.of(TextFunctions.textUuid(text).getBytes());
    }
    throw unfit(value, type, index);
  }

  private static Object date(Object value, RelDataType type, int index) throws StatementException {
    if (value instanceof LocalDate) {
      return value;
    }
    if (value instanceof String text) {
      return LocalDate.ofEpochDay(MicroTime.parseDate(text));
    }
    if (value instanceof LocalDateTime time && time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      return time.toLocalDate();
    }
    throw unfit(value, type, index);
  }

  private static Object time(Object value, RelDataType type, int index) throws StatementException {
    if (value instanceof LocalTime) {
      return value;
    }
    if (value instanceof String text) {
      return LocalTime.ofNanoOfDay(MicroTime.parseTime(text) * 1_000);
    }
    throw unfit(value, type, index);
  }

  private static LocalDateTime moment(Object value, RelDataType type, int index)
      throws StatementException {
    if (value instanceof LocalDateTime time) {
      return time;
    }
    if (value instanceof OffsetDateTime time) {
      return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
    if (value instanceof Instant instant) {
      return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    if (value instanceof String text) {
      return PublicValues.localTime(MicroTime.parse(text));
    }
    throw unfit(value, type, index);
  }

  private static StatementException unfit(Object value, RelDataType type, int index) {
    String shown = value.getClass().isArray() ? "an array" : "'" + value + "'";
    return new StatementException(
        "42804",
        "parameter "
            + (index + 1)
            + " is "
            + shown
            + " of Java's "
            + value.getClass().getSimpleName()
            + "; expected "
            + name(type));
  }

  private static String name(RelDataType type) {
    return type.getSqlTypeName().getSpaceName();
  }
}
