package io.versor.format;

import io.versor.format.change.CellCopier;
import io.versor.format.change.Conflict;
import io.versor.format.change.Strategy;
import io.versor.format.change.TableMerge;
import io.versor.format.log.FrameAddress;
import io.versor.format.pack.PackId;
import io.versor.format.record.PendingMerge;
import io.versor.format.record.Record;
import io.versor.format.record.RowIds;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.BranchName;
import io.versor.format.ref.CommitLocation;
import io.versor.format.ref.Refs;
import io.versor.format.table.BranchState;
import io.versor.format.table.FrameDraft;
import io.versor.format.table.LastSeal;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.PackSink;
import io.versor.format.table.TableState;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings what changed between two states into a branch: merges, and the commits that repeat or take
 * back another one. Used by one thread.
 */
final class Merger {
  /** Conflicts spelled out in an error; all of them are counted. */
  private static final int MAX_LISTED = 20;

  private final Core core;
  private final Revisions revisions;
  private final MergeBases bases;

  Merger(Core core, Revisions revisions) {
    this.core = core;
    this.revisions = revisions;
    this.bases = new MergeBases(core);
  }

  // --- what is asked for

  /**
   * Changes to be brought into a branch.
   *
   * @param base where they are counted from
   * @param theirs what they lead to
   * @param theirCommit where that is; empty = the empty store
   * @param second the other parent of the commit, if it gets one
   * @param message of the commit
   * @param display for messages: {@code merging b into main}
   */
  private record Plan(
      MergeBases.Base base,
      BranchState theirs,
      Optional<FrameAddress> theirCommit,
      Optional<LastSeal> second,
      Optional<String> message,
      String author,
      MergeRequest.Strategy strategy,
      String display) {}

  /** Makes the plan once it is known what the branch is. */
  @FunctionalInterface
  private interface Planner {
    /** Empty when there is nothing to do. */
    Optional<Plan> plan(BranchState head) throws StoreException;
  }

  MergeResult merge(MergeRequest request, BranchEntry target) throws StoreException {
    CommitTexts.check(request.message(), request.author());
    CommitLocation source = source(request.source(), target);
    return run(target, head -> mergePlan(request, target, source, head), request.squash());
  }

  private Optional<Plan> mergePlan(
      MergeRequest request, BranchEntry target, CommitLocation source, BranchState head)
      throws StoreException {
    Optional<MergeBases.Base> base = bases.base(head, source);
    if (base.isEmpty()) {
      return Optional.empty();
    }
    Seal seal = core.history.seal(source.seal());
    return Optional.of(
        new Plan(
            base.get(),
            core.history.at(source.seal()),
            Optional.of(source.seal()),
            request.squash() ? Optional.empty() : Optional.of(LastSeal.of(seal, source.seal())),
            Optional.of(
                request.message().orElse("Merge " + request.source() + " into " + name(target))),
            request.author(),
            request.strategy(),
            "merging " + request.source() + " into " + name(target)));
  }

  MergeResult revert(PickRequest request, BranchEntry target) throws StoreException {
    CommitTexts.check(request.message(), request.author());
    CommitLocation commit = source(request.commit(), target);
    Optional<FrameAddress> with = Optional.of(commit.seal());
    Optional<FrameAddress> without = parent(request, commit);
    Optional<String> message =
        core.history.seal(commit.seal()).message().map(text -> revertOf(text, commit));
    Plan plan = plan(request, with, without, message, "reverting");
    return run(target, head -> Optional.of(plan), false);
  }

  /** A message with more around it may be longer than one can be. */
  private static String revertOf(String message, CommitLocation commit) {
    String text = "Revert \"" + message + "\"";
    return text.getBytes(StandardCharsets.UTF_8).length <= CommitRequest.MAX_MESSAGE_BYTES
        ? text
        : "Revert commit " + Revisions.shortened(commit.id());
  }

  MergeResult cherryPick(PickRequest request, BranchEntry target) throws StoreException {
    CommitTexts.check(request.message(), request.author());
    CommitLocation commit = source(request.commit(), target);
    Optional<FrameAddress> with = Optional.of(commit.seal());
    Optional<FrameAddress> without = parent(request, commit);
    Optional<String> message = core.history.seal(commit.seal()).message();
    Plan plan = plan(request, without, with, message, "picking");
    return run(target, head -> Optional.of(plan), false);
  }

