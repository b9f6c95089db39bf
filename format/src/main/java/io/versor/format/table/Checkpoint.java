package io.versor.format.table;

import java.util.List;
import java.util.Optional;

/**
 * A stored state and its place among the checkpoints of its branch.
 *
 * @param state as it was stored: its interval is empty
 * @param depth number of checkpoints of the branch before it
 * @param previous the one before it, if any
 * @param jump an older one, chosen so that a walk back over n takes log n steps
 */
public record Checkpoint(
    BranchState state,
    long depth,
    Optional<CheckpointLink> previous,
    Optional<CheckpointLink> jump) {

  /** Links to follow towards older ones, nearest first. */
  List<CheckpointLink> links() {
    return java.util.stream.Stream.concat(previous.stream(), jump.stream()).toList();
  }
}
