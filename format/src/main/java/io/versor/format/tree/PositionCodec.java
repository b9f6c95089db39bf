package io.versor.format.tree;

import io.versor.format.io.BinaryReader;
import io.versor.format.io.BinaryWriter;
import io.versor.format.log.Position;
import io.versor.format.type.StoreException;

/** Bytes of a {@link Position}: branch id as varint, frame as signed varint. */
final class PositionCodec {
  private PositionCodec() {}

  static void write(Position position, BinaryWriter body) {
    body.varint(position.branchId()).signed(position.frame());
  }

  static Position read(BinaryReader body) throws StoreException {
    long branch = body.varint();
    long frame = body.signed();
    if (branch < 0 || frame < -1) {
      throw body.corrupt("a position at branch " + branch + ", frame " + frame);
    }
    return new Position(branch, frame);
  }
}
