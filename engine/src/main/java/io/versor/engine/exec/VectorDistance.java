package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/**
 * How near the vectors of a column are to a given one. Sums are kept in four parts, which lets the
 * processor add four products at a time; the last digits may differ from those of one sum.
 */
final class VectorDistance extends DoubleExpression {
  /** What is measured. */
  enum Measure {
    L2,
    INNER_PRODUCT,
    COSINE
  }

  private final Measure measure;
  private final int column;
  private final double[] given;
  private final double givenNorm;

  VectorDistance(Measure measure, int column, double[] given) {
    super(TensorType.scalar(Dtype.FLOAT64));
    this.measure = measure;
    this.column = column;
    this.given = given;
    double sum = 0;
    for (double value : given) {
      sum += value * value;
    }
    this.givenNorm = Math.sqrt(sum);
  }

  @Override
  DoubleLane eval(Rows rows) throws StoreException {
    Vector vector = rows.column(column);
    lane.start(rows.count());
    lane.loadNulls(vector, rows);
    boolean single = vector.type().dtype() == Dtype.FLOAT32;
    int width = vector.type().width();
    double[] sample = new double[given.length];
    for (int i = 0; i < lane.count; i++) {
      if (lane.isNull(i)) {
        continue;
      }
      long at = vector.data() + (long) rows.at(i) * width;
      if (single) {
        for (int j = 0; j < sample.length; j++) {
          sample[j] = Memory.getFloat(at + 4L * j);
        }
      } else {
        for (int j = 0; j < sample.length; j++) {
          sample[j] = Memory.getDouble(at + 8L * j);
        }
      }
      lane.values[i] = measure(sample);
    }
    return lane;
  }

  private double measure(double[] sample) {
    return switch (measure) {
      case L2 -> Math.sqrt(squares(sample, given));
      case INNER_PRODUCT -> dot(sample, given);
      case COSINE -> dot(sample, given) / (Math.sqrt(dot(sample, sample)) * givenNorm);
    };
  }

  private static double squares(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      double d0 = a[i] - b[i];
      double d1 = a[i + 1] - b[i + 1];
      double d2 = a[i + 2] - b[i + 2];
      double d3 = a[i + 3] - b[i + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; i < a.length; i++) {
      s0 += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return s0 + s1 + (s2 + s3);
  }

  private static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }
}
