package io.versor.engine.exec;

import io.versor.engine.function.VectorMath;
import io.versor.format.io.Memory;

/**
 * Sums over a FLOAT32 vector where it lies and another one, digit by digit those of {@link
 * VectorMath}. Elements are read in pairs: half as many loads.
 */
final class FloatSums {
  /** Elements that are added up before the sum is compared with its limit. */
  private static final int BETWEEN_LOOKS = 32;

  private FloatSums() {}

  private static double first(long pair) {
    return Float.intBitsToFloat((int) pair);
  }

  private static double second(long pair) {
    return Float.intBitsToFloat((int) (pair >>> Integer.SIZE));
  }

  /** Of squared differences; infinite where the sum is known to pass {@code limit}. */
  static double squares(long at, double[] b, double limit) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    while (i + 3 < b.length) {
      int end = Math.min(b.length - 3, i + BETWEEN_LOOKS);
      for (; i < end; i += 4) {
        long low = Memory.getLong(at + 4L * i);
        long high = Memory.getLong(at + 4L * i + 8);
        double d0 = first(low) - b[i];
        double d1 = second(low) - b[i + 1];
        double d2 = first(high) - b[i + 2];
        double d3 = second(high) - b[i + 3];
        s0 += d0 * d0;
        s1 += d1 * d1;
        s2 += d2 * d2;
        s3 += d3 * d3;
      }
      if (s0 + s1 + (s2 + s3) > limit) {
        return Double.POSITIVE_INFINITY; // no part gets less, and rounding keeps the order
      }
    }
    for (; i < b.length; i++) {
      double d = Memory.getFloat(at + 4L * i) - b[i];
      s0 += d * d;
    }
    return s0 + s1 + (s2 + s3);
  }

  static double dot(long at, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < b.length; i += 4) {
      long low = Memory.getLong(at + 4L * i);
      long high = Memory.getLong(at + 4L * i + 8);
      s0 += first(low) * b[i];
      s1 += second(low) * b[i + 1];
      s2 += first(high) * b[i + 2];
      s3 += second(high) * b[i + 3];
    }
    for (; i < b.length; i++) {
      s0 += Memory.getFloat(at + 4L * i) * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  static double cosine(long at, double[] b, double normOfB) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double q0 = 0;
    double q1 = 0;
    double q2 = 0;
    double q3 = 0;
    int i = 0;
    for (; i + 3 < b.length; i += 4) {
      long low = Memory.getLong(at + 4L * i);
      long high = Memory.getLong(at + 4L * i + 8);
      double a0 = first(low);
      double a1 = second(low);
      double a2 = first(high);
      double a3 = second(high);
      s0 += a0 * b[i];
      s1 += a1 * b[i + 1];
      s2 += a2 * b[i + 2];
      s3 += a3 * b[i + 3];
      q0 += a0 * a0;
      q1 += a1 * a1;
      q2 += a2 * a2;
      q3 += a3 * a3;
    }
    for (; i < b.length; i++) {
      double a = Memory.getFloat(at + 4L * i);
      s0 += a * b[i];
      q0 += a * a;
    }
    return (s0 + s1 + (s2 + s3)) / (Math.sqrt(q0 + q1 + (q2 + q3)) * normOfB);
  }
}
