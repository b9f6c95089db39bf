package io.versor.engine.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.calcite.linq4j.function.Strict;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions: Java's syntax, PostgreSQL's functions. Called by generated code; NULL in,
 * NULL out.
 */
@Strict
public final class RegexFunctions {
  /** Patterns are compiled once, not once a row; a statement has few. */
  private static final int KEPT_PATTERNS = 16;

  private static final ThreadLocal<Map<String, Pattern>> PATTERNS =
      ThreadLocal.withInitial(
          () ->
              new LinkedHashMap<>(KEPT_PATTERNS, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Pattern> eldest) {
                  return size() > KEPT_PATTERNS;
                }
              });

  private RegexFunctions() {}

  public static boolean matches(String text, String pattern) {
    return find(text, pattern, "").find();
  }

  public static boolean matchesAnyCase(String text, String pattern) {
    return find(text, pattern, "i").find();
  }

  public static boolean regexpLike(String text, String pattern) {
    return find(text, pattern, "").find();
  }

  public static boolean regexpLike(String text, String pattern, String flags) {
    return find(text, pattern, flags).find();
  }

  public static int regexpCount(String text, String pattern) {
    return (int) find(text, pattern, "").results().count();
  }

  /** Where the first match begins, from 1; 0 if there is none. */
  public static int regexpInstr(String text, String pattern) {
    Matcher matcher = find(text, pattern, "");
    return matcher.find() ? text.codePointCount(0, matcher.start()) + 1 : 0;
  }

  public static @Nullable String regexpSubstr(String text, String pattern) {
    Matcher matcher = find(text, pattern, "");
    return matcher.find() ? matcher.group() : null;
  }

  /** SUBSTRING(text FROM pattern): what the first group matches; without a group, all of it. */
  public static @Nullable String substringMatching(String text, String pattern) {
    Matcher matcher = find(text, pattern, "");
    return matcher.find() ? matcher.group(Math.min(1, matcher.groupCount())) : null;
  }

  /** What the groups of the first match match, or all of it if there are none. */
  public static @Nullable List<@Nullable String> regexpMatch(String text, String pattern) {
    return regexpMatch(text, pattern, "");
  }

  public static @Nullable List<@Nullable String> regexpMatch(
      String text, String pattern, String flags) {
    if (flags.contains("g")) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE,
          "REGEXP_MATCH gives the first match; flag g is one of REGEXP_MATCHES, which stands in"
              + " FROM");
    }
    Matcher matcher = find(text, pattern, flags);
    return matcher.find() ? groups(matcher) : null;
  }

  /** Rows of REGEXP_MATCHES: the first match, and with the flag g every match. */
  public static List<List<@Nullable String>> regexpMatchRows(String text, String pattern) {
    return regexpMatchRows(text, pattern, "");
  }

  public static List<List<@Nullable String>> regexpMatchRows(
      String text, String pattern, String flags) {
    Matcher matcher = find(text, pattern, flags.replace("g", ""));
    List<List<@Nullable String>> rows = new ArrayList<>();
    while (matcher.find() && (rows.isEmpty() || flags.contains("g"))) {
      rows.add(groups(matcher));
    }
    return rows;
  }

  private static List<@Nullable String> groups(Matcher matcher) {
    List<@Nullable String> groups = new ArrayList<>();
    int count = matcher.groupCount();
    for (int i = Math.min(1, count); i <= count; i++) {
      groups.add(matcher.group(i));
    }
    return groups;
  }

  /** The texts between matches; matches of nothing at the ends are none. */
  public static List<String> regexpSplitToArray(String text, String pattern) {
    return regexpSplitToArray(text, pattern, "");
  }

  public static List<String> regexpSplitToArray(String text, String pattern, String flags) {
    Matcher matcher = find(text, pattern, flags);
    List<String> parts = new ArrayList<>();
    int begin = 0;
    while (matcher.find()) {
      if (matcher.end() == matcher.start()
          && (matcher.end() == begin && begin == 0 || matcher.end() == text.length())) {
        continue;
      }
      parts.add(text.substring(begin, matcher.start()));
      begin = matcher.end();
    }
    parts.add(text.substring(begin));
    return parts;
  }

  public static String regexpReplace(String text, String pattern, String by) {
    return find(text, pattern, "").replaceFirst(replacement(by));
  }

  /** With the flag g every match is replaced, else the first. */
  public static String regexpReplace(String text, String pattern, String by, String flags) {
    Matcher matcher = find(text, pattern, flags.replace("g", ""));
    return flags.contains("g")
        ? matcher.replaceAll(replacement(by))
        : matcher.replaceFirst(replacement(by));
  }

  /** {@code \1} is a group, {@code \&} the match, {@code \\} a backslash. */
  private static String replacement(String by) {
    StringBuilder java = new StringBuilder();
    for (int i = 0; i < by.length(); i++) {
      char c = by.charAt(i);
      char next = i + 1 < by.length() ? by.charAt(i + 1) : 0;
      if (c == '\\' && (Character.isDigit(next) || next == '&')) {
        java.append('$').append(next == '&' ? '0' : next);
        i++;
      } else if (c == '\\' && next == '\\') {
        java.append("\\\\");
        i++;
      } else {
        java.append(c == '\\' || c == '$' ? "\\" : "").append(c);
      }
    }
    return java.toString();
  }

  private static Matcher find(String text, String pattern, String flags) {
    try {
      return PATTERNS
          .get()
          .computeIfAbsent(flags + '/' + pattern, key -> compile(pattern, flags))
          .matcher(text);
    } catch (PatternSyntaxException e) {
      throw new FunctionException(
          "2201B",
          "'"
              + pattern
              + "' is no regular expression: "
              + e.getDescription()
              + " at character "
              + (e.getIndex() + 1),
          e);
    }
  }

  private static Pattern compile(String pattern, String flags) {
    int bits = 0;
    for (int i = 0; i < flags.length(); i++) {
      bits |=
          switch (flags.charAt(i)) {
            case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
            case 'c' -> 0;
            case 'm' -> Pattern.MULTILINE;
            case 's' -> Pattern.DOTALL;
            case 'x' -> Pattern.COMMENTS;
            default ->
                throw new FunctionException(
                    FunctionException.INVALID_VALUE,
                    "'"
                        + flags.charAt(i)
                        + "' is no flag of a regular expression; expected c, g,"
                        + " i, m, s or x");
          };
    }
    return Pattern.compile(pattern, bits);
  }
}
