package io.versor.format.table;

import io.versor.format.log.Position;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.Packs;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ChunkTree;
import io.versor.format.tree.NodeCache;
import io.versor.format.tree.NodeSink;
import io.versor.format.tree.NodeSource;
import io.versor.format.tree.ObjectVisitor;
import io.versor.format.tree.RowTree;
import io.versor.format.tree.TreeObjects;
import io.versor.format.tree.TreeStorer;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;

/** Writes and reads checkpoints. Thread-safe. */
public final class Checkpoints {
  private final Packs packs;
  private final NodeSource nodes;
  private final ChunkCache chunks;
  private final BufferAllocator allocator;

  public Checkpoints(Packs packs, NodeSource nodes, ChunkCache chunks, BufferAllocator allocator) {
    this.packs = packs;
    this.nodes = nodes;
    this.chunks = chunks;
    this.allocator = allocator;
  }

  /**
   * Stores a state; what older checkpoints have of it is referred to. Nobody knows of it until the
   * root names the address.
   *
   * @param previous the last checkpoint of the branch, if it has one
   */
  public Address write(BranchState state, Optional<CheckpointLink> previous, NodeSink sink)
      throws StoreException {
    Map<Long, Address> tables = new LinkedHashMap<>();
    for (TableState table : state.tables().values()) {
      tables.put(
          table.id(), table.stored().isPresent() ? table.stored().get() : write(table, sink));
    }
    long depth = previous.isPresent() ? previous.get().depth() + 1 : 0;
    Checkpoint checkpoint = new Checkpoint(state, depth, previous, jump(previous));
    return sink.store(
        ObjectKind.CHECKPOINT, CheckpointCodec.write(checkpoint, tables, state.interval().packs()));
  }

  /**
   * Stores what a checkpoint holds once more, behind another one; the tables stay where they are.
   *
   * @param named packs that frames since {@code previous} name, besides those it says itself
   */
  public Address relinked(
      Address address, Optional<CheckpointLink> previous, Set<PackId> named, NodeSink sink)
      throws StoreException {
    CheckpointCodec.Stored stored = load(address);
    Set<PackId> all = new HashSet<>(stored.named());
    all.addAll(named);
    long depth = previous.isPresent() ? previous.get().depth() + 1 : 0;
    Checkpoint moved = new Checkpoint(stored.checkpoint().state(), depth, previous, jump(previous));
    return sink.store(ObjectKind.CHECKPOINT, CheckpointCodec.write(moved, stored.tables(), all));
  }

  private Address write(TableState table, NodeSink sink) throws StoreException {
    RowTree rows = TreeStorer.store(table.rows(), sink);
    Map<Long, ChunkTree> columns = new LinkedHashMap<>();
    for (Column column : table.schema().columns()) {
      ChunkTree samples = table.columns().get(column.id());
      columns.put(column.id(), TreeStorer.store(samples, column.type(), sink, chunks));
    }
    TableState stored = withStoredKeys(table, sink).withTrees(rows, columns);
    return sink.store(ObjectKind.NODE, CheckpointCodec.writeTable(stored));
  }

  /** The same table with all keys of its rows in packs, or on their way there. */
  public TableState withStoredKeys(TableState table, NodeSink sink) throws StoreException {
    return table.withKeys(table.keys().stored(table.keyed(chunks, allocator), sink, packs));
  }

  /**
   * Where a walk back from the next checkpoint leaps to: twice as far as the one before, or one.
   */
  private Optional<CheckpointLink> jump(Optional<CheckpointLink> previous) throws StoreException {
    if (previous.isEmpty()) {
      return Optional.empty();
    }
    Optional<CheckpointLink> one = load(previous.get().address()).checkpoint().jump();
    if (one.isEmpty()) {
      return previous;
    }
    Optional<CheckpointLink> two = load(one.get().address()).checkpoint().jump();
    long first = previous.get().depth() - one.get().depth();
    boolean even = two.isPresent() && first == one.get().depth() - two.get().depth();
    return even ? two : previous;
  }

  /** A stored state, ready for use. */
  public Checkpoint read(Address address) throws StoreException {
    CheckpointCodec.Stored stored = load(address);
    Map<Long, TableState> tables = new LinkedHashMap<>();
    for (Map.Entry<Long, Address> table : stored.tables().entrySet()) {
      tables.put(table.getKey(), table(table.getKey(), table.getValue()));
    }
    Checkpoint head = stored.checkpoint();
    return new Checkpoint(head.state().stored(tables), head.depth(), head.previous(), head.jump());
  }

