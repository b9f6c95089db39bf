package io.versor.jdbc;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what a user may have meant by a name that does not exist. */
final class NearNames {
  private static final int MAX_SUGGESTIONS = 3;

  private NearNames() {}

  /** Empty, or {@code ; did you mean "branch"?}. */
  static String suggestion(String name, Collection<String> known) {
    List<String> near =
        known.stream()
            .filter(candidate -> distance(name, candidate) <= Math.max(1, candidate.length() / 3))
            .sorted(Comparator.comparingInt((String candidate) -> distance(name, candidate)))
            .limit(MAX_SUGGESTIONS)
            .toList();
    return near.isEmpty() ? "" : "; did you mean \"" + String.join("\" or \"", near) + "\"?";
  }

  /** Edits (insert, delete, replace) between two names, their case aside. */
  static int distance(String left, String right) {
    String from = left.toLowerCase(Locale.ROOT);
    String to = right.toLowerCase(Locale.ROOT);
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