  private Plan plan(
      PickRequest request,
      Optional<FrameAddress> base,
      Optional<FrameAddress> theirs,
      Optional<String> message,
      String verb)
      throws StoreException {
    return new Plan(
        new MergeBases.Base(state(base), base.stream().toList()),
        state(theirs),
        theirs,
        Optional.empty(),
        request.message().or(() -> message),
        request.author(),
        request.strategy(),
        verb + " " + request.commit() + " on " + request.branch());
  }

  private BranchState state(Optional<FrameAddress> commit) throws StoreException {
    return commit.isEmpty() ? MergeBases.empty() : core.history.at(commit.get());
  }

  /** Where the commit is. What is going to be named in a log is durable before. */
  private CommitLocation source(String revision, BranchEntry target) throws StoreException {
    CommitLocation source = revisions.locate(revision, name(target));
    Refs.refuseCondemned(core.roots.current(), source.seal()); // before packs of it are
    core.live(source.seal().branchId()).force(source.seal().frame());
    return source;
  }

  /** What a commit was made on; the empty store for a first one. */
  private Optional<FrameAddress> parent(PickRequest request, CommitLocation commit)
      throws StoreException {
    List<Seal.Parent> parents = core.history.seal(commit.seal()).parents();
    if (parents.size() > 1 && request.parent().isEmpty()) {
      throw new StoreException(
          Code.WRONG_STATE,
          "commit "
              + Revisions.shortened(commit.id())
              + " is a merge of "
              + parents.size()
              + " parents; say PARENT 1 to "
              + parents.size()
              + ", the one that its changes are counted from");
    }
    int ordinal = request.parent().orElse(1);
    if (request.parent().isPresent() && (ordinal < 1 || ordinal > parents.size())) {
      throw new StoreException(
          Code.NO_SUCH_REF,
          "commit "
              + Revisions.shortened(commit.id())
              + " has no parent "
              + ordinal
              + "; it has "
              + parents.size());
    }
    if (parents.isEmpty()) {
      return Optional.empty();
    }
    Optional<FrameAddress> left = core.kept().parent(commit.seal(), ordinal - 1);
    if (left.isEmpty()) {
      throw new StoreException(
          Code.WRONG_STATE,
          "what commit "
              + Revisions.shortened(commit.id())
              + " changed cannot be told any more: all before it has expired");
    }
    return left;
  }

  private static String name(BranchEntry branch) {
    return branch.name().map(BranchName::value).orElse("#" + branch.id());
  }

  // --- doing it

  /**
   * @param mayBeNothing whether changing nothing is a result; else it is an error
   */
  private MergeResult run(BranchEntry target, Planner planner, boolean mayBeNothing)
      throws StoreException {
    LiveBranch live = core.live(target.id());
    MergeResult[] result = {nothing()};
    BranchState after =
        live.append(
            (entry, head) -> {
              refuseChanges(entry, head);
              Optional<Plan> plan = planner.plan(head);
              if (plan.isEmpty()) {
                return Optional.empty();
              }
              try (PackSink sink = new PackSink(core.packs)) {
                TableMerge merge =
                    merged(plan.get(), head, new CellCopier(core.chunks, core.allocator, sink));
                refuseConflicts(plan.get(), merge);
                List<PackId> packs = sink.finish();
                Optional<FrameDraft> draft;
                try {
                  draft = draft(plan.get(), entry, head, merge, mayBeNothing);
                } catch (StoreException e) {
                  deleteAll(packs);
                  throw e;
                }
                if (draft.isEmpty()) {
                  deleteAll(packs);
                  return Optional.empty();
                }
                result[0] =
                    counted(
                        isKept(plan.get(), merge)
                            ? MergeResult.Kind.PENDING
                            : MergeResult.Kind.MERGED,
                        merge);
                return draft;
              }
            });
    MergeResult counts = result[0];
    if (counts.kind() == MergeResult.Kind.NOTHING_TO_MERGE) {
      return counts;
    }
    core.appended(live, after.interval().due());
    if (counts.kind() == MergeResult.Kind.PENDING) {
      return counts;
    }
    return new MergeResult(
        MergeResult.Kind.MERGED,
        Optional.of(revisions.commit(after.lastSeal().orElseThrow().address())),
        counts.conflicts(),
        counts.rowsAdded(),
        counts.rowsUpdated(),
        counts.rowsDeleted());
  }

