package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** How near the FLOAT32 vectors of a column are to a given one, read where they lie. */
final class FloatDistance extends DoubleExpression {
  /** Computes it of a vector at an address, as long as the given one. */
  @FunctionalInterface
  interface Measure {
    /**
     * Infinite, with the sign that leads away from the bound, where it is known to come behind it
     * and that is less work.
     */
    double of(long address, double bound);
  }

  private final int column;
  private final Measure measure;

  /** Whether the greatest are the nearest: a bound in the other order is of no use. */
  private final boolean descending;

  private double bound;

  FloatDistance(int column, Measure measure, boolean descending) {
    super(TensorType.scalar(Dtype.FLOAT64));
    this.column = column;
    this.measure = measure;
    this.descending = descending;
    this.bound = descending ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  @Override
  void ignoreBehind(double bound, boolean descending) {
    if (descending == this.descending) {
      this.bound = bound;
    }
  }

  @Override
  DoubleLane eval(Rows rows) throws StoreException {
    Vector vector = rows.column(column);
    lane.start(rows.count());
    lane.loadNulls(vector, rows);
    for (int i = 0; i < lane.count; i++) {
      if (!lane.isNull(i)) {
        lane.values[i] = measure.of(vector.addressAt(rows.at(i)), bound);
      }
    }
    vector.fence();
    return lane;
  }
}
