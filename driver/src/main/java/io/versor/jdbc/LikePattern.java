package io.versor.jdbc;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name pattern of {@link java.sql.DatabaseMetaData}: {@code %} is any text, {@code _} any
 * character, a backslash takes the next character as it is. Case is ignored, as it is for names.
 */
final class LikePattern {
  static final char ESCAPE = '\\';

  private LikePattern() {}

  /** Null matches everything. */
  static boolean matches(@Nullable String pattern, String name) {
    return pattern == null || "%".equals(pattern) || compile(pattern).matcher(name).matches();
  }

  private static Pattern compile(String pattern) {
    StringBuilder regex = new StringBuilder();
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == ESCAPE && i + 1 < pattern.length()) {
        literal.append(pattern.charAt(++i));
      } else if (c == '%' || c == '_') {
        regex.append(Pattern.quote(literal.toString())).append(c == '%' ? ".*" : ".");
        literal.setLength(0);
      } else {
        literal.append(c);
      }
    }
    regex.append(Pattern.quote(literal.toString()));
    return Pattern.compile(
        regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }
}
