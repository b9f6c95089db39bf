package io.versor.format.table;

import io.versor.format.log.FrameAddress;
import io.versor.format.log.Position;
import io.versor.format.record.CommitHash;
import io.versor.format.record.PendingMerge;
import io.versor.format.type.ViewSchema;
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
 * @param identities where identity columns have come to, as the parent's had where it started
 * @param closed whether the branch was dropped
 * @param interval what lies since the nearest checkpoint
 */
public record BranchState(
    Position position,
    Optional<FrameAddress> last,
    FrameAddress next,
    byte[] hash,
    IdCounters ids,
    IdentityCounters identities,
    Content content,
    boolean closed,
    Interval interval) {

  /**
   * What a branch hands on to those that start from it, and what a reset sets back.
   *
   * @param tables by table id
   * @param views by view id
   * @param lastSeal the last commit, on this log or before its start
   * @param changed whether any record came after the last commit
   * @param pending a merge whose conflicts wait to be resolved
   */
  public record Content(
      Map<Long, TableState> tables,
      Map<Long, ViewSchema> views,
      Optional<LastSeal> lastSeal,
      boolean changed,
      Optional<PendingMerge> pending) {
    static final Content EMPTY =
        new Content(Map.of(), Map.of(), Optional.empty(), false, Optional.empty());

    Content withTables(Map<Long, TableState> newTables) {
      return new Content(newTables, views, lastSeal, changed, pending);
    }
  }

  /** A branch that starts with nothing. */
  public static BranchState empty(long branchId, long origin) {
    return start(branchId, origin, IdentityCounters.NONE, Content.EMPTY, Interval.NONE);
  }

  /** The first state of a branch that starts from this one. */
  public BranchState branched(long branchId, long origin) {
    return start(branchId, origin, identities, content, interval);
  }

  private static BranchState start(
      long branchId, long origin, IdentityCounters identities, Content content, Interval interval) {
    return new BranchState(
        new Position(branchId, -1),
        Optional.empty(),
        FrameAddress.first(branchId),
        CommitHash.start(),
        IdCounters.start(origin),
        identities,
        content,
        false,
        interval);
  }

  public Map<Long, TableState> tables() {
    return content.tables();
  }

  public Map<Long, ViewSchema> views() {
    return content.views();
  }

  public Optional<LastSeal> lastSeal() {
    return content.lastSeal();
  }

  public boolean changed() {
    return content.changed();
  }

  public Optional<PendingMerge> pending() {
    return content.pending();
  }

  /** Whether nothing came after the last commit, so that this state is that commit. */
  public boolean isCommit() {
    return lastSeal().isPresent() && !changed();
  }

  private BranchState with(Content newContent) {
    return new BranchState(
        position, last, next, hash, ids, identities, newContent, closed, interval);
  }

  private BranchState withTables(Map<Long, TableState> newTables) {
    return with(new Content(newTables, views(), lastSeal(), true, pending()));
  }

  BranchState withTable(TableState table) {
    return withTables(plus(tables(), table.id(), table));
  }

  BranchState withoutTable(long tableId) {
    return withTables(minus(tables(), tableId));
  }

  BranchState withView(ViewSchema view) {
    return withViews(plus(views(), view.id(), view));
  }

  BranchState withoutView(long viewId) {
    return withViews(minus(views(), viewId));
  }

  private BranchState withViews(Map<Long, ViewSchema> newViews) {
    return with(new Content(tables(), newViews, lastSeal(), true, pending()));
  }

  private static <T> Map<Long, T> plus(Map<Long, T> map, long id, T value) {
    Map<Long, T> more = new LinkedHashMap<>(map);
    more.put(id, value);
    return more;
  }

  private static <T> Map<Long, T> minus(Map<Long, T> map, long id) {
    Map<Long, T> less = new LinkedHashMap<>(map);
    less.remove(id);
    return less;
  }

  BranchState withIds(IdCounters newIds) {
    return new BranchState(
        position, last, next, hash, newIds, identities, content, closed, interval);
  }

  BranchState withIdentities(IdentityCounters newIdentities) {
    return new BranchState(
        position, last, next, hash, ids, newIdentities, content, closed, interval);
  }

  BranchState sealed(LastSeal seal) {
    Map<Long, TableState> newTables = new LinkedHashMap<>();
    tables().forEach((id, table) -> newTables.put(id, table.sealed(seal.address())));
    return with(new Content(newTables, views(), Optional.of(seal), false, Optional.empty()));
  }

  BranchState reset(BranchState target) {
    return new BranchState(
        position,
        last,
        next,
        hash,
        ids,
        identities,
        target.content,
        closed,
        interval.after(target.interval));
  }

  /** The same tables and views as changes on top of another commit. */
  BranchState softReset(BranchState target, Position frame) {
    Map<Long, TableState> newTables = new LinkedHashMap<>();
    tables()
        .forEach(
            (id, table) ->
                newTables.put(
                    id, table.onTopOf(Optional.ofNullable(target.tables().get(id)), frame)));
    return with(new Content(newTables, views(), target.lastSeal(), true, pending()));
  }

  BranchState withPending(PendingMerge merge) {
    return with(new Content(tables(), views(), lastSeal(), true, Optional.of(merge)));
  }

  BranchState closedNow() {
    return new BranchState(position, last, next, hash, ids, identities, content, true, interval);
  }

  BranchState at(FrameAddress address, FrameAddress newNext, byte[] newHash, Interval newInterval) {
    return new BranchState(
        new Position(address.branchId(), address.frame()),
        Optional.of(address),
        newNext,
        newHash,
        ids,
        identities,
        content,
        closed,
        newInterval);
  }

  /** The same state with one table's content in other trees. */
  public BranchState relaid(TableState table) {
    return with(content.withTables(plus(tables(), table.id(), table)));
  }

  /** The same state as a checkpoint holds it: trees in packs, nothing between. */
  BranchState stored(Map<Long, TableState> storedTables) {
    return new BranchState(
        position,
        last,
        next,
        hash,
        ids,
        identities,
        content.withTables(storedTables),
        closed,
        Interval.NONE);
  }
}
