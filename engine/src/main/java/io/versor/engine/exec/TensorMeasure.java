package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** A number that is computed of all elements of a column's tensors. */
final class TensorMeasure extends DoubleExpression {
  /** Computes it; the elements are there during the call only. */
  @FunctionalInterface
  interface Measure {
    double of(double[] elements);
  }

  private final int column;
  private final Measure measure;
  private final boolean nullOfNone;
  private final Samples samples = new Samples();

  /**
   * @param nullOfNone whether a tensor without elements gives NULL
   */
  TensorMeasure(int column, Measure measure, boolean nullOfNone, TensorType type) {
    super(type);
    this.column = column;
    this.measure = measure;
    this.nullOfNone = nullOfNone;
  }

  @Override
  DoubleLane eval(Rows rows) throws StoreException {
    Vector vector = rows.column(column);
    lane.start(rows.count());
    lane.loadNulls(vector, rows);
    for (int i = 0; i < lane.count; i++) {
      if (lane.isNull(i)) {
        continue;
      }
      double[] elements = samples.read(vector, rows.at(i));
      if (elements.length == 0 && nullOfNone) {
        lane.setNull(i);
      } else {
        lane.values[i] = measure.of(elements);
      }
    }
    vector.fence();
    return lane;
  }
}
