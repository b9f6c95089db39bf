package io.versor.format.tree;

import io.versor.format.io.MemoryBudget;
import io.versor.format.io.MemoryStore;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.Packs;
import io.versor.format.table.PackSink;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Packs in memory for trees under test, and what went into them last. */
final class TreeShelf implements AutoCloseable {
  /**
   * An object that was stored.
   *
   * @param bytes as they were given to the sink
   */
  record Put(ObjectKind kind, byte[] bytes) {}

  final BufferAllocator allocator = new RootAllocator();
  private final Packs packs = new Packs(new MemoryStore(), new UUID(1, 2), 8);
  final NodeCache nodes = new NodeCache(packs);
  final MemoryBudget memory = MemoryBudget.of(1 << 21);
  final ChunkCache chunks = new ChunkCache(packs, allocator, memory);
  final List<Put> puts = new ArrayList<>();

  /** The tree as someone reads it who knows nothing but its root. */
  RowTree reload(RowTree tree) throws StoreException {
    RowTree stored;
    try (PackSink sink = new PackSink(packs)) {
      stored = TreeStorer.store(tree, counting(sink));
      sink.finish();
    }
    NodeOutput root = new NodeOutput();
    TreeStorer.writeRoot(stored, root);
    NodeInput input = new NodeInput(root.toBytes(), "root");
    RowTree read = TreeStorer.readRowRoot(input, new NodeCache(packs));
    input.body().expectEnd();
    return read;
  }

  /** The tree as someone reads it who knows nothing but its root. */
  ChunkTree reload(ChunkTree tree, TensorType type) throws StoreException {
    ChunkTree stored;
    try (PackSink sink = new PackSink(packs)) {
      stored = TreeStorer.store(tree, type, counting(sink), chunks);
      sink.finish();
    }
    NodeOutput root = new NodeOutput();
    TreeStorer.writeRoot(stored, root);
    NodeInput input = new NodeInput(root.toBytes(), "root");
    ChunkTree read = TreeStorer.readChunkRoot(input, new NodeCache(packs));
    input.body().expectEnd();
    return read;
  }

  /** The tree folded; in packs as far as it was folded. */
  ChunkTree fold(ChunkTree tree, TensorType type) throws StoreException {
    try (PackSink sink = new PackSink(packs)) {
      ChunkTree folded = TreeFolder.fold(tree, type, counting(sink), chunks, allocator);
      sink.finish();
      return folded;
    }
  }

  private NodeSink counting(NodeSink sink) {
    puts.clear();
    return (kind, bytes) -> {
      puts.add(new Put(kind, bytes));
      Address address = sink.store(kind, bytes);
      return address;
    };
  }

  long puts(ObjectKind kind) {
    return puts.stream().filter(put -> put.kind() == kind).count();
  }

  @Override
  public void close() throws StoreException {
    chunks.close();
    packs.close();
    allocator.close();
  }
}
