package io.versor.format.tree;

import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.type.StoreException;

/** Is told of everything in packs that a version refers to. */
public interface ObjectVisitor {
  /**
   * An object that is referred to, perhaps not for the first time.
   *
   * @return whether to tell of what it refers to itself; a chunk or a run refers to nothing
   */
  boolean visit(Address address, ObjectKind kind) throws StoreException;

  /** A pack that frames name, without saying which of its objects. */
  void named(PackId pack) throws StoreException;
}
