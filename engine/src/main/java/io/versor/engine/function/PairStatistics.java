package io.versor.engine.function;

import org.jspecify.annotations.Nullable;

/**
 * Sums over pairs of a dependent number y and an independent one x, kept as distances from the mean
 * so that close numbers do not cancel out. Called from generated code, with pairs without NULLs.
 */
public final class PairStatistics {
  private long count;
  private double meanX;
  private double meanY;
  private double squaresX;
  private double squaresY;
  private double products;

  private PairStatistics() {}

  private void add(double y, double x) {
    count++;
    double fromX = x - meanX;
    double fromY = y - meanY;
    meanX += fromX / count;
    meanY += fromY / count;
    squaresX += fromX * (x - meanX);
    squaresY += fromY * (y - meanY);
    products += fromX * (y - meanY);
  }

  /** NULL where there is no number: of too few pairs, or divided by nothing. */
  private static @Nullable Double number(double value) {
    if (Double.isInfinite(value)) {
      throw new FunctionException("22003", "a sum is out of the range of DOUBLE");
    }
    return Double.isNaN(value) ? null : value;
  }

  private @Nullable Double slope() {
    return squaresX == 0 ? null : number(products / squaresX);
  }

  /** An aggregate of pairs; what it gives is in the classes below. */
  public abstract static class Aggregate {
    public PairStatistics init() {
      return new PairStatistics();
    }

    public PairStatistics add(PairStatistics pairs, double y, double x) {
      pairs.add(y, x);
      return pairs;
    }

    public abstract @Nullable Double result(PairStatistics pairs);
  }

  /** {@code COVAR_POP(y, x)}. */
  public static final class CovarPop extends Aggregate {
    @Override
    public @Nullable Double result(PairStatistics pairs) {
      return number(pairs.products / pairs.count);
    }
  }

  /** {@code COVAR_SAMP(y, x)}. */
  public static final class CovarSamp extends Aggregate {
    @Override
    public @Nullable Double result(PairStatistics pairs) {
      return pairs.count < 2 ? null : number(pairs.products / (pairs.count - 1));
    }
  }

  /** {@code CORR(y, x)}. */
  public static final class Corr extends Aggregate {
    @Override
    public @Nullable Double result(PairStatistics pairs) {
      double square = pairs.squaresX * pairs.squaresY;
      boolean fits = square > Double.MIN_NORMAL && square < Double.POSITIVE_INFINITY;
      double size =
          fits ? Math.sqrt(square) : Math.sqrt(pairs.squaresX) * Math.sqrt(pairs.squaresY);
      return size == 0 ? null : number(Math.max(-1, Math.min(1, pairs.products / size)));
    }
  }

  /** {@code REGR_SXX(y, x)}. */
  public static final class RegrSxx extends Aggregate {
    @Override
    public @Nullable Double result(PairStatistics pairs) {
      return pairs.count == 0 ? null : number(pairs.squaresX);
    }
  }

  /** {@code REGR_SYY(y, x)}. */
  public static final class RegrSyy extends Aggregate {
    @Override
    public @Nullable Double result(PairStatistics pairs) {
      return pairs.count == 0 ? null : number(pairs.squaresY);
    }
  }

  /** {@code REGR_SXY(y, x)}. */
  public static final class RegrSxy extends Aggregate {
    @Override
    public @Nullable Double result(PairStatistics pairs) {
      return pairs.count == 0 ? null : number(pairs.products);
    }
  }

  /** {@code REGR_AVGX(y, x)}. */
  public static final class RegrAvgx extends Aggregate {
    @Override
    public @Nullable Double result(PairStatistics pairs) {
      return pairs.count == 0 ? null : number(pairs.meanX);
    }
  }

  /** {@code REGR_AVGY(y, x)}. */
  public static final class RegrAvgy extends Aggregate {
    @Override
    public @Nullable Double result(PairStatistics pairs) {
      return pairs.count == 0 ? null : number(pairs.meanY);
    }
  }

  /** {@code REGR_SLOPE(y, x)}. */
  public static final class RegrSlope extends Aggregate {
    @Override
    public @Nullable Double result(PairStatistics pairs) {
      return pairs.slope();
    }
  }

  /** {@code REGR_INTERCEPT(y, x)}. */
  public static final class RegrIntercept extends Aggregate {
    @Override
    public @Nullable Double result(PairStatistics pairs) {
      Double slope = pairs.slope();
      return slope == null ? null : number(pairs.meanY - slope * pairs.meanX);
    }
  }

  /** {@code REGR_R2(y, x)}: 1 where all y are the same. */
  public static final class RegrR2 extends Aggregate {
    @Override
    public @Nullable Double result(PairStatistics pairs) {
      if (pairs.squaresX == 0) {
        return null;
      }
      double share = pairs.products / pairs.squaresX * (pairs.products / pairs.squaresY);
      return pairs.squaresY == 0 ? Double.valueOf(1) : number(Math.min(1, share));
    }
  }
}
