package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Parameters as the objects the fallback executor computes with. */
final class ParameterValues {
  private ParameterValues() {}

  static @Nullable Object internal(@Nullable Object value, int index) {
    if (value instanceof byte[] bytes) {
      return new ByteString(bytes);
    }
    if (value instanceof LocalDate date) {
      return Math.toIntExact(date.toEpochDay());
    }
    if (value instanceof LocalTime time) {
      long nanos = time.toNanoOfDay();
      if (nanos % 1_000_000 != 0) {
        throw new Carried(
            new StatementException(
                "0A000",
                "parameter "
                    + (index + 1)
                    + ": TIME "
                    + time
                    + " in a query that counts milliseconds; give it to the millisecond"));
      }
      return (int) (nanos / 1_000_000);
    }
    if (value instanceof LocalDateTime time) {
      return PublicValues.micros(time);
    }
    if (value instanceof OffsetDateTime time) {
      return PublicValues.micros(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    }
    return value;
  }
}
