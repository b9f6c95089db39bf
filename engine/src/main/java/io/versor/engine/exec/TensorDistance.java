package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** How near the tensors of two columns are to each other, row by row. */
final class TensorDistance extends DoubleExpression {
  /** Computes it of as many elements each. */
  @FunctionalInterface
  interface Measure {
    double of(double[] a, double[] b);
  }

  private final Measure measure;
  private final int left;
  private final int right;
  private final Samples leftSamples = new Samples();
  private final Samples rightSamples = new Samples();

  TensorDistance(Measure measure, int left, int right) {
    super(TensorType.scalar(Dtype.FLOAT64));
    this.measure = measure;
    this.left = left;
    this.right = right;
  }

  @Override
  DoubleLane eval(Rows rows) throws StoreException {
    Vector a = rows.column(left);
    Vector b = rows.column(right);
    lane.start(rows.count());
    lane.loadNulls(a, rows);
    for (int i = 0; i < lane.count; i++) {
      if (b.isNull(rows.at(i))) {
        lane.setNull(i);
      }
      if (!lane.isNull(i)) {
        int row = rows.at(i);
        lane.values[i] = measure.of(leftSamples.read(a, row), rightSamples.read(b, row));
      }
    }
    a.fence();
    b.fence();
    return lane;
  }
}
