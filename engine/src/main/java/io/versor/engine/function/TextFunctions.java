package io.versor.engine.function;

import io.versor.engine.type.Uuids;
import io.versor.parser.ReservedWords;
import java.util.Locale;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.function.Strict;
import org.jspecify.annotations.Nullable;

/**
 * Functions of texts, as PostgreSQL has them. Places and lengths are counted in characters, which
 * are Unicode code points, from 1. Called by generated code; NULL in, NULL out.
 */
@Strict
public final class TextFunctions {
  /**
   * Longest text a function makes: a cell cannot be much longer, and the heap is not ours alone.
   */
  static final int MAX_TEXT = 1 << 28;

  private static final String LIMIT = "54000";

  private TextFunctions() {}

  // --- lengths and places

  public static int charLength(String text) {
    return text.codePointCount(0, text.length());
  }

  public static int length(String text) {
    return charLength(text);
  }

  public static int length(ByteString bytes) {
    return bytes.length();
  }

  public static int octetLength(String text) {
    return utf8(text).length;
  }

  public static int octetLength(ByteString bytes) {
    return bytes.length();
  }

  public static int bitLength(String text) {
    return Math.multiplyExact(utf8(text).length, 8);
  }

  public static int bitLength(ByteString bytes) {
    return Math.multiplyExact(bytes.length(), 8);
  }

  public static int position(String part, String text) {
    return place(text, text.indexOf(part));
  }

  public static int position(String part, String text, int from) {
    if (from < 1 || from > charLength(text) + 1) {
      return 0;
    }
    return place(text, text.indexOf(part, text.offsetByCodePoints(0, from - 1)));
  }

  public static int strpos(String text, String part) {
    return position(part, text);
  }

  private static int place(String text, int index) {
    return index < 0 ? 0 : text.codePointCount(0, index) + 1;
  }

  // --- parts

  public static String substring(String text, int from) {
    return text.substring(offset(text, from - 1L));
  }

  public static String substring(String text, int from, int length) {
    if (length < 0) {
      throw new FunctionException(
          "22011", "SUBSTRING of length " + length + "; a length is 0 or more");
    }
    int begin = offset(text, from - 1L);
    int end = offset(text, from - 1L + length);
    return text.substring(begin, Math.max(begin, end));
  }

  public static String left(String text, int count) {
    return text.substring(0, offset(text, count < 0 ? (long) charLength(text) + count : count));
  }

  public static String right(String text, int count) {
    return text.substring(
        offset(text, count < 0 ? -(long) count : (long) charLength(text) - count));
  }

  /** Where a character begins; before the text is its beginning, behind it its end. */
  private static int offset(String text, long characters) {
    if (characters <= 0) {
      return 0;
    }
    if (characters >= text.length()) {
      return text.length();
    }
    int length = charLength(text);
    return characters >= length
        ? text.length()
        : text.offsetByCodePoints(0, Math.toIntExact(characters));
  }

  public static String overlay(String text, String with, int from) {
    return overlay(text, with, from, charLength(with));
  }

  public static String overlay(String text, String with, int from, int length) {
    if (from < 1) {
      throw new FunctionException("22011", "OVERLAY from " + from + "; places count from 1");
    }
    int begin = offset(text, from - 1L);
    int end = offset(text, from - 1L + length);
    return text.substring(0, begin) + with + text.substring(end);
  }

