package io.versor.format.tree;

import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.type.StoreException;

/** Takes objects on their way into packs. Used by one thread. */
@FunctionalInterface
public interface NodeSink {
  /** Where the object will be; it need not be readable yet. */
  Address store(ObjectKind kind, byte[] bytes) throws StoreException;
}
