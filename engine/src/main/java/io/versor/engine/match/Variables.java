package io.versor.engine.match;

import java.util.List;

/**
 * The variables of a pattern, by their numbers, and sets of them that values are found in.
 *
 * @param names as they are written in the pattern
 * @param sets each of numbers; the first is of all
 */
public record Variables(List<String> names, List<List<Integer>> sets) {
  /** The set of all variables. */
  public static final int ALL = 0;

  public Variables {
    names = List.copyOf(names);
    sets = sets.stream().map(List::copyOf).toList();
  }

  boolean has(int set, int variable) {
    return set == ALL || sets.get(set).contains(variable);
  }
}
