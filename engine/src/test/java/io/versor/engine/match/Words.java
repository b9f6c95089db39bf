package io.versor.engine.match;

import java.util.ArrayList;
import java.util.List;

/**
 * All words of a pattern up to a length, in the order of preference: what the standard says, and
 * nothing clever. A letter is a variable, maybe hidden, or an anchor.
 */
final class Words {
  /** A variable's number, plus {@link #HIDDEN}; anchors are negative. */
  static final int HIDDEN = 100;

  static final int FIRST_ROW = -1;
  static final int LAST_ROW = -2;

  /** Beyond so many nobody wants to look at them. */
  private static final int MOST = 4_000;

  /** There are more words than anyone wants to look at. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final int longest;

  Words(int longest) {
    this.longest = longest;
  }

  List<List<Integer>> of(Pattern pattern) {
    if (pattern instanceof Pattern.Variable variable) {
      return longest == 0 ? List.of() : List.of(List.of(variable.number()));
    }
    if (pattern instanceof Pattern.Sequence sequence) {
      List<List<Integer>> words = List.of(List.of());
      for (Pattern part : sequence.parts()) {
        words = joined(words, of(part));
      }
      return words;
    }
    if (pattern instanceof Pattern.Choice choice) {
      List<List<Integer>> words = new ArrayList<>();
      choice.parts().forEach(part -> words.addAll(of(part)));
      return words;
    }
    if (pattern instanceof Pattern.Permuted permuted) {
      List<List<Integer>> words = new ArrayList<>();
      orders(new ArrayList<>(permuted.parts()), new ArrayList<>(), words);
      return words;
    }
    if (pattern instanceof Pattern.Excluded excluded) {
      return of(excluded.part()).stream()
          .map(word -> word.stream().map(Words::hidden).toList())
          .toList();
    }
    if (pattern instanceof Pattern.Repeated repeated) {
      return repeated(repeated);
    }
    return List.of(List.of(pattern == Pattern.Anchor.FIRST_ROW ? FIRST_ROW : LAST_ROW));
  }

  private static int hidden(int letter) {
    return letter >= 0 && letter < HIDDEN ? letter + HIDDEN : letter;
  }

  private void orders(List<Pattern> left, List<Pattern> chosen, List<List<Integer>> words) {
    if (left.isEmpty()) {
      words.addAll(of(new Pattern.Sequence(chosen)));
      return;
    }
    for (int i = 0; i < left.size(); i++) {
      List<Pattern> rest = new ArrayList<>(left);
      List<Pattern> more = new ArrayList<>(chosen);
      more.add(rest.remove(i));
      orders(rest, more, words);
    }
  }

  private List<List<Integer>> repeated(Pattern.Repeated repeated) {
    List<List<Integer>> one = of(repeated.part());
    List<List<Integer>> words = List.of(List.of());
    for (int i = 0; i < repeated.least(); i++) {
      words = joined(words, one);
    }
    List<List<Integer>> moving = one.stream().filter(word -> rows(word) > 0).toList();
    int more =
        repeated.most() == Pattern.Repeated.NO_BOUND ? longest : repeated.most() - repeated.least();
    List<List<Integer>> rest = List.of(List.of());
    for (int i = 0; i < more; i++) {
      List<List<Integer>> again = new ArrayList<>(joined(moving, rest));
      again.add(repeated.reluctant() ? 0 : again.size(), List.of());
      rest = again;
    }
    return joined(words, rest);
  }

  static long rows(List<Integer> word) {
    return word.stream().filter(letter -> letter >= 0).count();
  }

  private List<List<Integer>> joined(List<List<Integer>> left, List<List<Integer>> right) {
    List<List<Integer>> joined = new ArrayList<>();
    for (List<Integer> first : left) {
      for (List<Integer> second : right) {
        if (rows(first) + rows(second) <= longest) {
          List<Integer> word = new ArrayList<>(first);
          word.addAll(second);
          joined.add(word);
          if (joined.size() > MOST) {
            throw new TooMany();
          }
        }
      }
    }
    return joined;
  }
}
