package io.versor.format.table;

import io.versor.format.io.MemoryStore;
import io.versor.format.pack.Address;
import io.versor.format.pack.PackId;
import io.versor.format.pack.Packs;
import io.versor.format.tree.NodeCache;
import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.UUID;

/** For a fuzzer: the first byte says what is read, a checkpoint or a table of one. */
public final class CheckpointFuzz {
  private static final Address ADDRESS = new Address(new PackId(1, 2), 0);
  private static final Packs PACKS = new Packs(new MemoryStore(), new UUID(1, 2), 1);

  private CheckpointFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] object = Arrays.copyOfRange(input, 1, input.length);
    try {
      if ((input[0] & 1) == 0) {
        CheckpointCodec.read(object, "input");
      } else {
        CheckpointCodec.readTable(object, ADDRESS, "input", new NodeCache(PACKS), PACKS);
      }
    } catch (StoreException e) {
      if (e.getMessage().length() < 10) {
        throw new AssertionError("says too little", e);
      }
    }
  }
}
