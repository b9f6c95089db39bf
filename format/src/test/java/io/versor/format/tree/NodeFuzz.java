package io.versor.format.tree;

import io.versor.format.type.StoreException;
import java.util.Arrays;

/** For a fuzzer: the first byte says what is read, a node of one of the trees or an overlay. */
public final class NodeFuzz {
  private NodeFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] object = Arrays.copyOfRange(input, 1, input.length);
    try {
      NodeInput node = new NodeInput(object, "input");
      switch (input[0] & 3) {
        case 0 -> NodeCodec.read(ChunkEntry.KIND, node);
        case 1 -> NodeCodec.read(RowRun.KIND, node);
        case 2 -> NodeCodec.read(SlotRun.KIND, node);
        default -> Overlay.read(node);
      }
    } catch (StoreException e) {
      if (e.getMessage().length() < 10) {
        throw new AssertionError("says too little", e);
      }
    }
  }
}
