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
    /** Infinite where it is known to be greater than {@code bound}, and that is less work. */
    double of(long address, double bound);
  }

  private final int column;
  private final Measure measure;
  private double bound = Double.POSITIVE_INFINITY;

  FloatDistance(int column, Measure measure) {
    super(TensorType.scalar(Dtype.FLOAT64));
    this.column = column;
    this.measure = measure;
  }

  @Override
  void ignoreAbove(double bound) {
    this.bound = bound;
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
