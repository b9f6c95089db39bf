package io.versor.format.tree;

import io.versor.format.io.BinaryReader;
import io.versor.format.pack.Address;
import io.versor.format.pack.PackId;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link NodeOutput} wrote. */
public final class NodeInput {
  /** Far above what nodes of 64 entries name; bounds a corrupt table. */
  private static final int MAX_PACKS = 1 << 20;

  private final BinaryReader body;
  private final List<PackId> packs = new ArrayList<>();

  public NodeInput(byte[] bytes, String display) throws StoreException {
    body = new BinaryReader(bytes, display);
    int count = body.count("packs", Math.min(MAX_PACKS, body.remaining() / 16));
    for (int i = 0; i < count; i++) {
      packs.add(new PackId(body.u64(), body.u64()));
    }
  }

  public BinaryReader body() {
    return body;
  }

  public Address address() throws StoreException {
    int number = body.count("pack number", Math.max(0, packs.size() - 1));
    if (packs.isEmpty()) {
      throw body.corrupt("an address without a pack table");
    }
    return new Address(packs.get(number), body.count("ordinal", Integer.MAX_VALUE));
  }
}
