package io.versor.engine.exec;

import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** SUM and AVG of DECIMALs as the row executor rounds and refuses them. */
final class DecimalResults {
  private static final int MOST_DIGITS = 38;

  private DecimalResults() {}

  static void write(
      BigInteger sum,
      int scale,
      long count,
      LongSum.Result result,
      TensorType type,
      VectorBuffer out)
      throws StoreException {
    if (count == 0 && result != LongSum.Result.SUM_OR_ZERO) {
      out.appendNull();
      return;
    }
    BigDecimal value = new BigDecimal(sum, scale);
    BigDecimal wide = value.setScale(Math.max(scale, type.scale()));
    if (wide.precision() > MOST_DIGITS) {
      throw Failures.outOfRange("the SUM " + value.toPlainString(), type);
    }
    if (result == LongSum.Result.AVERAGE) {
      value = wide.divide(BigDecimal.valueOf(count), type.scale(), RoundingMode.HALF_UP);
    }
    out.appendDecimal(value.setScale(type.scale(), RoundingMode.HALF_UP));
  }
}
