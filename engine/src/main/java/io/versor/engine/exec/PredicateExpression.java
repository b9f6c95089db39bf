package io.versor.engine.exec;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Arrays;

/** A condition as a BOOL. */
final class PredicateExpression extends LongExpression {
  private final Predicate condition;
  private int[] hits = {};

  PredicateExpression(Predicate condition) {
    super(TensorType.scalar(Dtype.BOOL));
    this.condition = condition;
  }

  @Override
  LongLane eval(Rows rows) throws StoreException {
    int count = rows.count();
    hits = Predicate.room(hits, count);
    lane.start(count);
    lane.setAllNull();
    Arrays.fill(lane.values, 0, count, 0);
    put(rows, condition.select(rows, true, hits), 1);
    put(rows, condition.select(rows, false, hits), 0);
    return lane;
  }

  private void put(Rows rows, int n, long value) {
    int hit = 0;
    for (int i = 0; i < rows.count() && hit < n; i++) {
      if (hits[hit] == rows.at(i)) {
        lane.values[i] = value;
        lane.nulls[i] = false;
        hit++;
      }
    }
  }
}
