package io.versor.format.ref;

import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The name of a commit: the first 20 bytes of a SHA-256, written as 40 lower-case hex digits.
 *
 * <p>Held as three numbers and not as an array, so that equality, hash and order cost no copy.
 * Order is that of the bytes, unsigned, which is also the order of the hex text.
 */
public record CommitId(long high, long middle, int low) implements Comparable<CommitId> {
  /** Bytes of an id. */
  public static final int BYTES = 20;

  /** Hex digits of an id. */
  public static final int HEX_DIGITS = 2 * BYTES;

  /**
   * The id that the first 20 bytes spell.
   *
   * @throws IllegalArgumentException when there are not exactly 20
   */
  public static CommitId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a commit id has " + BYTES + " bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes); // big-endian, so that numbers sort as bytes do
    return new CommitId(buffer.getLong(), buffer.getLong(), buffer.getInt());
  }

  /**
   * The id with this text.
   *
   * @throws StoreException {@code INVALID_VALUE} unless it is 40 lower-case hex digits
   */
  public static CommitId parse(String hex) throws StoreException {
    if (hex.length() != HEX_DIGITS || !isLowerHex(hex)) {
      throw new StoreException(
          StoreException.Code.INVALID_VALUE,
          "commit id '"
              + Quoted.shortened(hex)
              + "': expected "
              + HEX_DIGITS
              + " lower-case hex digits");
    }
    return of(HexFormat.of().parseHex(hex));
  }

  /** 40 lower-case hex digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /** The 20 bytes, a fresh array. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(middle).putInt(low).array();
  }

  @Override
  public int compareTo(CommitId other) {
    int order = Long.compareUnsigned(high, other.high);
    if (order == 0) {
      order = Long.compareUnsigned(middle, other.middle);
    }
    return order != 0 ? order : Integer.compareUnsigned(low, other.low);
  }

  /** The hex text. */
  @Override
  public String toString() {
    return hex();
  }

  private static boolean isLowerHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
