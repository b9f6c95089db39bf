package io.versor.format.table;

import io.versor.format.log.FrameAddress;
import io.versor.format.record.Seal;
import io.versor.format.ref.CommitId;
import java.util.Optional;

/**
 * What the next commit must know of the one before it.
 *
 * @param address the frame that made it
 * @param generation see {@link Seal#generation}
 * @param depth see {@link Seal#depth}
 * @param jump see {@link Seal#jump}
 * @param committedAt microseconds since 1970, UTC
 */
public record LastSeal(
    CommitId id,
    FrameAddress address,
    long generation,
    long depth,
    Optional<Seal.Jump> jump,
    long committedAt) {

  public static LastSeal of(Seal seal, FrameAddress address) {
    return new LastSeal(
        seal.id(), address, seal.generation(), seal.depth(), seal.jump(), seal.committedAt());
  }

  public Seal.Parent asParent() {
    return new Seal.Parent(id, address);
  }
}
