package io.versor.format;

import io.versor.format.change.CellDelta;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.Position;
import io.versor.format.table.TableState;
import io.versor.format.tree.ColumnReader;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The versions of single rows, and the commits that set their cells. Every cell knows the frame
 * that wrote it, so commits that left a row alone are leapt over, however many. Used by one thread.
 */
final class RowHistory {
  private final Core core;
  private final Lineage lineage;

  RowHistory(Core core, long tableId) throws StoreException {
    this.core = core;
    this.lineage = new Lineage(core, tableId);
  }

  /**
   * A version of the row.
   *
   * @param until the commit that ended it
   */
  record Version(FrameAddress commit, Optional<FrameAddress> until) {}

  /** A row's versions along first parents, newest first. */
  List<Version> versions(FrameAddress newest, long rowId) throws StoreException {
    List<Version> versions = new ArrayList<>();
    Optional<FrameAddress> at = Optional.of(newest);
    Optional<FrameAddress> until = Optional.empty();
    while (at.isPresent()) {
      Optional<TableState> table = lineage.table(at.get());
      Optional<FrameAddress> turn; // the commit whose parent had another version of the row
      if (table.isEmpty()) {
        turn = lineage.lastTouch(at.get());
      } else {
        OptionalLong slot = table.get().rows().findSlot(rowId);
        if (slot.isEmpty()) {
          turn = lineage.lastTouch(at.get());
        } else {
          FrameAddress wrote = lastWrite(at.get(), table.get(), rowId, slot.getAsLong());
          turn = Optional.of(wrote);
          if (table.get().rows().isLive(slot.getAsLong())) {
            if (changed(wrote, rowId)) {
              versions.add(new Version(wrote, until));
              until = Optional.of(wrote);
            }
            at = lineage.parent(wrote);
            continue;
          }
          if (isLive(wrote, rowId)) {
            long depth = lineage.seal(wrote).depth();
            turn = Optional.of(lineage.firstAbove(at.get(), depth, older -> !isLive(older, rowId)));
          }
        }
      }
      until = turn;
      at = turn.isEmpty() ? Optional.empty() : lineage.parent(turn.get());
    }
    return versions;
  }

  /**
   * The commit that last set a cell of a live row: of a merge, the one that it took the cell from.
   */
  FrameAddress blame(FrameAddress newest, long rowId, long columnId) throws StoreException {
    FrameAddress at = newest;
    while (true) {
      TableState table = lineage.table(at).orElseThrow();
      long slot = table.rows().findLiveSlot(rowId).orElseThrow();
      FrameAddress wrote = commitOf(at, writes(table, slot, List.of(columnId)), rowId);
      Optional<FrameAddress> from = Optional.empty();
      for (Optional<FrameAddress> parent : List.of(lineage.parent(wrote), lineage.second(wrote))) {
        if (from.isEmpty() && parent.isPresent() && hasCell(parent.get(), wrote, rowId, columnId)) {
          from = parent;
        }
      }
      if (from.isEmpty()) {
        return wrote;
      }
      at = from.get();
    }
  }

  private boolean hasCell(FrameAddress older, FrameAddress newer, long rowId, long columnId)
      throws StoreException {
    Optional<TableState> before = lineage.table(older);
    Optional<TableState> after = lineage.table(newer);
    if (before.isEmpty() || before.get().rows().findLiveSlot(rowId).isEmpty()) {
      return false;
    }
    boolean known =
        before.get().columns().containsKey(columnId)
            && after.orElseThrow().columns().containsKey(columnId);
    return known && same(before.get(), after.get(), rowId, columnId);
  }

  // --- writes

  /** The commit in which the last write of any cell of a row came, or the row itself. */
  private FrameAddress lastWrite(FrameAddress newest, TableState table, long rowId, long slot)
      throws StoreException {
    List<Long> columns = table.schema().columns().stream().map(Column::id).toList();
    return commitOf(newest, writes(table, slot, columns), rowId);
  }

