package io.versor.format.chunk;

import io.versor.format.type.DecimalDigits;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** DECIMAL as 16 bytes, little-endian two's complement. */
final class Decimals {
  static final int BYTES = 16;

  private Decimals() {}

  static BigInteger unscaled(byte[] littleEndian) {
    byte[] bigEndian = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bigEndian[i] = littleEndian[BYTES - 1 - i];
    }
    return new BigInteger(bigEndian);
  }

  static BigInteger unscaled(long low, long high) {
    byte[] bytes = new byte[BYTES];
    Bytes.putLong(bytes, 0, low);
    Bytes.putLong(bytes, 8, high);
    return unscaled(bytes);
  }

  static byte[] littleEndian(BigInteger unscaled) {
    byte[] bigEndian = unscaled.toByteArray();
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] =
          i < bigEndian.length ? bigEndian[bigEndian.length - 1 - i] : (byte) (bigEndian[0] >> 7);
    }
    return bytes;
  }

  /** The bytes of a number that the type holds exactly; {@code OUT_OF_RANGE} if it does not. */
  static byte[] checked(TensorType type, BigDecimal value) throws StoreException {
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value;
    long integerDigits = (long) plain.precision() - plain.scale();
    if (!DecimalDigits.areTooMany(plain) && integerDigits <= type.precision() - type.scale()) {
      try {
        BigInteger unscaled = plain.setScale(type.scale()).unscaledValue();
        return littleEndian(unscaled);
      } catch (ArithmeticException e) {
        throw outOfRange(type, value, e);
      }
    }
    throw outOfRange(type, value, null);
  }

  private static StoreException outOfRange(
      TensorType type, BigDecimal value, @Nullable Throwable cause) {
    return new StoreException(
        Code.OUT_OF_RANGE,
        value
            + " does not fit into DECIMAL("
            + type.precision()
            + ", "
            + type.scale()
            + "): at most "
            + (type.precision() - type.scale())
            + " digits before the point and "
            + type.scale()
            + " behind it expected"
            + (type.scale() == 0
                ? "; DECIMAL(p, s) has digits behind it"
                : "; ROUND(x, " + type.scale() + ") if that is meant"),
        cause);
  }
}
