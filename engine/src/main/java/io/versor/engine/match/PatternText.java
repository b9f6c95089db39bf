package io.versor.engine.match;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Patterns as they are written. */
final class PatternText {
  private PatternText() {}

  static String of(Pattern pattern, List<String> names) {
    if (pattern instanceof Pattern.Variable variable) {
      return names.get(variable.number());
    }
    if (pattern instanceof Pattern.Sequence sequence) {
      return "(" + joined(sequence.parts(), names, " ") + ")";
    }
    if (pattern instanceof Pattern.Choice choice) {
      return "(" + joined(choice.parts(), names, " | ") + ")";
    }
    if (pattern instanceof Pattern.Permuted permuted) {
      return "PERMUTE(" + joined(permuted.parts(), names, ", ") + ")";
    }
    if (pattern instanceof Pattern.Excluded excluded) {
      return "{- " + of(excluded.part(), names) + " -}";
    }
    if (pattern instanceof Pattern.Repeated repeated) {
      boolean open = repeated.most() == Pattern.Repeated.NO_BOUND;
      String bounds = "{" + repeated.least() + "," + (open ? "" : repeated.most()) + "}";
      return of(repeated.part(), names) + bounds + (repeated.reluctant() ? "?" : "");
    }
    return pattern == Pattern.Anchor.FIRST_ROW ? "^" : "$";
  }

  private static String joined(List<Pattern> parts, List<String> names, String between) {
    return parts.stream().map(part -> of(part, names)).collect(joining(between));
  }
}
