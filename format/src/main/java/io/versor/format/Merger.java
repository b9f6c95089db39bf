package io.versor.format;

import io.versor.format.change.CellCopier;
import io.versor.format.change.Conflict;
import io.versor.format.change.Strategy;
import io.versor.format.change.TableMerge;
import io.versor.format.log.FrameAddress;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.BranchName;
import io.versor.format.ref.CommitLocation;
import io.versor.format.table.BranchState;
import io.versor.format.table.FrameDraft;
import io.versor.format.table.LastSeal;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.PackSink;
import io.versor.format.table.TableState;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Merges a revision into a branch. Used by one thread. */
final class Merger {
  /** Conflicts spelled out in an error; all of them are counted. */
  private static final int MAX_LISTED = 20;

  private final Core core;
  private final Revisions revisions;

  Merger(Core core, Revisions revisions) {
    this.core = core;
    this.revisions = revisions;
  }

  MergeResult merge(MergeRequest request, BranchEntry target) throws StoreException {
    LiveBranch live = core.live(target.id());
    CommitLocation source = revisions.locate(request.source(), nameOf(target));
    BranchState theirs = core.history.at(source.seal());
    core.live(source.seal().branchId()).force(source.seal().frame());
    if (request.dryRun()) {
      try (PackSink nowhere = new PackSink(core.packs)) {
        return preview(request, target, live.refresh(), source, theirs, nowhere);
      }
    }
    MergeResult[] result = new MergeResult[1];
    BranchState after =
        live.append(
            (entry, head) -> {
              try (PackSink sink = new PackSink(core.packs)) {
                Outcome outcome = outcome(request, entry, head, source, theirs, sink);
                result[0] = outcome.result();
                if (outcome.merge().isEmpty()) {
                  return Optional.empty();
                }
                refuseConflicts(request, outcome.merge().get());
                sink.finish();
                return Optional.of(
                    draft(request, entry, head, source, theirs, outcome.merge().get()));
              }
            });
    if (result[0].kind() == MergeResult.Kind.NOTHING_TO_MERGE) {
      return result[0];
    }
    core.appended(live, after.interval().due());
    MergeResult counts = result[0];
    return new MergeResult(
        MergeResult.Kind.MERGED,
        Optional.of(revisions.commit(after.lastSeal().orElseThrow().address())),
        counts.conflicts(),
        counts.rowsAdded(),
        counts.rowsUpdated(),
        counts.rowsDeleted());
  }

  private static String nameOf(BranchEntry branch) {
    return branch.name().map(BranchName::value).orElse("#" + branch.id());
  }

  /** What a merge comes to; without a merge there is nothing to do. */
  private record Outcome(MergeResult result, Optional<TableMerge> merge) {}

  private MergeResult preview(
      MergeRequest request,
      BranchEntry target,
      BranchState head,
      CommitLocation source,
      BranchState theirs,
      PackSink nowhere)
      throws StoreException {
    return outcome(request, target, head, source, theirs, nowhere).result();
  }

