package io.versor.format.ref;

import io.versor.format.pack.Address;

/**
 * A run of the commit index.
 *
 * @param address where the run lies
 * @param count how many commits are in it
 */
public record RunRef(Address address, long count, UnknownKeys unknown) {
  public RunRef {
    Checks.within("commits in a run", count, 1, CommitRun.MAX_COMMITS);
  }

  public RunRef(Address address, long count) {
    this(address, count, UnknownKeys.none());
  }
}
