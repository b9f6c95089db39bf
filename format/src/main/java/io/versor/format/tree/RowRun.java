package io.versor.format.tree;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.io.BinaryReader;
import io.versor.format.io.BinaryWriter;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Consecutive slots whose row ids are consecutive and whose births advance evenly: row {@code i} of
 * the run has id {@code firstRowId + i} and was appended by frame {@code birthFrame + i * stride}
 * of the log {@code birthBranch}. Rows inserted one by one, with or without a commit after each,
 * thus stay one run.
 *
 * @param count slots, at most {@link #MAX_SLOTS}
 * @param deleted slots of the run whose rows are deleted; null = none. Never changed once here.
 */
public record RowRun(
    long firstRowId,
    int count,
    long birthBranch,
    long birthFrame,
    long stride,
    @Nullable RoaringBitmap deleted) {
  /** Keeps a deletion bitmap, which is copied on write, within 8 KiB. */
  public static final int MAX_SLOTS = 1 << 16;

  static final EntryKind<RowRun> KIND = new Kind();

  public RowRun {
    if (count < 1 || count > MAX_SLOTS) {
      throw new IllegalArgumentException("a run of " + count + " slots");
    }
    if (deleted != null && deleted.isEmpty()) {
      deleted = null;
    }
  }

  public int live() {
    return deleted == null ? count : count - deleted.getCardinality();
  }

  public boolean isDeleted(int slotInRun) {
    return deleted != null && deleted.contains(slotInRun);
  }

  /** Live rows before a slot of the run. */
  int liveBefore(int slotInRun) {
    return deleted == null || slotInRun == 0 ? slotInRun : slotInRun - deleted.rank(slotInRun - 1);
  }

  /** The slot of the n-th live row of the run. */
  int slotOfLive(int n) {
    if (deleted == null) {
      return n;
    }
    int low = n;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (liveBefore(middle + 1) > n) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  RowRun withDeleted(RoaringBitmap bits) {
    return new RowRun(firstRowId, count, birthBranch, birthFrame, stride, bits);
  }

  /** Slots {@code from .. to} of the run. */
  RowRun part(int from, int to) {
    RoaringBitmap bits = null;
    if (deleted != null) {
      bits = deleted.clone();
      bits.remove(0L, from);
      bits.remove((long) to, count);
      bits = RoaringBitmap.addOffset(bits, -from);
    }
    return new RowRun(
        firstRowId + from, to - from, birthBranch, birthFrame + from * stride, stride, bits);
  }

  /** This run and the next as one, where their ids and births go on evenly. */
  Optional<RowRun> joined(RowRun next) {
    long total = (long) count + next.count;
    if (total > MAX_SLOTS
        || next.firstRowId != firstRowId + count
        || next.birthBranch != birthBranch) {
      return Optional.empty();
    }
    long step = count > 1 ? stride : next.birthFrame - birthFrame;
    boolean even =
        next.birthFrame == birthFrame + count * step
            && (next.count == 1 || next.stride == step)
            && step >= 0;
    if (!even) {
      return Optional.empty();
    }
    RoaringBitmap bits = deleted;
    if (next.deleted != null) {
      bits = deleted == null ? new RoaringBitmap() : deleted.clone();
      bits.or(RoaringBitmap.addOffset(next.deleted, count));
    }
    return Optional.of(new RowRun(firstRowId, (int) total, birthBranch, birthFrame, step, bits));
  }

  private static final class Kind implements EntryKind<RowRun> {
    @Override
    public String display() {
      return "row run";
    }

    @Override
    public int code() {
      return 1;
    }

    @Override
    public long slots(RowRun run) {
      return run.count;
    }

    @Override
    public long weight(RowRun run) {
      return run.live();
    }

    @Override
    public long key(RowRun run) {
      return 0;
    }

    @Override
    public Optional<ChunkStats> stats(RowRun run) {
      return Optional.empty();
    }

    @Override
    public void write(RowRun run, NodeOutput output) {
      BinaryWriter body = output.body();
      body.varint(run.firstRowId).varint(run.count);
      body.varint(run.birthBranch).varint(run.birthFrame).varint(run.stride);
      body.bytes(run.deleted == null ? new byte[0] : serialized(run.deleted));
    }

    @Override
    public RowRun read(NodeInput input) throws StoreException {
      BinaryReader body = input.body();
      long firstRowId = body.varint();
      int count = body.count("slots of a row run", MAX_SLOTS);
      long birthBranch = body.varint();
      long birthFrame = body.varint();
      long stride = body.varint();
      byte[] bits = body.bytes();
      if (count == 0) {
        throw body.corrupt("a row run without slots");
      }
      RoaringBitmap deleted = bits.length == 0 ? null : deserialized(bits, count, body);
      return new RowRun(firstRowId, count, birthBranch, birthFrame, stride, deleted);
    }

    private static byte[] serialized(RoaringBitmap bits) {
      ByteBuffer buffer = ByteBuffer.allocate(bits.serializedSizeInBytes());
      bits.serialize(buffer);
      return buffer.array();
    }

    private static RoaringBitmap deserialized(byte[] bytes, int count, BinaryReader body)
        throws StoreException {
      RoaringBitmap bits = new RoaringBitmap();
      long last;
      try {
        bits.deserialize(ByteBuffer.wrap(bytes));
        // damaged containers may only show when they are looked into
        last = bits.isEmpty() ? -1 : Integer.toUnsignedLong(bits.last());
      } catch (IOException | RuntimeException e) {
        throw body.corrupt("a deletion bitmap that cannot be read (" + e.getMessage() + ")");
      }
      if (last >= count) {
        throw body.corrupt("a deleted slot past the end of its run");
      }
      return bits;
    }
  }
}