  /** What to append; empty when nothing changes and that is a result. */
  private Optional<FrameDraft> draft(
      Plan plan, BranchEntry entry, BranchState head, TableMerge merge, boolean mayBeNothing)
      throws StoreException {
    List<Record> records = new ArrayList<>(merge.records());
    records.addAll(
        head.identities().catchUp(plan.theirs().identities(), plan.theirs().tables().values()));
    if (isKept(plan, merge)) {
      records.add(new Record.MergePending(pending(plan, merge.conflicts())));
    }
    FrameDraft draft = FrameDraft.of(core.history, entry, head, records);
    new MergeChecks(core, plan.display(), head, draft.state()).check(merge.records());
    if (isKept(plan, merge)) {
      return Optional.of(draft);
    }
    Changes changes = Changes.of(core, draft.state());
    if (changes.isEmpty() && plan.second().isEmpty()) {
      refuseNothing(plan, mayBeNothing);
      return Optional.empty();
    }
    return Optional.of(sealed(draft, plan, changes));
  }

  /** Nobody knows of them, and nobody will. */
  private void deleteAll(List<PackId> packs) throws StoreException {
    for (PackId pack : packs) {
      core.packs.delete(pack);
    }
  }

  private static MergeResult nothing() {
    return new MergeResult(MergeResult.Kind.NOTHING_TO_MERGE, Optional.empty(), List.of(), 0, 0, 0);
  }

  private static MergeResult counted(MergeResult.Kind kind, TableMerge merge) {
    return new MergeResult(
        kind,
        Optional.empty(),
        shown(merge.conflicts()),
        merge.rowsAdded(),
        merge.rowsUpdated(),
        merge.rowsDeleted());
  }

  private static List<MergeResult.Conflict> shown(List<Conflict> conflicts) {
    return conflicts.stream()
        .map(
            conflict ->
                new MergeResult.Conflict(
                    conflict.kind().words(),
                    conflict.table(),
                    conflict.column(),
                    conflict.rowId().orElse(0L),
                    conflict.what()))
        .toList();
  }

  private FrameDraft sealed(FrameDraft draft, Plan plan, Changes changes) throws StoreException {
    return draft.sealed(
        new FrameDraft.SealFields(
            plan.second(),
            plan.author(),
            core.nowMicros(),
            plan.message(),
            changes.summary(),
            Map.of()));
  }

  /** What a merge would do. Writes nothing at all. */
  MergePreview preview(MergeRequest request, BranchEntry target) throws StoreException {
    CommitLocation source = source(request.source(), target);
    BranchState head = core.live(target.id()).refresh();
    refuseChanges(target, head);
    Optional<Plan> plan = mergePlan(request, target, source, head);
    if (plan.isEmpty()) {
      return new MergePreview(
          MergePreview.Kind.NOTHING_TO_MERGE, List.of(), new Diff(core, head, head));
    }
    TableMerge merge = merged(plan.get(), head, CellCopier.inMemory(core.chunks, core.allocator));
    BranchState after = FrameDraft.preview(core.history, head, merge.records()).state();
    new MergeChecks(core, plan.get().display(), head, after).check(merge.records());
    boolean refused = refused(plan.get(), merge);
    return new MergePreview(
        refused
            ? MergePreview.Kind.CONFLICTS
            : isKept(plan.get(), merge) ? MergePreview.Kind.PENDING : MergePreview.Kind.WOULD_MERGE,
        shown(merge.conflicts()),
        new Diff(core, head, after));
  }

  private TableMerge merged(Plan plan, BranchState head, CellCopier copier) throws StoreException {
    TableMerge merge =
        new TableMerge(core.chunks, core.allocator, strategy(plan.strategy()), copier);
    merge.merge(plan.base().state(), head, plan.theirs());
    return merge;
  }

  private static Strategy strategy(MergeRequest.Strategy strategy) {
    return switch (strategy) {
      case FAIL, CONFLICTS -> Strategy.NONE;
      case OURS -> Strategy.OURS;
      case THEIRS -> Strategy.THEIRS;
    };
  }

  // --- what stands in the way

