package io.versor.format.tree;

import io.versor.format.chunk.HeapColumn;
import io.versor.format.io.BinaryReader;
import io.versor.format.pack.Address;
import io.versor.format.type.StoreException;

/** Where samples are: in a pack, in memory (read from a log and not yet in a pack), or all NULL. */
public sealed interface ChunkRef {
  /** Bytes it takes, for choosing what to merge. */
  long bytes();

  /** How many samples these bytes are; 0 where there are as many as one asks for. */
  int rows();

  /** Whether row {@code i} of both is surely the same sample, for every row both have. */
  boolean same(ChunkRef other);

  /**
   * A chunk in a pack.
   *
   * @param rows samples in the chunk
   * @param bytes stored bytes of the chunk
   */
  record Stored(Address address, int rows, long bytes) implements ChunkRef {
    @Override
    public boolean same(ChunkRef other) {
      return other instanceof Stored stored && stored.address.equals(address);
    }
  }

  /** Samples replayed from the log, or about to be written. */
  record Heap(HeapColumn column) implements ChunkRef {
    @Override
    public long bytes() {
      return column.bytes();
    }

    @Override
    public int rows() {
      return column.rows();
    }

    @Override
    public boolean same(ChunkRef other) {
      return other instanceof Heap heap
          && (heap.column == column || heap.column.sharesStorage(column));
    }
  }

  /** Every row is NULL: what a column added to a table with rows starts from. */
  record Nulls() implements ChunkRef {
    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public int rows() {
      return 0;
    }

    @Override
    public boolean same(ChunkRef other) {
      return other instanceof Nulls;
    }
  }

  /** Heap references have no address and cannot be written. */
  static void write(ChunkRef ref, NodeOutput output) {
    if (ref instanceof Stored stored) {
      output.body().u8(1);
      output.address(stored.address);
      output.body().varint(stored.rows).varint(stored.bytes);
    } else if (ref instanceof Nulls) {
      output.body().u8(0);
    } else {
      throw new IllegalStateException("samples that are not in a pack yet");
    }
  }

  static ChunkRef read(NodeInput input) throws StoreException {
    BinaryReader body = input.body();
    int kind = body.u8();
    return switch (kind) {
      case 0 -> new Nulls();
      case 1 ->
          new Stored(
              input.address(),
              body.count("rows of a chunk", Integer.MAX_VALUE),
              body.count("bytes of a chunk", Integer.MAX_VALUE));
      default -> throw body.corrupt("chunk reference kind " + kind);
    };
  }
}
