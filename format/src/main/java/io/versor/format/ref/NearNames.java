package io.versor.format.ref;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names a user may have meant, for messages: {@code no branch 'mian'; did you mean main?} */
public final class NearNames {
  /** More would be a list to read, not a hint. */
  private static final int MAX_NAMES = 3;

  /** Longer words than any name here; bounds the work a wrong word can cost. */
  private static final int MAX_CHARS = 255;

  private record Near(String name, int distance) {}

  private NearNames() {}

  /**
   * The known names nearest to a wrong one, nearest first: at most three, and only those that a
   * slip or two of the fingers would explain. Case counts for nothing.
   */
  public static List<String> of(String wrong, Collection<String> known) {
    if (wrong.isEmpty() || wrong.length() > MAX_CHARS) {
      return List.of();
    }
    String folded = RefNames.fold(wrong);
    // A slip for each three letters: "v1" must not bring up every other two-letter name.
    int limit = Math.min(3, Math.max(1, folded.length() / 3));
    return known.stream()
        .filter(name -> Math.abs(name.length() - wrong.length()) <= limit)
        .distinct()
        .map(name -> new Near(name, distance(folded, RefNames.fold(name))))
        .filter(near -> near.distance() <= limit)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(MAX_NAMES)
        .map(Near::name)
        .toList();
  }

  /** The end of a message: {@code ; did you mean a, b or c?}, or nothing when no name is near. */
  public static String question(String wrong, Collection<String> known) {
    List<String> near = of(wrong, known);
    if (near.isEmpty()) {
      return "";
    }
    int last = near.size() - 1;
    String list =
        last == 0
            ? near.get(0)
            : String.join(", ", near.subList(0, last)) + " or " + near.get(last);
    return "; did you mean " + list + "?";
  }

  /**
   * Inserted, left out, exchanged and swapped neighbouring characters that lead from one word to
   * the other (optimal string alignment), in three rows of the usual table.
   */
  static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    Arrays.setAll(last, j -> j);
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        char a = from.charAt(i - 1);
        char b = to.charAt(j - 1);
        int cost = Math.min(last[j], row[j - 1]) + 1;
        cost = Math.min(cost, last[j - 1] + (a == b ? 0 : 1));
        if (i > 1 && j > 1 && a == to.charAt(j - 2) && from.charAt(i - 2) == b) {
          cost = Math.min(cost, beforeLast[j - 2] + 1);
        }
        row[j] = cost;
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[to.length()];
  }
}