  private Outcome outcome(
      MergeRequest request,
      BranchEntry target,
      BranchState head,
      CommitLocation source,
      BranchState theirs,
      PackSink sink)
      throws StoreException {
    if (head.changed() && !Changes.of(core, head).isEmpty()) {
      throw new StoreException(
          Code.WRONG_STATE,
          target.display()
              + " has uncommitted changes; commit them or reset the branch before merging into it");
    }
    Optional<FrameAddress> ours = head.lastSeal().map(LastSeal::address);
    Optional<FrameAddress> base =
        ours.isEmpty() ? Optional.empty() : revisions.mergeBase(ours.get(), source.seal());
    if (base.isPresent() && samePlace(base.get(), source.seal())) {
      return new Outcome(
          new MergeResult(MergeResult.Kind.NOTHING_TO_MERGE, Optional.empty(), List.of(), 0, 0, 0),
          Optional.empty());
    }
    Map<Long, TableState> before =
        base.isPresent() ? core.history.at(base.get()).tables() : Map.of();
    TableMerge merge =
        new TableMerge(
            core.chunks,
            core.allocator,
            strategy(request.strategy()),
            new CellCopier(core.chunks, core.allocator, sink));
    Set<Long> ids = new LinkedHashSet<>(theirs.tables().keySet());
    ids.addAll(before.keySet());
    for (long id : ids) {
      refuseName(head, theirs, id);
      merge.merge(
          Optional.ofNullable(before.get(id)),
          Optional.ofNullable(head.tables().get(id)),
          Optional.ofNullable(theirs.tables().get(id)));
    }
    List<MergeResult.Conflict> conflicts = merge.conflicts().stream().map(Merger::shown).toList();
    boolean stuck = !conflicts.isEmpty() && request.strategy() == MergeRequest.Strategy.FAIL;
    return new Outcome(
        new MergeResult(
            stuck ? MergeResult.Kind.CONFLICTS : MergeResult.Kind.WOULD_MERGE,
            Optional.empty(),
            conflicts,
            merge.rowsAdded(),
            merge.rowsUpdated(),
            merge.rowsDeleted()),
        Optional.of(merge));
  }

  private static boolean samePlace(FrameAddress a, FrameAddress b) {
    return a.branchId() == b.branchId() && a.frame() == b.frame();
  }

  private static Strategy strategy(MergeRequest.Strategy strategy) {
    return switch (strategy) {
      case FAIL -> Strategy.NONE;
      case OURS -> Strategy.OURS;
      case THEIRS -> Strategy.THEIRS;
    };
  }

  /** Two tables made under one name, here and there, are two tables. */
  private static void refuseName(BranchState head, BranchState theirs, long tableId)
      throws StoreException {
    TableState other = theirs.tables().get(tableId);
    if (other == null || head.tables().containsKey(tableId)) {
      return;
    }
    for (TableState mine : head.tables().values()) {
      if (mine.schema().name().equalsIgnoreCase(other.schema().name())
          && !theirs.tables().containsKey(mine.id())) {
        throw new StoreException(
            Code.MERGE_CONFLICT,
            "both sides made a table "
                + mine.schema().name()
                + ", and they are two tables; rename one of them before merging");
      }
    }
  }

  private static MergeResult.Conflict shown(Conflict conflict) {
    return new MergeResult.Conflict(
        conflict.table(), conflict.column(), conflict.rowId().orElse(0L), conflict.what());
  }

  private static void refuseConflicts(MergeRequest request, TableMerge merge)
      throws StoreException {
    List<Conflict> conflicts = merge.conflicts();
    if (conflicts.isEmpty() || request.strategy() != MergeRequest.Strategy.FAIL) {
      return;
    }
    String listed =
        conflicts.stream()
            .limit(MAX_LISTED)
            .map(Conflict::toString)
            .collect(Collectors.joining("; "));
    throw new StoreException(
        Code.MERGE_CONFLICT,
        "merging "
            + request.source()
            + " into "
            + request.target()
            + " meets "
            + conflicts.size()
            + (conflicts.size() == 1 ? " conflict: " : " conflicts: ")
            + listed
            + (conflicts.size() > MAX_LISTED ? "; and more" : "")
            + "; nothing was changed. USING OURS or USING THEIRS decides them");
  }

  private FrameDraft draft(
      MergeRequest request,
      BranchEntry entry,
      BranchState head,
      CommitLocation source,
      BranchState theirs,
      TableMerge merge)
      throws StoreException {
    FrameDraft draft = FrameDraft.of(core.history, entry, head, merge.records());
    Seal sourceSeal = core.history.seal(source.seal());
    String message =
        request.message().orElse("Merge " + request.source() + " into " + nameOf(entry));
    return draft.sealed(
        new FrameDraft.SealFields(
            Optional.of(LastSeal.of(sourceSeal, source.seal())),
            request.author(),
            core.nowMicros(),
            Optional.of(message),
            Changes.of(core, draft.state()).summary(),
            Map.of()));
  }
}
