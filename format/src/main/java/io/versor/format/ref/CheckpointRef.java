package io.versor.format.ref;

import io.versor.format.pack.Address;

/**
 * A checkpoint and the position whose state it holds.
 *
 * @param address where the checkpoint's root object lies
 * @param branchId the branch of the position; another one than the entry's when it was inherited
 * @param frame the last frame the checkpoint includes
 */
public record CheckpointRef(Address address, long branchId, long frame, UnknownKeys unknown) {
  public CheckpointRef {
    Checks.notNegative("branch id", branchId);
    Checks.notNegative("frame", frame);
  }

  public CheckpointRef(Address address, long branchId, long frame) {
    this(address, branchId, frame, UnknownKeys.none());
  }
}
