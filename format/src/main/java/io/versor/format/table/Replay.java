package io.versor.format.table;

import io.versor.format.chunk.ChunkReader;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.io.BinaryWriter;
import io.versor.format.io.StopSignal;
import io.versor.format.log.Frame;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.Position;
import io.versor.format.pack.PackId;
import io.versor.format.record.Cells;
import io.versor.format.record.CommitHash;
import io.versor.format.record.PendingMerge;
import io.versor.format.record.Record;
import io.versor.format.record.RecordCodec;
import io.versor.format.record.RowIds;
import io.versor.format.record.Seal;
import io.versor.format.ref.CommitId;
import io.versor.format.tree.ChunkPiece;
import io.versor.format.tree.ChunkRef;
import io.versor.format.tree.ChunkTree;
import io.versor.format.tree.NodeSource;
import io.versor.format.tree.RowTree;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Applies frames to states. A frame that does not fit the state before it is {@code CORRUPT}: what
 * was appended was applied first, so it fitted once.
 */
public final class Replay {
  private final NodeSource nodes;
  private final StateSource states;

  /**
   * @param states for resets, which take up the state at another frame
   */
  public Replay(NodeSource nodes, StateSource states) {
    this.nodes = nodes;
    this.states = states;
  }

  /** The state after a frame that follows {@code state}. */
  public BranchState apply(BranchState state, Frame frame) throws StoreException {
    return apply(state, frame.address(), frame.next(), frame.payload());
  }

  /** The state after a frame with this payload at {@code address}, which {@code next} follows. */
  public BranchState apply(
      BranchState state, FrameAddress address, FrameAddress next, byte[] payload)
      throws StoreException {
    if (address.branchId() != state.position().branchId()
        || address.frame() != state.position().frame() + 1) {
      throw corrupt(address, "does not follow " + state.position());
    }
    if (state.closed()) {
      throw corrupt(address, "follows the record that closed the log");
    }
    List<Record> records = RecordCodec.read(payload, address.toString());
    return applied(state, address, records, payload).at(address, next, payload);
  }

  /** The state after records that are not in a log yet; none of them a seal. */
  Applied draft(BranchState state, List<Record> records) throws StoreException {
    return applied(state, state.next(), records, new byte[0]);
  }

  private Applied applied(
      BranchState state, FrameAddress address, List<Record> records, byte[] payload)
      throws StoreException {
    Step step = new Step(state, address, payload);
    for (int i = 0; i < records.size(); ) {
      List<Record.CellsPatched> patches = patchesOfOneTable(records, i);
      if (patches.size() > 1) {
        step.patch(patches);
        i += patches.size();
      } else {
        step.apply(records.get(i), i == records.size() - 1);
        i++;
      }
    }
    return new Applied(step.state, step.referredRows, step.packs);
  }

  /** Those that begin there without another record between: columns of a wide table. */
  private static List<Record.CellsPatched> patchesOfOneTable(List<Record> records, int begin) {
    List<Record.CellsPatched> patches = new ArrayList<>();
    for (Record record : records.subList(begin, records.size())) {
      if (!(record instanceof Record.CellsPatched patched)
          || !patches.isEmpty() && patches.get(0).tableId() != patched.tableId()) {
        break;
      }
      patches.add(patched);
    }
    return patches;
  }

  /**
   * A state whose position is still that of the frame before.
   *
   * @param referredRows cells in packs that the records name
   * @param packs the packs of those cells
   */
  record Applied(BranchState state, long referredRows, Set<PackId> packs) {
    Applied sealed(LastSeal seal) {
      return new Applied(state.sealed(seal), referredRows, packs);
    }

    BranchState at(FrameAddress address, FrameAddress next, byte[] payload) {
      return state.at(
          address,
          next,
          CommitHash.next(state.hash(), payload),
          state.interval().withFrame(payload.length, referredRows, packs));
    }
  }

  private static StoreException corrupt(FrameAddress address, String fault) {
    return new StoreException(StoreException.Code.CORRUPT, address + ": " + fault);
  }

  /** One frame on its way into a state. */
  private final class Step {
    private final BranchState before;
    private final FrameAddress address;
    private final byte[] payload;
    private final Position position;
    private final Set<PackId> packs = new HashSet<>();
    private long referredRows;
    private BranchState state;

    Step(BranchState before, FrameAddress address, byte[] payload) {
      this.before = before;
      this.address = address;
      this.payload = payload;
      this.position = new Position(address.branchId(), address.frame());
      this.state = before;
    }

