package io.versor.format.table;

import io.versor.format.log.FrameAddress;
import io.versor.format.type.StoreException;

/** Gives the state after any frame of any log of the store. Thread-safe. */
@FunctionalInterface
public interface StateSource {
  BranchState at(FrameAddress frame) throws StoreException;
}