  public static String splitPart(String text, String delimiter, int number) {
    if (number == 0) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE,
          "SPLIT_PART number 0; parts count from 1, or from -1 backwards");
    }
    if (delimiter.isEmpty()) {
      return number == 1 || number == -1 ? text : "";
    }
    return number > 0
        ? partForwards(text, delimiter, number)
        : partBackwards(text, delimiter, -(long) number);
  }

  private static String partForwards(String text, String delimiter, long number) {
    int begin = 0;
    for (long i = 1; i < number; i++) {
      int at = text.indexOf(delimiter, begin);
      if (at < 0) {
        return "";
      }
      begin = at + delimiter.length();
    }
    int end = text.indexOf(delimiter, begin);
    return text.substring(begin, end < 0 ? text.length() : end);
  }

  private static String partBackwards(String text, String delimiter, long number) {
    int end = text.length();
    for (long i = 1; i < number; i++) {
      int at = text.lastIndexOf(delimiter, end - delimiter.length());
      if (at < 0) {
        return "";
      }
      end = at;
    }
    int begin = text.lastIndexOf(delimiter, end - delimiter.length());
    return text.substring(begin < 0 ? 0 : begin + delimiter.length(), end);
  }

  // --- texts made of texts

  public static String lpad(String text, int length) {
    return lpad(text, length, " ");
  }

  public static String lpad(String text, int length, String with) {
    return padding(text, length, with) + left(text, Math.max(0, length));
  }

  public static String rpad(String text, int length) {
    return rpad(text, length, " ");
  }

  public static String rpad(String text, int length, String with) {
    return left(text, Math.max(0, length)) + padding(text, length, with);
  }

  private static String padding(String text, int length, String with) {
    int missing = length - charLength(text);
    if (length <= 0 || missing <= 0 || with.isEmpty()) {
      return "";
    }
    int characters = charLength(with);
    int times = missing / characters + 1;
    return left(repeat(with, times), missing);
  }

  public static String repeat(String text, int times) {
    checkLength((long) text.length() * Math.max(0, times));
    return times <= 0 ? "" : text.repeat(times);
  }

  public static String space(int count) {
    return repeat(" ", count);
  }

  /** Refuses to make a text that long. */
  static void checkLength(long characters) {
    if (characters > MAX_TEXT) {
      throw new FunctionException(
          LIMIT, "a text of " + characters + " characters; at most " + MAX_TEXT + " are made");
    }
  }

  public static String replace(String text, String part, String by) {
    if (part.isEmpty()) {
      return text;
    }
    if (by.length() > part.length()) {
      long found = 0;
      for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
        found++;
      }
      checkLength(text.length() + found * (by.length() - part.length()));
    }
    return text.replace(part, by);
  }

  public static String initcap(String text) {
    StringBuilder capitals = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      capitals.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetterOrDigit(c);
      i += Character.charCount(c);
    }
    return capitals.toString();
  }

  public static String translate(String text, String from, String to) {
    int[] wanted = from.codePoints().toArray();
    int[] given = to.codePoints().toArray();
    StringBuilder translated = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              int at = indexOf(wanted, c);
              if (at < 0) {
                translated.appendCodePoint(c);
              } else if (at < given.length) {
                translated.appendCodePoint(given[at]);
              }
            });
    return translated.toString();
  }

  private static int indexOf(int[] characters, int c) {
    for (int i = 0; i < characters.length; i++) {
      if (characters[i] == c) {
        return i;
      }
    }
    return -1;
  }

  public static String btrim(String text) {
    return btrim(text, " ");
  }

  /** Takes away any of some characters at both ends. */
  public static String btrim(String text, String characters) {
    return ltrim(rtrim(text, characters), characters);
  }

  public static String ltrim(String text) {
    return ltrim(text, " ");
  }

  public static String rtrim(String text) {
    return rtrim(text, " ");
  }

  public static String ltrim(String text, String characters) {
    int at = 0;
    while (at < text.length() && characters.indexOf(text.codePointAt(at)) >= 0) {
      at += Character.charCount(text.codePointAt(at));
    }
    return text.substring(at);
  }

  public static String rtrim(String text, String characters) {
    int at = text.length();
    while (at > 0 && characters.indexOf(text.codePointBefore(at)) >= 0) {
      at -= Character.charCount(text.codePointBefore(at));
    }
    return text.substring(0, at);
  }

  public static boolean startsWith(String text, String part) {
    return text.startsWith(part);
  }

  public static boolean endsWith(String text, String part) {
    return text.endsWith(part);
  }

  public static String quoteLiteral(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  public static String quoteIdent(String name) {
    return name.matches("[a-zA-Z_][a-zA-Z0-9_]*") && !ReservedWords.contains(name)
        ? name
        : '"' + name.replace("\"", "\"\"") + '"';
  }

  // --- characters and bytes

  public static String chr(int code) {
    if (code < 1 || code > Character.MAX_CODE_POINT || code >= 0xD800 && code <= 0xDFFF) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE, "CHR(" + code + "): no character has this code point");
    }
    return Character.toString(code);
  }

  public static String toHex(long number) {
    return Long.toHexString(number);
  }

  public static String toHex(int number) {
    return Integer.toHexString(number);
  }

  public static String encode(ByteString bytes, String format) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "hex" -> bytes.toString(16);
      case "base64" -> bytes.toBase64String();
      default -> throw noFormat("ENCODE", format);
    };
  }

  public static @Nullable ByteString decode(String text, String format) {
    try {
      return switch (format.toLowerCase(Locale.ROOT)) {
        case "hex" -> ByteString.of(text, 16);
        case "base64" -> ByteString.ofBase64(text);
        default -> throw noFormat("DECODE", format);
      };
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE, "DECODE: the text is not in " + format, e);
    }
  }

  private static FunctionException noFormat(String function, String format) {
    return new FunctionException(
        FunctionException.INVALID_VALUE,
        function + " format '" + format + "'; expected hex or base64");
  }

  /**
   * Another one at each call.
   *
   * @param place of the call, which tells it from others of the row
   */
  public static ByteString randomUuid(int place) {
    return new ByteString(Uuids.bytes(UUID.randomUUID()));
  }

  public static ByteString textUuid(String text) {
    UUID id =
        Uuids.find(text)
            .orElseThrow(
                () ->
                    new FunctionException(
                        "22P02",
                        "'"
                            + text
                            + "'"
                            + " is no UUID; expected one as in"
                            + " '00112233-4455-6677-8899-aabbccddeeff'"));
    return new ByteString(Uuids.bytes(id));
  }

  public static String uuidText(ByteString id) {
    return Uuids.of(id.getBytes()).toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
