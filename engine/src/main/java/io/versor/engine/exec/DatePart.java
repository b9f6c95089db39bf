package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.avatica.util.TimeUnitRange;

/** EXTRACT of a date. */
final class DatePart extends LongExpression {
  private final TimeUnitRange unit;
  private final LongExpression days;

  DatePart(TimeUnitRange unit, LongExpression days, TensorType type) {
    super(type);
    this.unit = unit;
    this.days = days;
  }

  @Override
  LongLane eval(Rows rows) throws StoreException {
    LongLane dates = days.eval(rows);
    lane.start(dates.count);
    lane.addNulls(dates);
    for (int i = 0; i < lane.count; i++) {
      if (!lane.isNull(i)) {
        lane.values[i] = DateTimeUtils.unixDateExtract(unit, dates.values[i]);
      }
    }
    return lane;
  }
}
