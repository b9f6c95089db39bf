package io.versor.format.table;

import io.versor.format.log.Position;
import io.versor.format.pack.Address;

/**
 * A checkpoint that another one points back to.
 *
 * @param position the last frame in it
 * @param depth number of checkpoints of the branch before it
 */
public record CheckpointLink(Address address, Position position, long depth) {}
