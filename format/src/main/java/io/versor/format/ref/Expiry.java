package io.versor.format.ref;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of commits that have expired, besides which they are: {@link BranchEntry#expired}.
 *
 * @param depth one more than the greatest depth of an expired commit: from there on nothing is
 *     missing between a commit and any other before it on the way along first parents
 * @param generation the lowest of a commit that was kept: what has expired and has a lower one has
 *     nothing before it that was kept
 * @param acts who expired what, oldest first: the last {@link #MAX_ACTS}
 */
public record Expiry(long depth, long generation, List<Act> acts, UnknownKeys unknown) {
  /** Everybody reads the root, so old ones go. */
  public static final int MAX_ACTS = 100;

  public static final int MAX_OPERATION_BYTES = 1_000;

  /** Nothing has expired. */
  public static final Expiry NONE = new Expiry(0, 0, List.of(), UnknownKeys.none());

  public Expiry {
    acts = List.copyOf(acts);
    Checks.notNegative("depth", depth);
    Checks.notNegative("generation", generation);
    Checks.that(acts.size() <= MAX_ACTS, acts.size() + " acts of expiry, at most " + MAX_ACTS);
  }

  /**
   * One time that commits expired.
   *
   * @param atMicros microseconds since 1970 UTC
   * @param operation what was asked for
   * @param commits how many expired
   */
  public record Act(
      long atMicros, String author, String operation, long commits, UnknownKeys unknown) {
    public Act(long atMicros, String author, String operation, long commits) {
      this(atMicros, author, operation, commits, UnknownKeys.none());
    }
  }

  public boolean isNone() {
    return depth == 0;
  }

  /** With one act more. */
  public Expiry with(long newDepth, long newGeneration, Act act) {
    List<Act> all = new ArrayList<>(acts);
    all.add(act);
    return new Expiry(
        newDepth,
        newGeneration,
        all.subList(Math.max(0, all.size() - MAX_ACTS), all.size()),
        unknown);
  }
}
