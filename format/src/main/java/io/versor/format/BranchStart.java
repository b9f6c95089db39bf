package io.versor.format;

import io.versor.format.ref.CommitId;

/** Where a new branch starts. */
public sealed interface BranchStart {
  /** At a commit, wherever it is. */
  record OfCommit(CommitId commit) implements BranchStart {}

  /** At what a branch is now, uncommitted changes included. */
  record WithChanges(String branch) implements BranchStart {}

  /** With nothing. */
  record Empty() implements BranchStart {}

  static BranchStart ofCommit(CommitId commit) {
    return new OfCommit(commit);
  }

  static BranchStart withChanges(String branch) {
    return new WithChanges(branch);
  }

  static BranchStart empty() {
    return new Empty();
  }
}
