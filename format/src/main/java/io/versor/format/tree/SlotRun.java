package io.versor.format.tree;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.io.BinaryReader;
import io.versor.format.type.StoreException;
import java.util.Optional;

/**
 * Entry of the reverse index: rows {@code firstRowId ..} lie in slots {@code firstSlot ..}.
 *
 * @param count rows
 */
record SlotRun(long firstRowId, long count, long firstSlot) {
  static final EntryKind<SlotRun> KIND = new Kind();

  private static final class Kind implements EntryKind<SlotRun> {
    @Override
    public String display() {
      return "row id index";
    }

    @Override
    public int code() {
      return 2;
    }

    @Override
    public long slots(SlotRun run) {
      return run.count;
    }

    @Override
    public long weight(SlotRun run) {
      return 0;
    }

    @Override
    public long key(SlotRun run) {
      return run.firstRowId;
    }

    @Override
    public Optional<ChunkStats> stats(SlotRun run) {
      return Optional.empty();
    }

    @Override
    public void write(SlotRun run, NodeOutput output) {
      output.body().varint(run.firstRowId).varint(run.count).varint(run.firstSlot);
    }

    @Override
    public SlotRun read(NodeInput input) throws StoreException {
      BinaryReader body = input.body();
      SlotRun run = new SlotRun(body.varint(), body.varint(), body.varint());
      if (run.count <= 0 || run.firstSlot < 0) {
        throw body.corrupt("an index entry of " + run.count + " rows at slot " + run.firstSlot);
      }
      return run;
    }
  }
}
