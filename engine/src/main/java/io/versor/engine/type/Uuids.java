package io.versor.engine.type;

import io.versor.format.type.Dtype;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** UUIDs as text and as bytes. */
public final class Uuids {
  private static final int TEXT_LENGTH = 36;
  private static final int DIGITS = 32;

  private Uuids() {}

  /**
   * As PostgreSQL takes them: 32 hex digits of any case, in groups of 8-4-4-4-12 or in one, within
   * braces or not, blanks around them. Empty for anything else.
   */
  public static Optional<UUID> find(String text) {
    String plain = text.strip();
    if (plain.startsWith("{") && plain.endsWith("}") && plain.length() > 1) {
      plain = plain.substring(1, plain.length() - 1);
    }
    boolean grouped = plain.length() == TEXT_LENGTH;
    if (!grouped && plain.length() != DIGITS) {
      return Optional.empty();
    }
    long[] halves = new long[2];
    int digits = 0;
    for (int i = 0; i < plain.length(); i++) {
      boolean dash = grouped && (i == 8 || i == 13 || i == 18 || i == 23);
      char c = plain.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (dash ? c != '-' : digit < 0) {
        return Optional.empty();
      }
      if (!dash) {
        int half = digits++ / 16;
        halves[half] = halves[half] << 4 | digit;
      }
    }
    return Optional.of(new UUID(halves[0], halves[1]));
  }

  /** Of the 16 bytes that it is printed from. */
  public static UUID of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /** The bytes in the order in which they are printed. */
  public static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(Dtype.UUID.width())
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
