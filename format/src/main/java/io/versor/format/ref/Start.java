package io.versor.format.ref;

import io.versor.format.log.FrameAddress;
import java.util.Optional;

/**
 * Where a branch starts: its first state is the parent's state after the frame at {@code position}.
 *
 * @param position the last frame seen of the parent, on the parent's log
 * @param head the last commit at that position; empty when the parent had none
 */
public record Start(FrameAddress position, Optional<CommitId> head, UnknownKeys unknown) {
  public Start(FrameAddress position, Optional<CommitId> head) {
    this(position, head, UnknownKeys.none());
  }
}
