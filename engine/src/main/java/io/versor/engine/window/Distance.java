package io.versor.engine.window;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** How far a key is from another one: what an offset of RANGE does to it. */
public enum Distance {
  /** There are no offsets. */
  NONE {
    @Override
    Object moved(Object key, Object offset, boolean up) {
      throw new IllegalStateException("no offset is expected");
    }
  },

  /** Whole numbers, and moments in microseconds. */
  WHOLE {
    @Override
    Object moved(Object key, Object offset, boolean up) {
      return sum(whole(key), whole(offset), up);
    }

    @Override
    int compare(Object key, Object limit) {
      return Long.compare(whole(key), (Long) limit);
    }
  },

  DECIMAL {
    @Override
    Object moved(Object key, Object offset, boolean up) {
      BigDecimal by = Values.decimal(offset);
      return up ? Values.decimal(key).add(by) : Values.decimal(key).subtract(by);
    }

    @Override
    int compare(Object key, Object limit) {
      return Values.decimal(key).compareTo((BigDecimal) limit);
    }
  },

  DOUBLE {
    @Override
    Object moved(Object key, Object offset, boolean up) {
      double by = ((Number) offset).doubleValue();
      return ((Number) key).doubleValue() + (up ? by : -by);
    }

    @Override
    int compare(Object key, Object limit) {
      return Values.compare(((Number) key).doubleValue(), limit);
    }
  },

  /** Days since 1970 and microseconds between them. */
  DATE_AND_MICROS {
    @Override
    Object moved(Object key, Object offset, boolean up) {
      return sum(whole(key) * MICROS_OF_DAY, whole(offset), up);
    }

    @Override
    int compare(Object key, Object limit) {
      return Long.compare(whole(key) * MICROS_OF_DAY, (Long) limit);
    }
  },

  /** Days since 1970 and months. */
  DATE_AND_MONTHS {
    @Override
    Object moved(Object key, Object offset, boolean up) {
      return Months.later(whole(key) * MICROS_OF_DAY, months(offset, up));
    }

    @Override
    int compare(Object key, Object limit) {
      return Long.compare(whole(key) * MICROS_OF_DAY, (Long) limit);
    }
  },

  /** Microseconds since 1970 and months. */
  MOMENT_AND_MONTHS {
    @Override
    Object moved(Object key, Object offset, boolean up) {
      return Months.later(whole(key), months(offset, up));
    }

    @Override
    int compare(Object key, Object limit) {
      return Long.compare(whole(key), (Long) limit);
    }
  };

  private static final long MICROS_OF_DAY = 86_400_000_000L;

  /** The key that is so far up or down. */
  abstract Object moved(Object key, Object offset, boolean up);

  /**
   * @param limit what {@link #moved} gave
   */
  int compare(Object key, Object limit) {
    throw new IllegalStateException("no limit is expected");
  }

  /** What a type of offsets means for a type of keys; empty if it means nothing. */
  public static Optional<Distance> of(RelDataType key, RelDataType offset) {
    SqlTypeName of = key.getSqlTypeName();
    SqlTypeName by = offset.getSqlTypeName();
    boolean micros = SqlTypeName.DAY_INTERVAL_TYPES.contains(by);
    boolean months = SqlTypeName.YEAR_INTERVAL_TYPES.contains(by);
    if (SqlTypeName.NUMERIC_TYPES.contains(of) && SqlTypeName.NUMERIC_TYPES.contains(by)) {
      return Optional.of(numbers(of, by));
    }
    return Optional.ofNullable(
        switch (of) {
          case DATE -> micros ? DATE_AND_MICROS : months ? DATE_AND_MONTHS : null;
          case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
              micros ? WHOLE : months ? MOMENT_AND_MONTHS : null;
          case TIME -> micros ? WHOLE : null;
          default -> {
            boolean alike =
                micros && SqlTypeName.DAY_INTERVAL_TYPES.contains(of)
                    || months && SqlTypeName.YEAR_INTERVAL_TYPES.contains(of);
            yield alike ? WHOLE : null;
          }
        });
  }

  private static Distance numbers(SqlTypeName key, SqlTypeName offset) {
    if (SqlTypeName.APPROX_TYPES.contains(key) || SqlTypeName.APPROX_TYPES.contains(offset)) {
      return DOUBLE;
    }
    boolean whole = SqlTypeName.INT_TYPES.contains(key) && SqlTypeName.INT_TYPES.contains(offset);
    return whole ? WHOLE : DECIMAL;
  }

  static boolean isNegative(Object offset) {
    return offset instanceof BigDecimal number
        ? number.signum() < 0
        : !(((Number) offset).doubleValue() >= 0);
  }

  private static long whole(Object value) {
    return ((Number) value).longValue();
  }

  private static int months(Object offset, boolean up) {
    int months = ((Number) offset).intValue();
    return up ? months : -months;
  }

  /** At the ends of the numbers, which no key is beyond. */
  private static long sum(long key, long offset, boolean up) {
    long sum = up ? key + offset : key - offset;
    boolean overflow = up ? sum < key : sum > key;
    return overflow ? (up ? Long.MAX_VALUE : Long.MIN_VALUE) : sum;
  }
}
