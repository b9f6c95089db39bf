package io.versor.format.tree;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.io.BinaryReader;
import io.versor.format.io.BinaryWriter;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bytes of nodes, FORMAT.md "Tree nodes". */
final class NodeCodec {
  private static final int VERSION = 1;
  private static final int LEAF = 0;
  private static final int INNER = 1;

  private NodeCodec() {}

  static <E> void write(EntryKind<E> kind, Node<E> node, NodeOutput output) {
    BinaryWriter body = output.body();
    body.u8(VERSION).u8(kind.code());
    if (node instanceof Node.Leaf<E> leaf) {
      body.u8(LEAF).varint(leaf.width());
      for (E entry : leaf.entries()) {
        kind.write(entry, output);
      }
      return;
    }
    Node.Inner<E> inner = (Node.Inner<E>) node;
    body.u8(INNER).varint(inner.width());
    for (Child<E> child : inner.children()) {
      writeChild(child, output);
    }
  }

  /** A stored child: its address and summary. */
  static <E> void writeChild(Child<E> child, NodeOutput output) {
    output.address(
        child.address().orElseThrow(() -> new IllegalStateException("a child not yet stored")));
    Summary summary = child.summary();
    output.body().varint(summary.slots()).varint(summary.weight()).varint(summary.firstKey());
    output.body().u8(summary.stats().isPresent() ? 1 : 0);
    summary.stats().ifPresent(stats -> output.body().bytes(stats.toBytes()));
  }

  static <E> Node<E> read(EntryKind<E> kind, NodeInput input) throws StoreException {
    BinaryReader body = input.body();
    int version = body.u8();
    if (version > VERSION) {
      throw new StoreException(
          StoreException.Code.VERSION_TOO_NEW,
          body.display() + ": node version " + version + ", this reader knows " + VERSION);
    }
    int code = body.u8();
    if (code != kind.code()) {
      throw body.corrupt("node kind " + code + ", expected " + kind.code());
    }
    int level = body.u8();
    int width = body.count("node width", Node.MAX_WIDTH);
    if (width == 0 || level > INNER) {
      throw body.corrupt("a node of level " + level + " and width " + width);
    }
    if (level == LEAF) {
      List<E> entries = new ArrayList<>(width);
      for (int i = 0; i < width; i++) {
        entries.add(kind.read(input));
      }
      return Node.Leaf.of(kind, entries);
    }
    List<Child<E>> children = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      children.add(readChild(input));
    }
    return Node.Inner.of(children);
  }

  static <E> Child<E> readChild(NodeInput input) throws StoreException {
    var address = input.address();
    BinaryReader body = input.body();
    long slots = positive(body, "slots");
    long weight = positive(body, "weight");
    long firstKey = body.varint();
    Optional<ChunkStats> stats =
        body.u8() == 0
            ? Optional.empty()
            : Optional.of(ChunkStats.fromBytes(body.bytes(), body.display()));
    return Child.stored(new Summary(slots, weight, firstKey, stats), address);
  }

  private static long positive(BinaryReader body, String what) throws StoreException {
    long value = body.varint();
    if (value < 0) {
      throw body.corrupt("a negative number of " + what);
    }
    return value;
  }
}