  /** Frames that wrote cells, or that the row came with. */
  private static Map<Position, Optional<Long>> writes(
      TableState table, long slot, List<Long> columns) throws StoreException {
    Map<Position, Optional<Long>> writes = new LinkedHashMap<>();
    writes.put(table.rows().birthAt(slot), Optional.empty());
    for (long column : columns) {
      Optional<Position> written = table.columns().get(column).writtenAt(slot);
      if (written.isPresent()) {
        writes.putIfAbsent(written.get(), Optional.of(column));
      }
    }
    return writes;
  }

  /** The newest of the commits that writes came with, soft resets counted as writes. */
  private FrameAddress commitOf(
      FrameAddress newest, Map<Position, Optional<Long>> writes, long rowId) throws StoreException {
    Optional<FrameAddress> found = Optional.empty();
    for (Map.Entry<Position, Optional<Long>> write : writes.entrySet()) {
      FrameAddress commit =
          lineage.first(
              newest,
              write.getKey(),
              older -> hasWrite(older, rowId, write.getValue(), write.getKey()));
      found = Optional.of(newer(commit, found));
    }
    Optional<Position> horizon = lineage.table(newest).flatMap(TableState::horizon);
    if (horizon.isPresent()) {
      FrameAddress commit =
          lineage.first(
              newest,
              horizon.get(),
              older -> lineage.table(older).flatMap(TableState::horizon).equals(horizon));
      found = Optional.of(newer(commit, found));
    }
    return found.orElseThrow();
  }

  private FrameAddress newer(FrameAddress commit, Optional<FrameAddress> other)
      throws StoreException {
    return other.isPresent() && lineage.seal(other.get()).depth() > lineage.seal(commit).depth()
        ? other.get()
        : commit;
  }

  private boolean hasWrite(FrameAddress commit, long rowId, Optional<Long> column, Position write)
      throws StoreException {
    Optional<TableState> table = lineage.table(commit);
    OptionalLong slot = table.isEmpty() ? OptionalLong.empty() : table.get().rows().findSlot(rowId);
    if (slot.isEmpty()) {
      return false;
    }
    if (column.isEmpty()) {
      return table.get().rows().birthAt(slot.getAsLong()).equals(write);
    }
    var samples = table.get().columns().get(column.get());
    return samples != null && samples.writtenAt(slot.getAsLong()).equals(Optional.of(write));
  }

  // --- values

  private boolean isLive(FrameAddress commit, long rowId) throws StoreException {
    Optional<TableState> table = lineage.table(commit);
    return table.isPresent() && table.get().rows().findLiveSlot(rowId).isPresent();
  }

  /** Whether a commit changed a row that it has, against its first parent. */
  private boolean changed(FrameAddress commit, long rowId) throws StoreException {
    Optional<FrameAddress> parent = lineage.parent(commit);
    if (parent.isEmpty() || !isLive(parent.get(), rowId)) {
      return true;
    }
    TableState before = lineage.table(parent.get()).orElseThrow();
    TableState after = lineage.table(commit).orElseThrow();
    for (Column column : after.schema().columns()) {
      if (!same(before, after, rowId, column.id())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a cell of the newer state is what it was; a column that was not there was NULL. */
  private boolean same(TableState before, TableState after, long rowId, long columnId)
      throws StoreException {
    TensorType type = after.schema().findColumn(columnId).orElseThrow().type();
    Optional<Column> old = before.schema().findColumn(columnId);
    try (ColumnReader now = reader(after, columnId, type)) {
      long slot = after.rows().findLiveSlot(rowId).orElseThrow();
      if (old.isEmpty()) {
        return now.window(slot, 1).isNull(0);
      }
      try (ColumnReader then = reader(before, columnId, old.get().type())) {
        long oldSlot = before.rows().findLiveSlot(rowId).orElseThrow();
        return CellDelta.same(then.window(oldSlot, 1), old.get().type(), now.window(slot, 1), type);
      }
    }
  }

  private ColumnReader reader(TableState table, long columnId, TensorType type) {
    return new ColumnReader(table.columns().get(columnId), type, core.chunks, core.allocator);
  }
}