    void apply(Record record, boolean last) throws StoreException {
      if (record instanceof Record.RowsAppended appended) {
        append(appended);
      } else if (record instanceof Record.CellsPatched patched) {
        patch(List.of(patched));
      } else if (record instanceof Record.RowsDeleted deleted) {
        TableState table = table(deleted.tableId());
        long[] slots = slots(table, deleted.rows(), true);
        state = state.withTable(table.withDeleted(slots));
      } else if (record instanceof Record.RowsUndeleted undeleted) {
        TableState table = table(undeleted.tableId());
        long[] slots = slots(table, undeleted.rows(), false);
        state = state.withTable(table.withUndeleted(slots, position));
      } else if (record instanceof Record.TablePut put) {
        put(put.schema());
      } else if (record instanceof Record.TableDropped dropped) {
        state = state.withoutTable(table(dropped.tableId()).id());
        forgetConflicts(group -> group.tableId() == dropped.tableId());
      } else if (record instanceof Record.ViewPut put) {
        IdCounters ids = state.ids().withTable(put.view().id());
        state = state.withIds(ids).withView(put.view());
      } else if (record instanceof Record.ViewDropped dropped) {
        if (!state.views().containsKey(dropped.viewId())) {
          throw corrupt(address, "drops view " + dropped.viewId() + ", which is not there");
        }
        state = state.withoutView(dropped.viewId());
      } else if (record instanceof Record.Sealed sealed) {
        seal(sealed.seal(), last);
      } else if (record instanceof Record.Reset reset) {
        state = state.reset(states.at(reset.target()));
      } else if (record instanceof Record.MergePending pending) {
        if (state.pending().isPresent()) {
          throw corrupt(address, "a merge that waits while another one does");
        }
        state = state.withPending(pending.merge());
      } else if (record instanceof Record.ConflictsResolved resolved) {
        PendingMerge merge =
            state
                .pending()
                .orElseThrow(() -> corrupt(address, "resolves conflicts, but the branch has none"));
        state = state.withPending(merge.resolved(resolved.tableId(), resolved.rows()));
      } else if (record instanceof Record.SoftReset reset) {
        state = state.softReset(states.at(reset.target()), position);
      } else if (record instanceof Record.OriginChanged changed) {
        state = state.withIds(IdCounters.start(changed.origin()));
      } else if (record instanceof Record.NumbersDrawn drawn) {
        state = state.withIdentities(state.identities().drawn(drawn));
      } else if (record instanceof Record.NumbersRestarted restarted) {
        table(restarted.tableId());
        state =
            state.withIdentities(
                state.identities().restarted(restarted.columnId(), restarted.next()));
      } else if (record instanceof Record.Noted) {
        // for the reflog only
      } else if (record instanceof Record.Closed) {
        state = state.closedNow();
      } else if (record instanceof Record.Started) {
        if (address.frame() != 0) {
          throw corrupt(address, "a start that is not the first frame of its log");
        }
      } else {
        throw new IllegalStateException("a record that is never applied: " + record);
      }
    }

    private void forgetConflicts(Predicate<PendingMerge.Conflicts> gone) {
      if (state.pending().isPresent()) {
        state = state.withPending(state.pending().get().without(gone));
      }
    }

    private TableState table(long tableId) throws StoreException {
      TableState table = state.tables().get(tableId);
      if (table == null) {
        throw corrupt(address, "names table " + tableId + ", which the branch does not have");
      }
      return table;
    }

    private void put(TableSchema schema) throws StoreException {
      TableState old = state.tables().get(schema.id());
      RowTree rows = old == null ? RowTree.empty(nodes) : old.rows();
      Map<Long, ChunkTree> columns = new LinkedHashMap<>();
      IdCounters ids = state.ids().withTable(schema.id());
      for (Column column : schema.columns()) {
        ChunkTree known = old == null ? null : old.columns().get(column.id());
        columns.put(
            column.id(), known != null ? known : ChunkTree.added(nodes, rows.slots(), position));
        ids = ids.withColumn(column.id());
      }
      TableState table =
          old == null ? TableState.created(schema, rows, columns) : old.withSchema(schema, columns);
      boolean dropped = old != null && !columns.keySet().containsAll(old.columns().keySet());
      state = state.withIds(ids).withTable(dropped ? table.withHorizon(position) : table);
      forgetConflicts(
          group ->
              group.tableId() == schema.id()
                  && group.columnId() != 0
                  && !columns.containsKey(group.columnId()));
    }

    private void append(Record.RowsAppended appended) throws StoreException {
      TableState table = table(appended.tableId());
      RowTree rows = table.rows();
      IdCounters ids = state.ids();
      for (RowIds.Run run : appended.runs().runs()) {
        rows = rows.append(run.first(), run.count(), position);
        ids = ids.withRow(run.first() + run.count() - 1);
      }
      long count = appended.runs().count();
      Map<Long, Cells> given = new LinkedHashMap<>();
      for (Record.ColumnCells cells : appended.columns()) {
        if (!table.columns().containsKey(cells.columnId())
            || given.put(cells.columnId(), cells.cells()) != null) {
          throw corrupt(address, "cells of column " + cells.columnId() + " of table " + table.id());
        }
      }
      Map<Long, ChunkTree> columns = new LinkedHashMap<>();
      for (Column column : table.schema().columns()) {
        ChunkTree tree = tree(table, column);
        Cells cells = given.get(column.id());
        columns.put(
            column.id(),
            cells == null ? tree.appendNulls(count) : extended(tree, column, cells, count));
      }
      state = state.withIds(ids).withTable(table.withAppended(rows, columns));
    }