  /** What is needed of a checkpoint besides its place among the others. */
  public record Need(boolean tables, boolean named) {}

  /** Decides what is needed of a checkpoint. */
  @FunctionalInterface
  public interface Needs {
    /**
     * @param frame the last one in the checkpoint
     * @param previous that of the one before it; -1 without
     */
    Need of(long frame, long previous);
  }

  /**
   * Tells of a checkpoint and of what is needed of it, older checkpoints apart. Nodes are not kept
   * in memory for others: each is needed once.
   *
   * @return the checkpoint before it; empty also if the visitor did not go into this one
   */
  public Optional<CheckpointLink> visit(Address address, Needs needs, ObjectVisitor visitor)
      throws StoreException {
    if (!visitor.visit(address, ObjectKind.CHECKPOINT)) {
      return Optional.empty();
    }
    CheckpointCodec.Stored stored = load(address);
    Optional<CheckpointLink> previous = stored.checkpoint().previous();
    Need need =
        needs.of(
            stored.checkpoint().state().position().frame(),
            previous.map(link -> link.position().frame()).orElse(-1L));
    if (need.named()) {
      for (PackId pack : stored.named()) {
        visitor.named(pack);
      }
    }
    if (need.tables()) {
      visitTables(stored, visitor);
    }
    return previous;
  }

  private void visitTables(CheckpointCodec.Stored stored, ObjectVisitor visitor)
      throws StoreException {
    for (Address table : stored.tables().values()) {
      if (visitor.visit(table, ObjectKind.NODE)) {
        var object = packs.object(table, ObjectKind.NODE);
        visit(
            CheckpointCodec.readTable(
                object.load(), table, object.display(), new NodeCache(packs), packs),
            visitor);
      }
    }
  }

  /** Tells of all objects that a table is made of, as far as they are in packs. */
  public static void visit(TableState table, ObjectVisitor visitor) throws StoreException {
    TreeObjects.visit(table.rows(), visitor);
    for (ChunkTree samples : table.columns().values()) {
      TreeObjects.visit(samples, visitor);
    }
    for (Address run : table.keys().addresses()) {
      visitor.visit(run, ObjectKind.KEY_RUN);
    }
  }

  /** The same without its tables. */
  public Checkpoint head(Address address) throws StoreException {
    return load(address).checkpoint();
  }

  /** Where the tables of a stored state lie, by their ids. */
  public Map<Long, Address> tables(Address address) throws StoreException {
    return load(address).tables();
  }

  /** One table of a stored state. */
  public TableState table(long id, Address address) throws StoreException {
    var object = packs.object(address, ObjectKind.NODE);
    TableState state =
        CheckpointCodec.readTable(object.load(), address, object.display(), nodes, packs);
    if (state.id() != id) {
      throw new StoreException(
          StoreException.Code.CORRUPT,
          object.display() + ": holds table " + state.id() + ", expected " + id);
    }
    return state;
  }

  /** The link a later checkpoint would have to the one at an address. */
  public CheckpointLink link(Address address) throws StoreException {
    Checkpoint checkpoint = load(address).checkpoint();
    return new CheckpointLink(address, checkpoint.state().position(), checkpoint.depth());
  }

  /** The newest of a branch's checkpoints that holds no frame after {@code frame}. */
  public Optional<Address> findAtOrBefore(Address newest, Position frame) throws StoreException {
    Address address = newest;
    while (true) {
      Checkpoint checkpoint = load(address).checkpoint();
      if (checkpoint.state().position().branchId() != frame.branchId()) {
        throw new StoreException(
            StoreException.Code.CORRUPT,
            "checkpoint "
                + address
                + ": is of "
                + checkpoint.state().position()
                + ", expected one of branch "
                + frame.branchId());
      }
      if (checkpoint.state().position().frame() <= frame.frame()) {
        return Optional.of(address);
      }
      if (checkpoint.previous().isEmpty()) {
        return Optional.empty();
      }
      boolean leap =
          checkpoint.jump().isPresent()
              && checkpoint.jump().get().position().frame() > frame.frame();
      address = (leap ? checkpoint.jump() : checkpoint.previous()).get().address();
    }
  }

  private CheckpointCodec.Stored load(Address address) throws StoreException {
    var object = packs.object(address, ObjectKind.CHECKPOINT);
    return CheckpointCodec.read(object.load(), object.display());
  }
}
