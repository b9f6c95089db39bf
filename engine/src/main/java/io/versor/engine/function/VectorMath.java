package io.versor.engine.function;

/**
 * Sums over vectors, the same for functions and for kernels, so that both executors give the same
 * digits. Sums are kept in four parts, which lets the processor add four products at a time.
 */
public final class VectorMath {
  private VectorMath() {}

  public static double sum(double[] a) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i];
      s1 += a[i + 1];
      s2 += a[i + 2];
      s3 += a[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  public static double dot(double[] a, double[] b) {
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

  /** Of squared differences. */
  public static double squares(double[] a, double[] b) {
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

  /** Of absolute differences. */
  public static double absolutes(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    int i = 0;
    for (; i + 1 < a.length; i += 2) {
      s0 += Math.abs(a[i] - b[i]);
      s1 += Math.abs(a[i + 1] - b[i + 1]);
    }
    for (; i < a.length; i++) {
      s0 += Math.abs(a[i] - b[i]);
    }
    return s0 + s1;
  }

  /** How many elements differ. */
  public static double differences(double[] a, double[] b) {
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      count += a[i] == b[i] ? 0 : 1;
    }
    return count;
  }

  public static double cosine(double[] a, double[] b) {
    return cosine(a, b, norm(b));
  }

  /**
   * The same, where the {@link #norm} of {@code b} is known. Both sums in one go, each as {@link
   * #dot} adds it up.
   */
  public static double cosine(double[] a, double[] b, double normOfB) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double q0 = 0;
    double q1 = 0;
    double q2 = 0;
    double q3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
      q0 += a[i] * a[i];
      q1 += a[i + 1] * a[i + 1];
      q2 += a[i + 2] * a[i + 2];
      q3 += a[i + 3] * a[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
      q0 += a[i] * a[i];
    }
    return (s0 + s1 + (s2 + s3)) / (Math.sqrt(q0 + q1 + (q2 + q3)) * normOfB);
  }

  public static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  public static double mean(double[] a) {
    return sum(a) / a.length;
  }

  /** Standard deviation of a whole population, as numpy's {@code std}. */
  public static double deviation(double[] a) {
    double mean = mean(a);
    double sum = 0;
    for (double value : a) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / a.length);
  }

  /** Place of the least element, the first of equal ones. NaN is greater than all. */
  public static int least(double[] a) {
    int least = 0;
    for (int i = 1; i < a.length; i++) {
      if (a[i] < a[least] || Double.isNaN(a[least]) && !Double.isNaN(a[i])) {
        least = i;
      }
    }
    return least;
  }

  /** Place of the greatest element, the first of equal ones. NaN is greater than all. */
  public static int greatest(double[] a) {
    int greatest = 0;
    for (int i = 1; i < a.length; i++) {
      if (a[i] > a[greatest] || Double.isNaN(a[i]) && !Double.isNaN(a[greatest])) {
        greatest = i;
      }
    }
    return greatest;
  }
}
