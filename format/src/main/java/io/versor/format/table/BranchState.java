package io.versor.format.table;

import io.versor.format.log.FrameAddress;
import io.versor.format.log.Position;
import io.versor.format.record.CommitHash;
import io.versor.format.record.PendingMerge;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a branch is after one frame of its log. Immutable.
 *
 * @param position the last frame in it; frame -1 before the first
 * @param last where that frame lies; empty before the first
 * @param next where the frame after it is or will be
 * @param hash running hash of the log up to here: see {@link CommitHash}
 * @param tables by table id
 * @param lastSeal the last commit, on this log or before its start
 * @param changed whether any record came after the last commit
 * @param pending a merge whose conflicts wait to be resolved
 * @param closed whether the branch was dropped
 * @param interval what lies since the nearest checkpoint
 */
public record BranchState(
    Position position,
    Optional<FrameAddress> last,
    FrameAddress next,
    byte[] hash,
    IdCounters ids,
    Map<Long, TableState> tables,
    Optional<LastSeal> lastSeal,
    boolean changed,
    Optional<PendingMerge> pending,
    boolean closed,
    Interval interval) {

  /** A branch that starts with nothing. */
  public static BranchState empty(long branchId, long origin) {
    return new BranchState(
        new Position(branchId, -1),
        Optional.empty(),
        FrameAddress.first(branchId),
        CommitHash.start(),
        IdCounters.start(origin),
        Map.of(),
        Optional.empty(),
        false,
        Optional.empty(),
        false,
        Interval.NONE);
  }

  /** The first state of a branch that starts from this one. */
  public BranchState branched(long branchId, long origin) {
    return new BranchState(
        new Position(branchId, -1),
        Optional.empty(),
        FrameAddress.first(branchId),
        CommitHash.start(),
        IdCounters.start(origin),
        tables,
        lastSeal,
        changed,
        pending,
        false,
        interval);
  }

  /** Whether nothing came after the last commit, so that this state is that commit. */
  public boolean isCommit() {
    return lastSeal.isPresent() && !changed;
  }

  BranchState withTables(Map<Long, TableState> newTables) {
    return new BranchState(
        position, last, next, hash, ids, newTables, lastSeal, true, pending, closed, interval);
  }

  BranchState withTable(TableState table) {
    Map<Long, TableState> newTables = new LinkedHashMap<>(tables);
    newTables.put(table.id(), table);
    return withTables(newTables);
  }

  BranchState withoutTable(long tableId) {
    Map<Long, TableState> newTables = new LinkedHashMap<>(tables);
    newTables.remove(tableId);
    return withTables(newTables);
  }

  BranchState withIds(IdCounters newIds) {
    return new BranchState(
        position, last, next, hash, newIds, tables, lastSeal, changed, pending, closed, interval);
  }

  BranchState sealed(LastSeal seal) {
    Map<Long, TableState> newTables = new LinkedHashMap<>();
    tables.forEach((id, table) -> newTables.put(id, table.sealed(seal.address())));
    return new BranchState(
        position,
        last,
        next,
        hash,
        ids,
        newTables,
        Optional.of(seal),
        false,
        Optional.empty(),
        closed,
        interval);
  }

  BranchState reset(BranchState target) {
    return new BranchState(
        position,
        last,
        next,
        hash,
        ids,
        target.tables,
        target.lastSeal,
        target.changed,
        target.pending,
        closed,
        interval.after(target.interval));
  }

  /** The same tables as changes on top of another commit. */
  BranchState softReset(BranchState target, Position frame) {
    Map<Long, TableState> newTables = new LinkedHashMap<>();
    tables.forEach(
        (id, table) ->
            newTables.put(id, table.onTopOf(Optional.ofNullable(target.tables.get(id)), frame)));
    return new BranchState(
        position,
        last,
        next,
        hash,
        ids,
        newTables,
        target.lastSeal,
        true,
        pending,
        closed,
        interval);
  }

  BranchState withPending(PendingMerge merge) {
    return new BranchState(
        position,
        last,
        next,
        hash,
        ids,
        tables,
        lastSeal,
        true,
        Optional.of(merge),
        closed,
        interval);
  }

  BranchState closedNow() {
    return new BranchState(
        position, last, next, hash, ids, tables, lastSeal, changed, pending, true, interval);
  }

  BranchState at(FrameAddress address, FrameAddress newNext, byte[] newHash, Interval newInterval) {
    return new BranchState(
        new Position(address.branchId(), address.frame()),
        Optional.of(address),
        newNext,
        newHash,
        ids,
        tables,
        lastSeal,
        changed,
        pending,
        closed,
        newInterval);
  }

  /** The same state with one table's content in other trees. */
  public BranchState relaid(TableState table) {
    Map<Long, TableState> newTables = new LinkedHashMap<>(tables);
    newTables.put(table.id(), table);
    return new BranchState(
        position, last, next, hash, ids, newTables, lastSeal, changed, pending, closed, interval);
  }

  /** The same state as a checkpoint holds it: trees in packs, nothing between. */
  BranchState stored(Map<Long, TableState> storedTables) {
    return new BranchState(
        position,
        last,
        next,
        hash,
        ids,
        storedTables,
        lastSeal,
        changed,
        pending,
        closed,
        Interval.NONE);
  }
}
