package io.versor.engine.exec;

import io.versor.engine.function.VectorMath;
import io.versor.format.io.Memory;

/**
 * Sums over a FLOAT32 vector where it lies and another one, digit by digit those of {@link
 * VectorMath}. Sums of squares only grow: where it is known how great a sum may be, it is not added
 * up to its end.
 */
final class FloatSums {
  /** Elements that are added up before a sum is compared with its limit. */
  private static final int BETWEEN_LOOKS = 32;

  /** Far more than rounding can do to a quotient of two roots. */
  private static final double ROUNDING = 1 + 1e-12;

  private FloatSums() {}

  private static float at(long address) {
    return Memory.getFloat(address);
  }

  /** Of squared differences; infinite where the sum is known to pass {@code limit}. */
  static double squares(long vector, double[] b, double limit) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    while (i + 3 < b.length) {
      int end = Math.min(b.length - 3, i + BETWEEN_LOOKS);
      for (; i < end; i += 4) {
        long four = vector + 4L * i;
        double d0 = at(four) - b[i];
        double d1 = at(four + 4) - b[i + 1];
        double d2 = at(four + 8) - b[i + 2];
        double d3 = at(four + 12) - b[i + 3];
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
      double d = at(vector + 4L * i) - b[i];
      s0 += d * d;
    }
    return s0 + s1 + (s2 + s3);
  }

  static double dot(long vector, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < b.length; i += 4) {
      long four = vector + 4L * i;
      s0 += at(four) * b[i];
      s1 += at(four + 4) * b[i + 1];
      s2 += at(four + 8) * b[i + 2];
      s3 += at(four + 12) * b[i + 3];
    }
    for (; i < b.length; i++) {
      s0 += at(vector + 4L * i) * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  /** Of the squares of the vector itself; infinite where the sum is known to pass {@code limit}. */
  private static double squares(long vector, int length, double limit) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    while (i + 3 < length) {
      int end = Math.min(length - 3, i + BETWEEN_LOOKS);
      for (; i < end; i += 4) {
        long four = vector + 4L * i;
        double a0 = at(four);
        double a1 = at(four + 4);
        double a2 = at(four + 8);
        double a3 = at(four + 12);
        s0 += a0 * a0;
        s1 += a1 * a1;
        s2 += a2 * a2;
        s3 += a3 * a3;
      }
      if (s0 + s1 + (s2 + s3) > limit) {
        return Double.POSITIVE_INFINITY;
      }
    }
    for (; i < length; i++) {
      double a = at(vector + 4L * i);
      s0 += a * a;
    }
    return s0 + s1 + (s2 + s3);
  }

  /** The cosine; minus infinity where it is known to be less than {@code least}. */
  static double cosine(long vector, double[] b, double normOfB, double least) {
    double dot = dot(vector, b);
    double limit = Double.POSITIVE_INFINITY;
    if (least > 0) {
      if (dot < 0 && dot > Double.NEGATIVE_INFINITY) { // else it may be NaN, the greatest
        return Double.NEGATIVE_INFINITY;
      }
      double longest = dot / (least * normOfB) * ROUNDING;
      limit = longest * longest;
    }
    double squares = squares(vector, b.length, limit);
    return squares > limit ? Double.NEGATIVE_INFINITY : dot / (Math.sqrt(squares) * normOfB);
  }
}