  private void refuseChanges(BranchEntry target, BranchState head) throws StoreException {
    if (head.pending().isPresent()) {
      throw new StoreException(
          Code.WRONG_STATE, target.display() + " has " + describe(head.pending().get()));
    }
    if (head.changed() && !Changes.of(core, head).isEmpty()) {
      throw new StoreException(
          Code.WRONG_STATE,
          target.display()
              + " has uncommitted changes; commit them or reset the branch before merging into it");
    }
  }

  /** For messages, with what to do. */
  static String describe(PendingMerge merge) {
    return "a merge with "
        + merge.rows()
        + " unresolved rows; resolve them and COMMIT VERSION, or RESET BRANCH to abort it";
  }

  private static void refuseNothing(Plan plan, boolean mayBeNothing) throws StoreException {
    if (!mayBeNothing) {
      throw new StoreException(
          Code.NOTHING_TO_COMMIT, plan.display() + " changes nothing; nothing was committed");
    }
  }

  private static boolean refused(Plan plan, TableMerge merge) {
    return switch (plan.strategy()) {
      case FAIL -> !merge.conflicts().isEmpty();
      case CONFLICTS -> merge.conflicts().stream().anyMatch(each -> !each.kind().canBeKept());
      case OURS, THEIRS -> false;
    };
  }

  private static boolean isKept(Plan plan, TableMerge merge) {
    return plan.strategy() == MergeRequest.Strategy.CONFLICTS && !merge.conflicts().isEmpty();
  }

  /** What the log keeps of conflicts: rows by kind and column. */
  private static PendingMerge pending(Plan plan, List<Conflict> conflicts) {
    record Group(long tableId, long columnId, PendingMerge.Kind kind) {}
    Map<Group, List<Long>> groups = new LinkedHashMap<>();
    for (Conflict conflict : conflicts) {
      Group group =
          new Group(conflict.tableId(), conflict.columnId().orElse(0L), kind(conflict.kind()));
      groups.computeIfAbsent(group, key -> new ArrayList<>()).add(conflict.rowId().orElseThrow());
    }
    List<PendingMerge.Conflicts> kept = new ArrayList<>();
    groups.forEach(
        (group, rows) ->
            kept.add(
                new PendingMerge.Conflicts(
                    group.tableId(),
                    group.columnId(),
                    group.kind(),
                    RowIds.of(rows.stream().mapToLong(Long::longValue).toArray()))));
    return new PendingMerge(
        plan.second().map(LastSeal::asParent),
        plan.base().commits(),
        plan.theirCommit(),
        plan.message(),
        kept);
  }

  private static PendingMerge.Kind kind(Conflict.Kind kind) {
    return switch (kind) {
      case MODIFIED -> PendingMerge.Kind.MODIFIED;
      case ADDED -> PendingMerge.Kind.ADDED;
      case DELETED_HERE -> PendingMerge.Kind.DELETED_HERE;
      case DELETED_THERE -> PendingMerge.Kind.DELETED_THERE;
      case KEY, SCHEMA, VIEW -> throw new IllegalStateException(kind + " is never kept");
    };
  }

  private static void refuseConflicts(Plan plan, TableMerge merge) throws StoreException {
    if (!refused(plan, merge)) {
      return;
    }
    List<Conflict> conflicts = merge.conflicts();
    String listed =
        conflicts.stream()
            .limit(MAX_LISTED)
            .map(Conflict::toString)
            .collect(Collectors.joining("; "));
    throw new StoreException(
        Code.MERGE_CONFLICT,
        plan.display()
            + " meets "
            + conflicts.size()
            + (conflicts.size() == 1 ? " conflict: " : " conflicts: ")
            + listed
            + (conflicts.size() > MAX_LISTED ? "; and more" : "")
            + "; nothing was changed. USING OURS or USING THEIRS decides them");
  }

  // --- one table

  /** The records that make a table what it is in another state. */
  List<Record> restored(BranchState head, TableState wanted, PackSink sink) throws StoreException {
    Optional<String> taken = Schemas.of(head).named(wanted.schema().name(), wanted.id());
    if (taken.isPresent()) {
      throw new StoreException(
          Code.TABLE_EXISTS,
          taken.get() + " has its name now; rename it before restoring the older table");
    }
    TableMerge merge =
        new TableMerge(
            core.chunks,
            core.allocator,
            Strategy.THEIRS,
            new CellCopier(core.chunks, core.allocator, sink));
    merge.replace(Optional.ofNullable(head.tables().get(wanted.id())), wanted);
    return merge.records();
  }
}
