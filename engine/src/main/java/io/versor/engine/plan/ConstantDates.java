package io.versor.engine.plan;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.jspecify.annotations.Nullable;

/**
 * {@code DATE '1998-12-01' - INTERVAL '90' DAY} as the date that it is, so that scans can skip what
 * is not of its time. An interval that is not of whole days is left to the executor.
 */
final class ConstantDates extends RexShuttle {
  private static final BigDecimal MILLIS_A_DAY = BigDecimal.valueOf(86_400_000);

  /** Years that a date may be in when it is written. */
  private static final int LAST_YEAR = 9999;

  private final RexBuilder builder;

  private ConstantDates(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode rewrite(RelNode plan) {
    return BottomUp.expressions(plan, new ConstantDates(plan.getCluster().getRexBuilder()));
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexNode visited = super.visitCall(call);
    if (!(visited instanceof RexCall sum)
        || sum.getKind() != SqlKind.PLUS && sum.getKind() != SqlKind.MINUS
        || sum.getType().getSqlTypeName() != SqlTypeName.DATE
        || sum.getOperands().size() != 2
        || !(sum.getOperands().get(0) instanceof RexLiteral date)
        || !(sum.getOperands().get(1) instanceof RexLiteral interval)
        || date.getType().getSqlTypeName() != SqlTypeName.DATE) {
      return visited;
    }
    DateString from = date.getValueAs(DateString.class);
    LocalDate to = from == null ? null : later(from, interval, sum.getKind() == SqlKind.MINUS);
    if (to == null || to.getYear() < 1 || to.getYear() > LAST_YEAR) {
      return visited;
    }
    DateString value = DateString.fromDaysSinceEpoch((int) to.toEpochDay());
    return builder.ensureType(sum.getType(), builder.makeDateLiteral(value), true);
  }

  private static @Nullable LocalDate later(DateString from, RexLiteral interval, boolean earlier) {
    SqlTypeName type = interval.getType().getSqlTypeName();
    BigDecimal value =
        SqlTypeName.INTERVAL_TYPES.contains(type) ? interval.getValueAs(BigDecimal.class) : null;
    if (value == null) {
      return null;
    }
    boolean months = SqlTypeName.YEAR_INTERVAL_TYPES.contains(type);
    BigDecimal[] units =
        (earlier ? value.negate() : value)
            .divideAndRemainder(months ? BigDecimal.ONE : MILLIS_A_DAY);
    boolean far = units[0].abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE / 1000)) > 0;
    if (units[1].signum() != 0 || far) {
      return null;
    }
    LocalDate date = LocalDate.ofEpochDay(from.getDaysSinceEpoch());
    return months ? date.plusMonths(units[0].intValue()) : date.plusDays(units[0].intValue());
  }
}
