package io.versor.jdbc;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as users write it: {@code 512MB}, {@code 1.5 GB}, {@code 65536}. As in the
 * shell a kilobyte is 1,024 bytes, and may be called so: KiB.
 */
final class ByteSize {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?) *([KMGT]?)(I?B)?");

  private static final Map<String, Integer> POWERS = Map.of("", 0, "K", 1, "M", 2, "G", 3, "T", 4);

  private ByteSize() {}

  /** Empty if it is none, or more than a long holds. */
  static OptionalLong parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    BigDecimal unit = BigDecimal.valueOf(1L << 10 * POWERS.get(matcher.group(2)));
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(unit);
    return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(bytes.longValue());
  }
}
