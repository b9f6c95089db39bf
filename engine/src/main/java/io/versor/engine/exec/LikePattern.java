package io.versor.engine.exec;

import io.versor.format.io.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * LIKE with a constant pattern: {@code %} any text, {@code _} one character. Matches UTF-8 in place
 * and, since only the last {@code %} is ever gone back to, in at most length times pattern steps.
 */
final class LikePattern implements TextTest {
  private static final int ANY_TEXT = -1;
  private static final int ANY_CHARACTER = -2;

  /** Code points, or one of the two above. */
  private final int[] parts;

  private LikePattern(int[] parts) {
    this.parts = parts;
  }

  /**
   * The test of a pattern: {@link LikeText} where texts and {@code %} are all there is.
   *
   * @param escape character that takes the meaning from the one behind it; negative for none
   * @throws IllegalArgumentException if the escape character stands before anything but itself,
   *     {@code %} or {@code _}
   */
  static TextTest of(String pattern, int escape) {
    int[] points = pattern.codePoints().toArray();
    int[] parts = new int[points.length];
    int n = 0;
    for (int i = 0; i < points.length; i++) {
      int point = points[i];
      if (point == escape) {
        if (++i == points.length || (points[i] != escape && points[i] != '%' && points[i] != '_')) {
          throw new IllegalArgumentException(pattern);
        }
        parts[n++] = points[i];
      } else if (point == '%') {
        if (n == 0 || parts[n - 1] != ANY_TEXT) {
          parts[n++] = ANY_TEXT;
        }
      } else {
        parts[n++] = point == '_' ? ANY_CHARACTER : point;
      }
    }
    int[] all = Arrays.copyOf(parts, n);
    return isOfTexts(all) ? LikeText.of(texts(all)) : new LikePattern(all);
  }

  /**
   * Whether it is texts and {@code %}s. Half of a pair of surrogates is no text: it has no UTF-8.
   */
  private static boolean isOfTexts(int[] parts) {
    boolean any = false;
    for (int part : parts) {
      if (part == ANY_CHARACTER
          || part >= Character.MIN_SURROGATE && part <= Character.MAX_SURROGATE) {
        return false;
      }
      any |= part == ANY_TEXT;
    }
    return any;
  }

  private static List<String> texts(int[] parts) {
    List<String> texts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= parts.length; i++) {
      if (i == parts.length || parts[i] == ANY_TEXT) {
        texts.add(new String(parts, start, i - start));
        start = i + 1;
      }
    }
    return texts;
  }

  @Override
  public boolean test(long address, int length) {
    long at = address;
    long end = address + length;
    int part = 0;
    int retryPart = -1;
    long retryAt = 0;
    while (at < end) {
      if (part < parts.length && parts[part] == ANY_TEXT) {
        retryPart = part++;
        retryAt = at;
        continue;
      }
      int width = Math.min(width(at), (int) (end - at));
      if (part < parts.length && matches(parts[part], at, width)) {
        at += width;
        part++;
      } else if (retryPart >= 0) {
        retryAt += width(retryAt);
        at = retryAt;
        part = retryPart + 1;
      } else {
        return false;
      }
    }
    while (part < parts.length && parts[part] == ANY_TEXT) {
      part++;
    }
    return part == parts.length;
  }

  private static boolean matches(int part, long at, int width) {
    return part == ANY_CHARACTER || part == codePoint(at, width);
  }

  /** Bytes of the character that begins here. */
  private static int width(long at) {
    int first = Memory.getByte(at) & 0xFF;
    return first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  }

  private static int codePoint(long at, int width) {
    int first = Memory.getByte(at) & 0xFF;
    if (width == 1) {
      return first;
    }
    int point = first & (0x7F >> width);
    for (int i = 1; i < width; i++) {
      point = point << 6 | Memory.getByte(at + i) & 0x3F;
    }
    return point;
  }
}