    private ChunkTree extended(ChunkTree tree, Column column, Cells cells, long count)
        throws StoreException {
      if (cells instanceof Cells.Nulls) {
        return tree.appendNulls(count);
      }
      if (cells instanceof Cells.Inline inline) {
        return tree.append(decoded(inline, column));
      }
      ChunkTree grown = tree;
      for (Cells.Slice slice : ((Cells.Packed) cells).slices()) {
        grown =
            grown.append(
                new ChunkPiece(
                    stored(slice), slice.firstRow(), slice.count(), slice.hash(), slice.stats()));
        referredRows += slice.count();
      }
      return grown;
    }

    private ChunkTree tree(TableState table, Column column) throws StoreException {
      ChunkTree tree = table.columns().get(column.id());
      if (tree == null) {
        throw lost(table, column);
      }
      return tree;
    }

    private StoreException lost(TableState table, Column column) {
      return corrupt(address, "column " + column.id() + " of table " + table.id() + " is lost");
    }

    /** All of one table, whose columns are put together once. */
    private void patch(List<Record.CellsPatched> patches) throws StoreException {
      TableState table = table(patches.get(0).tableId());
      TableState.Patches patched = table.patches();
      for (Record.CellsPatched patch : patches) {
        patch(table, patch, patched);
      }
      state = state.withTable(patched.table());
    }

    private void patch(TableState table, Record.CellsPatched patched, TableState.Patches patches)
        throws StoreException {
      StopSignal.check();
      Column column =
          table
              .schema()
              .findColumn(patched.cells().columnId())
              .orElseThrow(
                  () ->
                      corrupt(
                          address,
                          "patches column "
                              + patched.cells().columnId()
                              + ", which table "
                              + table.id()
                              + " does not have"));
      long[] slots = slots(table, patched.rows(), false);
      ChunkTree tree = patches.tree(column.id());
      if (tree == null) {
        throw lost(table, column);
      }
      Cells cells = patched.cells().cells();
      if (cells instanceof Cells.Nulls) {
        tree = tree.patch(slots, new ChunkRef.Nulls(), 0, position);
      } else if (cells instanceof Cells.Inline inline) {
        tree = tree.patch(slots, new ChunkRef.Heap(decoded(inline, column)), 0, position);
      } else {
        int done = 0;
        for (Cells.Slice slice : ((Cells.Packed) cells).slices()) {
          int end = done + (int) slice.count();
          long[] part = Arrays.copyOfRange(slots, done, end);
          tree = tree.patch(part, stored(slice), slice.firstRow(), position);
          done = end;
        }
        referredRows += done;
      }
      patches.put(column.id(), tree, slots);
    }

    private ChunkRef stored(Cells.Slice slice) {
      packs.add(slice.address().pack());
      return new ChunkRef.Stored(slice.address(), slice.rows(), slice.bytes());
    }

    private HeapColumn decoded(Cells.Inline inline, Column column) throws StoreException {
      HeapColumn cells =
          ChunkReader.decodeHeap(
              inline.chunk(), 0, inline.chunk().length, column.type(), address.toString());
      if (cells.rows() != inline.count()) {
        throw corrupt(address, cells.rows() + " cells for " + inline.count() + " rows");
      }
      return cells;
    }

    /** Slots of rows, which records name in slot order. */
    private long[] slots(TableState table, RowIds rows, boolean live) throws StoreException {
      long[] slots = rows.toArray();
      long previous = -1;
      for (int i = 0; i < slots.length; i++) {
        OptionalLong slot =
            live ? table.rows().findLiveSlot(slots[i]) : table.rows().findSlot(slots[i]);
        if (slot.isEmpty() || slot.getAsLong() <= previous) {
          throw corrupt(
              address,
              "row "
                  + Long.toUnsignedString(slots[i])
                  + " of table "
                  + table.id()
                  + (slot.isEmpty() ? " is not there" : " is out of order"));
        }
        previous = slot.getAsLong();
        slots[i] = previous;
      }
      return slots;
    }

    private void seal(Seal seal, boolean last) throws StoreException {
      if (!last) {
        throw corrupt(address, "records follow a seal in its frame");
      }
      BinaryWriter own = new BinaryWriter();
      RecordCodec.write(new Record.Sealed(seal), own);
      int pending = payload.length - own.size();
      CommitId expected =
          pending < 0
              ? null
              : CommitHash.id(
                  seal.parents().stream().map(Seal.Parent::id).toList(),
                  address.branchId(),
                  before.hash(),
                  Arrays.copyOf(payload, pending),
                  seal.author(),
                  seal.committedAt(),
                  seal.message(),
                  seal.properties());
      if (!seal.id().equals(expected)) {
        throw corrupt(
            address, "commit " + seal.id().hex() + " has the content of commit " + expected);
      }
      boolean follows =
          state.lastSeal().isEmpty()
              || (!seal.parents().isEmpty()
                  && state.lastSeal().get().id().equals(seal.parents().get(0).id()));
      if (!follows) {
        throw corrupt(
            address, "commit " + seal.id().hex() + " does not follow the last commit of the log");
      }
      state = state.sealed(LastSeal.of(seal, address));
    }
  }
}
