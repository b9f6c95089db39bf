package io.versor.format;

import io.versor.format.record.Record;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.BranchName;
import io.versor.format.ref.CommitLocation;
import io.versor.format.ref.Refs;
import io.versor.format.table.BranchState;
import io.versor.format.table.FrameDraft;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.PackSink;
import io.versor.format.table.TableState;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Branches and tables that go back to what they were. Thread-safe. */
final class Resets {
  private final Core core;
  private final Revisions revisions;
  private final Branches branches;

  Resets(Core core, Revisions revisions, Branches branches) {
    this.core = core;
    this.revisions = revisions;
    this.branches = branches;
  }

  /** {@link Store#resetBranch(String)}. */
  void reset(String branch) throws StoreException {
    LiveBranch live = branches.live(branch);
    BranchState after =
        live.append(
            (entry, head) -> {
              if (!head.changed()) {
                return Optional.empty();
              }
              List<Record> records = new ArrayList<>();
              if (head.lastSeal().isPresent()) {
                records.add(new Record.Reset(head.lastSeal().get().address()));
              } else {
                head.tables().keySet().forEach(id -> records.add(new Record.TableDropped(id)));
                head.views().keySet().forEach(id -> records.add(new Record.ViewDropped(id)));
              }
              return Optional.of(FrameDraft.of(core.history, entry, head, records));
            });
    core.appended(live, after.interval().due());
  }

  /** {@link Store#resetBranch(String, String, ResetMode, String)}. */
  Commit reset(String branch, String revision, ResetMode mode, String author)
      throws StoreException {
    BranchEntry entry = Branches.entry(core.roots.current(), branch);
    CommitLocation target =
        revisions.locate(revision, entry.name().map(BranchName::value).orElse(branch));
    core.live(target.seal().branchId()).force(target.seal().frame());
    List<Record> records =
        List.of(
            mode == ResetMode.HARD
                ? new Record.Reset(target.seal())
                : new Record.SoftReset(target.seal()),
            new Record.Noted(
                core.nowMicros(), author, mode == ResetMode.HARD ? "reset hard" : "reset soft"));
    LiveBranch live = core.live(entry.id());
    BranchState after =
        live.append(
            (now, head) -> {
              if (mode == ResetMode.SOFT) {
                refusePending(now, head);
              }
              return Optional.of(FrameDraft.of(core.history, now, head, records));
            });
    core.appended(live, after.interval().due());
    return revisions.commit(target.seal());
  }

  /** {@link Store#restoreTable}. */
  void restoreTable(String branch, String table, String revision) throws StoreException {
    BranchEntry entry = Branches.entry(core.roots.current(), branch);
    CommitLocation source =
        revisions.locate(revision, entry.name().map(BranchName::value).orElse(branch));
    Refs.refuseCondemned(core.roots.current(), source.seal());
    core.live(source.seal().branchId()).force(source.seal().frame());
    Snapshot then = revisions.snapshot(source);
    TableState wanted =
        then.findTable(table)
            .orElseThrow(
                () ->
                    new StoreException(
                        Code.NO_SUCH_TABLE, then.display() + " has no table " + table))
            .state();
    Merger merger = new Merger(core, revisions);
    LiveBranch live = core.live(entry.id());
    BranchState after =
        live.append(
            (now, head) -> {
              refusePending(now, head);
              try (PackSink sink = new PackSink(core.packs)) {
                List<Record> records = new ArrayList<>(merger.restored(head, wanted, sink));
                if (records.isEmpty()) {
                  return Optional.empty();
                }
                records.addAll(
                    head.identities().catchUp(then.state().identities(), List.of(wanted)));
                sink.finish();
                return Optional.of(FrameDraft.of(core.history, now, head, records));
              }
            });
    core.appended(live, after.interval().due());
  }

  private static void refusePending(BranchEntry entry, BranchState head) throws StoreException {
    if (head.pending().isPresent()) {
      throw new StoreException(
          Code.WRONG_STATE, entry.display() + " has " + Merger.describe(head.pending().get()));
    }
  }
}
