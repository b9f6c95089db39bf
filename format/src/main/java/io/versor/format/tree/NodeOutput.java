package io.versor.format.tree;

import io.versor.format.io.BinaryWriter;
import io.versor.format.pack.Address;
import io.versor.format.pack.PackId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bytes of a node or checkpoint on their way to a pack. Pack ids are written once, in a table
 * at the head; addresses refer to them by number.
 */
public final class NodeOutput {
  private final BinaryWriter body = new BinaryWriter();
  private final Map<PackId, Integer> packs = new LinkedHashMap<>();

  public BinaryWriter body() {
    return body;
  }

  public void address(Address address) {
    Integer number = packs.computeIfAbsent(address.pack(), id -> packs.size());
    body.varint(number).varint(address.ordinal());
  }

  public byte[] toBytes() {
    BinaryWriter whole = new BinaryWriter(body.size() + 16 * packs.size() + 8);
    whole.varint(packs.size());
    for (PackId pack : packs.keySet()) {
      whole.u64(pack.msb()).u64(pack.lsb());
    }
    return whole.raw(body.toBytes()).toBytes();
  }
}
