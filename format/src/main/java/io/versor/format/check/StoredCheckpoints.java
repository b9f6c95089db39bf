package io.versor.format.check;

import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.PackReader;
import io.versor.format.pack.Packs;
import io.versor.format.table.Checkpoint;
import io.versor.format.table.Checkpoints;
import io.versor.format.tree.TreeCheck;
import io.versor.format.type.StoreException;

/**
 * Finds checkpoints without the links that lead to them: a damaged one hides those before it, and a
 * lost root all of them.
 */
final class StoredCheckpoints {
  private StoredCheckpoints() {}

  /** Takes checkpoints, those in older files first. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param head without its tables
     */
    void found(Address address, Checkpoint head) throws StoreException;
  }

  /** Looks through all packs; what cannot be read is passed over. */
  static void visit(Packs packs, Checkpoints checkpoints, Visitor visitor) throws StoreException {
    for (PackId id : packs.list()) {
      PackReader pack;
      try {
        pack = packs.borrow(id);
      } catch (StoreException e) {
        TreeCheck.damage(e);
        continue;
      }
      for (int i = 0; i < pack.objects(); i++) {
        var object = pack.object(i);
        if (object.kind() != ObjectKind.CHECKPOINT || object.length() == 0) {
          continue; // the latter is what is left of one that VACUUM took
        }
        Address address = pack.address(i);
        Checkpoint head;
        try {
          head = checkpoints.head(address);
        } catch (StoreException e) {
          TreeCheck.damage(e);
          continue;
        }
        visitor.found(address, head);
      }
    }
  }
}
