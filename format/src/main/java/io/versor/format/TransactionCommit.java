package io.versor.format;

import io.versor.format.record.PendingMerge;
import io.versor.format.record.Record;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CommitId;
import io.versor.format.table.BranchState;
import io.versor.format.table.FrameDraft;
import io.versor.format.table.LastSeal;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.TableState;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The end of a transaction: its writes go behind what others wrote to the branch meanwhile, unless
 * they leave no room for them. Used once, by one thread.
 */
final class TransactionCommit {
  private final Core core;
  private final PendingWrites writes;

  /** What gave the records their last ids, if others wrote to the branch first. */
  private Optional<Rebase> rebase = Optional.empty();

  TransactionCommit(PendingWrites writes) {
    this.core = writes.core;
    this.writes = writes;
  }

  /** Makes the writes visible; see {@link Transaction#commit}. */
  void commit() throws StoreException {
    writes.spool.finish();
    append((entry, head) -> Optional.of(draft(entry, head)));
  }

  private BranchState append(LiveBranch.Plan plan) throws StoreException {
    BranchState after = writes.branch.append(plan);
    core.appended(writes.branch, after.interval().due());
    return after;
  }

  /** Makes the writes visible, and a commit of them; see {@link Transaction#commitVersion}. */
  Commit commitVersion(CommitRequest request, Optional<CommitOrigin> origin) throws StoreException {
    Optional<CommitId> mergedFrom = origin.flatMap(CommitOrigin::mergedFrom);
    Optional<Seal.Parent> merged =
        mergedFrom.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Seal.Parent(
                    mergedFrom.get(), new Revisions(core).locate(mergedFrom.get()).seal()));
    long now = origin.isPresent() ? micros(origin.get().committedAt()) : core.nowMicros();
    CommitTexts.check(request.message(), request.author());
    writes.spool.finish();
    BranchState after =
        append(
            (entry, head) -> {
              FrameDraft draft = draft(entry, head);
              Changes changes = Changes.of(core, draft.state());
              Optional<PendingMerge> pending = draft.state().pending();
              if (pending.isPresent()) {
                refuseConflicts(draft.state(), pending.get());
              }
              Optional<Seal.Parent> second = merged.or(() -> pending.flatMap(PendingMerge::parent));
              if (changes.isEmpty() && second.isEmpty() && !request.allowEmpty()) {
                throw new StoreException(
                    Code.NOTHING_TO_COMMIT,
                    writes.display
                        + ": nothing has changed since the last commit; ALLOW EMPTY commits"
                        + " nevertheless");
              }
              return Optional.of(
                  draft.sealed(
                      new FrameDraft.SealFields(
                          second.isEmpty() ? Optional.empty() : Optional.of(lastSeal(second.get())),
                          request.author(),
                          now,
                          request.message().or(() -> pending.flatMap(PendingMerge::message)),
                          changes.summary(),
                          request.properties())));
            });
    return new Revisions(core).commit(after.lastSeal().orElseThrow().address());
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private LastSeal lastSeal(Seal.Parent parent) throws StoreException {
    return LastSeal.of(core.history.seal(parent.seal()), parent.seal());
  }

  private void refuseConflicts(BranchState state, PendingMerge pending) throws StoreException {
    if (pending.conflicts().isEmpty()) {
      return;
    }
    PendingMerge.Conflicts first = pending.conflicts().get(0);
    TableState table = state.tables().get(first.tableId());
    String column =
        first.columnId() == 0
            ? ""
            : table
                .schema()
                .findColumn(first.columnId())
                .map(each -> ", column " + each.name())
                .orElse("");
    throw new StoreException(
        Code.WRONG_STATE,
        writes.display
            + " has "
            + Merger.describe(pending)
            + " (the first: table "
            + table.schema().name()
            + ", row "
            + Long.toUnsignedString(first.rows().toArray()[0])
            + column
            + ")");
  }

  /** What is to follow {@code head}, unless others wrote there what leaves no room for it. */
  private FrameDraft draft(BranchEntry entry, BranchState head) throws StoreException {
    if (head.position().equals(writes.base.position())) {
      return FrameDraft.of(core.history, entry, head, writes.records());
    }
    List<Record> theirs = core.history.recordsBetween(writes.base, head);
    WriteSet written = WriteSet.ofOlder(writes.records(), writes.base.ids());
    WriteSet writtenByThem = WriteSet.of(theirs);
    Optional<String> clash = written.clash(writtenByThem);
    if (clash.isPresent()) {
      written
          .drawnBy(writtenByThem)
          .ifPresent(
              taken ->
                  writes.numbers.leaveRoom(
                      writes.schemas().tables().values(), taken.columnId(), head, writtenByThem));
      throw overtaken(clash.get());
    }
    Rebase onto = new Rebase(writes.base, head, writes.display);
    rebase = Optional.of(onto);
    List<Record> moved = onto.apply(writes.records());
    FrameDraft draft = FrameDraft.of(core.history, entry, head, moved);
    try {
      new MergeChecks(core, writes.display, head, draft.state()).checkKeys(moved, theirs);
    } catch (StoreException e) {
      throw e.code() == Code.NOT_UNIQUE ? overtaken(e.getMessage()) : e;
    }
    return draft;
  }

  private StoreException overtaken(String how) {
    return new StoreException(
        Code.REF_MOVED, writes.display + ": another writer was faster: " + how + "; try again");
  }

  /** The id that a row has in the store, by the one that it had before. */
  long rowId(long rowId) throws StoreException {
    return rebase.isEmpty() ? rowId : rebase.get().row(rowId);
  }
}
