package io.versor.engine.plan;

import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.engine.type.Micros;
import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.Uuids;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** What the fallback executor computes with, as the objects of {@link io.versor.engine.Result}. */
final class PublicValues {
  private PublicValues() {}

  static @Nullable Object of(@Nullable Object value, RelDataType type) throws StoreException {
    if (value == null || value instanceof TensorValue) {
      return value;
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> (Boolean) value;
      case TINYINT -> ((Number) value).byteValue();
      case SMALLINT -> ((Number) value).shortValue();
      case INTEGER -> ((Number) value).intValue();
      case BIGINT -> ((Number) value).longValue();
      case REAL -> ((Number) value).floatValue();
      case FLOAT, DOUBLE -> ((Number) value).doubleValue();
      case DECIMAL -> decimal(value, type);
      case DATE -> LocalDate.ofEpochDay(((Number) value).longValue());
      case TIME -> LocalTime.ofNanoOfDay(((Number) value).longValue() * 1_000);
      case TIMESTAMP -> localTime(((Number) value).longValue());
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          localTime(((Number) value).longValue()).atOffset(ZoneOffset.UTC);
      case CHAR, VARCHAR -> value.toString();
      case UUID -> Uuids.of(((ByteString) value).getBytes());
      case BINARY, VARBINARY -> value instanceof ByteString bytes ? bytes.getBytes() : value;
      case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH ->
          IntervalText.ofMonths(((Number) value).intValue());
      case INTERVAL_DAY,
          INTERVAL_DAY_HOUR,
          INTERVAL_DAY_MINUTE,
          INTERVAL_DAY_SECOND,
          INTERVAL_HOUR,
          INTERVAL_HOUR_MINUTE,
          INTERVAL_HOUR_SECOND,
          INTERVAL_MINUTE,
          INTERVAL_MINUTE_SECOND,
          INTERVAL_SECOND ->
          IntervalText.ofMicros(((Number) value).longValue());
      case ARRAY, MULTISET -> array((List<?>) value, type);
      default -> value instanceof ByteString bytes ? bytes.getBytes() : other(value);
    };
  }

  private static Object other(Object value) {
    boolean plain = value instanceof Number || value instanceof Boolean || value instanceof String;
    return plain ? value : value.toString();
  }

  private static BigDecimal decimal(Object value, RelDataType type) throws StoreException {
    BigDecimal number =
        value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
    BigDecimal scaled =
        type.getScale() >= 0 && type.getScale() != number.scale()
            ? number.setScale(type.getScale(), RoundingMode.HALF_UP)
            : number;
    if (scaled.precision() > TensorType.MAX_DECIMAL_DIGITS) {
      throw new StoreException(
          Code.OUT_OF_RANGE,
          scaled.toPlainString()
              + " does not fit into DECIMAL, which has "
              + TensorType.MAX_DECIMAL_DIGITS
              + " digits");
    }
    return scaled;
  }

  static LocalDateTime localTime(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L),
        (int) Math.floorMod(micros, 1_000_000L) * 1_000,
        ZoneOffset.UTC);
  }

  static long micros(LocalDateTime time) {
    return Micros.of(time);
  }

  static SequenceValue list(List<?> list, RelDataType component) throws StoreException {
    List<@Nullable Object> elements = new ArrayList<>(list.size());
    for (Object element : list) {
      elements.add(of(element, component));
    }
    return new SequenceValue(SqlTypes.toTensor(component), elements);
  }

  /** Numbers as a tensor; other samples as a list, anything else as its text. */
  private static Object array(List<?> list, RelDataType type) throws StoreException {
    TensorType tensor = SqlTypes.toTensor(type);
    RelDataType component = Objects.requireNonNull(type.getComponentType());
    if (tensor.element().isPresent() || tensor.shape().rank() > 0 && hasNull(list)) {
      return list(list, component);
    }
    if (tensor.shape().rank() == 0) {
      return list(list, component).toString();
    }
    RelDataType element = type;
    List<Integer> shape = new ArrayList<>();
    Object first = list;
    while (element.getComponentType() != null) {
      element = element.getComponentType();
      if (first instanceof List<?> level) {
        shape.add(level.size());
        first = level.isEmpty() ? null : level.get(0);
      } else {
        shape.add(0);
      }
    }
    int[] extents = shape.stream().mapToInt(Integer::intValue).toArray();
    return TensorElements.tensor(tensor.dtype(), extents, list);
  }

  /** Whether there is a NULL in a list, or in a list in it: no tensor has one. */
  private static boolean hasNull(List<?> list) {
    for (Object element : list) {
      if (element == null || element instanceof List<?> inner && hasNull(inner)) {
        return true;
      }
    }
    return false;
  }

  static StoreException ragged(String what) {
    return new StoreException(Code.INVALID_VALUE, what);
  }
}
