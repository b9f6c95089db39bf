package io.versor.format;

import java.time.Duration;
import java.util.Optional;

/**
 * Which commits are to expire.
 *
 * @param branch only commits that were made on it; empty: on whichever
 * @param keepLast how many of the last commits of each branch stay, at least 1
 * @param currentBranch what {@code HEAD} is of
 * @param operation what was asked for, for those who wonder later
 * @param dryRun to change nothing and be told only
 */
public record ExpiryRequest(
    Selection selection,
    Optional<String> branch,
    int keepLast,
    String currentBranch,
    String author,
    String operation,
    boolean dryRun) {
  public ExpiryRequest {
    if (keepLast < 1) {
      throw new IllegalArgumentException("the last " + keepLast + " commits are to be kept");
    }
  }

  /** Commits that are asked to go. */
  public sealed interface Selection {}

  /**
   * Those made longer ago. Of each branch the last one of them stays, so that it is known what the
   * branch was at any moment since.
   */
  public record OlderThan(Duration age) implements Selection {
    public OlderThan {
      if (age.isNegative()) {
        throw new IllegalArgumentException("an age of " + age);
      }
    }
  }

  /** Those that a revision reaches, itself apart. */
  public record Before(String revision) implements Selection {}

  /** Those that one revision reaches and an older one does not, both apart. */
  public record Between(String older, String newer) implements Selection {}
}
