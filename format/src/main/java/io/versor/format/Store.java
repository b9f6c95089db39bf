package io.versor.format;

import io.versor.format.io.Guard;
import io.versor.format.io.ObjectStore;
import io.versor.format.log.FrameAddress;
import io.versor.format.record.Record;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.BranchName;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.CommitLocation;
import io.versor.format.ref.LockKeys;
import io.versor.format.ref.Refs;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootStore;
import io.versor.format.ref.Start;
import io.versor.format.ref.StoreId;
import io.versor.format.ref.TagEntry;
import io.versor.format.ref.TagName;
import io.versor.format.table.BranchState;
import io.versor.format.table.FrameDraft;
import io.versor.format.table.LastSeal;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.PackSink;
import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkTree;
import io.versor.format.tree.TreeFolder;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store: branches of tables of tensors, and every version of them. Knows no SQL.
 *
 * <p>Thread-safe; any number of processes may have the same store open. Every change is durable
 * when the call returns, and an error leaves the store as it was, {@code OUTCOME_UNKNOWN} apart.
 */
public final class Store implements AutoCloseable {
  /** The branch a new store has. */
  public static final String MAIN = "main";

  /** A file that nobody has written to for so long belongs to nobody. */
  private static final Duration LONGEST_WRITE = Duration.ofDays(1);

  private static final long DROP_TIMEOUT_MILLIS = 60_000;

  private final Core core;
  private final Revisions revisions;

  private Store(Core core) {
    this.core = core;
    this.revisions = new Revisions(core);
  }

  /**
   * Opens a store, which closes {@code objects} in the end.
   *
   * @throws StoreException {@code NOT_A_STORE} where none is and none shall be made; {@code
   *     CORRUPT}, {@code VERSION_TOO_NEW}
   */
  public static Store open(ObjectStore objects, StoreOptions options) throws StoreException {
    RootStore roots = new RootStore(objects);
    if (!roots.exists() && options.create() && !options.readOnly() && !objects.readOnly()) {
      List<String> others = objects.list("");
      if (!others.isEmpty() && !roots.exists()) {
        throw new StoreException(
            Code.NOT_A_STORE,
            objects.display()
                + " is not a Versor store and not empty (it holds "
                + others.get(0)
                + "); name an empty or new directory to make one");
      }
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, options.clock().instant());
      roots.create(
          Refs.createBranch(
              Root.empty(StoreId.random(), now), new BranchName(MAIN), Optional.empty()));
    }
    Store store = new Store(new Core(objects, options, roots));
    if (!store.readOnly()) {
      sweep(objects);
    }
    return store;
  }

  /** Removes what processes left behind that died in the middle of writing a file. */
  private static void sweep(ObjectStore objects) throws StoreException {
    try {
      objects.sweepUnfinished(Instant.now().minus(LONGEST_WRITE)); // files have the system's time
    } catch (StoreException e) {
      if (e.code() != Code.READ_ONLY && e.code() != Code.IO) {
        throw e;
      }
      // Who may not remove files here can still read; a writer will sweep.
    }
  }

  /** Where the store is, for messages. */
  public String display() {
    return core.objects.display();
  }

  public boolean readOnly() {
    return core.options.readOnly() || core.objects.readOnly();
  }

  // --- branches and tags

  /** All branches, oldest first. */
  public List<Branch> branches() throws StoreException {
    Root root = core.roots.current();
    List<Branch> all = new ArrayList<>();
    for (BranchEntry entry : root.branches()) {
      if (entry.name().isPresent()) {
        all.add(branch(root, entry));
      }
    }
    return all;
  }

  /** The branch with this name, else the one that differs from it only in case. */
  public Branch branch(String name) throws StoreException {
    Root root = core.roots.current();
    return branch(root, entry(root, name));
  }

  public Optional<Branch> findBranch(String name) throws StoreException {
    Root root = core.roots.current();
    Optional<BranchEntry> entry = root.findBranchIgnoringCase(name);
    return entry.isEmpty() ? Optional.empty() : Optional.of(branch(root, entry.get()));
  }

  /** What the branch with this id is called now; empty once it is dropped. */
  public Optional<String> findBranchName(long id) throws StoreException {
    return core.roots.current().findBranch(id).flatMap(BranchEntry::name).map(BranchName::value);
  }

  private static BranchEntry entry(Root root, String name) throws StoreException {
    Optional<BranchEntry> similar = root.findBranchIgnoringCase(name);
    return similar.isPresent() ? similar.get() : root.branch(name);
  }

  private Branch branch(Root root, BranchEntry entry) throws StoreException {
    Optional<BranchEntry> parent =
        entry.start().flatMap(start -> root.findBranch(start.position().branchId()));
    return new Branch(
        entry.name().map(BranchName::value).orElse("#" + entry.id()),
        entry.id(),
        core.live(entry.id()).refresh().lastSeal().map(LastSeal::id),
        parent.flatMap(BranchEntry::name).map(BranchName::value),
        entry.start().flatMap(Start::head));
  }

  private LiveBranch live(String branch) throws StoreException {
    return core.live(entry(core.roots.current(), branch).id());
  }

  /**
   * Makes a branch: one swap of the root.
   *
   * @throws StoreException {@code REF_EXISTS}, {@code INVALID_NAME}, {@code NO_SUCH_REF}
   */
  public Branch createBranch(String name, BranchStart start) throws StoreException {
    core.checkWritable();
    BranchName checked = BranchName.parse(name);
    Optional<Start> from = startOf(start);
    Root root = core.roots.update(now -> Refs.createBranch(now, checked, from));
    return branch(root, root.branch(checked.value()));
  }

  private Optional<Start> startOf(BranchStart start) throws StoreException {
    if (start instanceof BranchStart.OfCommit commit) {
      CommitLocation found = revisions.locate(commit.commit());
      core.live(found.seal().branchId()).force(found.seal().frame());
      return Optional.of(new Start(found.seal(), Optional.of(found.id())));
    }
    if (start instanceof BranchStart.WithChanges changes) {
      Root root = core.roots.current();
      BranchEntry entry = entry(root, changes.branch());
      BranchState state = core.live(entry.id()).refresh();
      if (state.last().isEmpty()) {
        return entry.start(); // nothing was ever written to it
      }
      core.live(entry.id()).force(state.position().frame());
      return Optional.of(new Start(state.last().get(), state.lastSeal().map(LastSeal::id)));
    }
    return Optional.empty();
  }

  /**
   * Takes a branch away; its commits stay readable by id.
   *
   * @throws StoreException {@code NO_SUCH_REF}; {@code WRONG_STATE} when something would get lost
   *     and {@code mode} does not allow it
   */
  public void dropBranch(String name, DropMode mode) throws StoreException {
    core.checkWritable();
    Guard lock = core.objects.lock(LockKeys.DROP, DROP_TIMEOUT_MILLIS);
    try {
      Root root = core.roots.current();
      BranchEntry entry = entry(root, name);
      if (root.branchNames().size() == 1) {
        throw new StoreException(
            Code.WRONG_STATE, entry.display() + " is the only branch; a store keeps at least one");
      }
      close(root, entry, mode, Optional.empty());
      core.roots.update(now -> without(now, entry));
    } finally {
      lock.close();
    }
  }

  /** By its id, since another may have renamed it, or given its name to a new one. */
  private static Root without(Root now, BranchEntry entry) throws StoreException {
    Optional<BranchName> name = now.findBranch(entry.id()).flatMap(BranchEntry::name);
    if (name.isEmpty()) {
      throw new StoreException(
          Code.NO_SUCH_REF, entry.display() + " was dropped by someone else meanwhile");
    }
    return Refs.dropBranch(now, name.get().value());
  }

  /**
   * Gives the name of a branch to a new one, in one step. The old one's commits stay readable by
   * id.
   *
   * @throws StoreException {@code NO_SUCH_REF}; {@code WRONG_STATE} when something would get lost
   *     that the new one does not reach, and {@code mode} does not allow it
   */
  public Branch replaceBranch(String name, BranchStart start, DropMode mode) throws StoreException {
    core.checkWritable();
    BranchName checked = BranchName.parse(name);
    Guard lock = core.objects.lock(LockKeys.DROP, DROP_TIMEOUT_MILLIS);
    try {
      Root root = core.roots.current();
      BranchEntry entry = entry(root, name);
      Optional<Start> from = startOf(start);
      close(root, entry, mode, from);
      Root after = core.roots.update(now -> Refs.createBranch(without(now, entry), checked, from));
      return branch(after, after.branch(checked.value()));
    } finally {
      lock.close();
    }
  }

  /**
   * Nobody writes to it from now on. What is written while it is looked through is looked at, too.
   *
   * @param successor where the branch starts that takes this one's name
   */
  private void close(Root root, BranchEntry entry, DropMode mode, Optional<Start> successor)
      throws StoreException {
    LiveBranch live = core.live(entry.id());
    boolean closed = false;
    while (!closed) {
      BranchState seen = live.refresh();
      if (mode == DropMode.REFUSE_UNMERGED) {
        refuseLoss(root, entry, seen, successor);
      }
      // Closed already: somebody died, or failed, between this append and the change of the root.
      closed =
          !entry.hasLog()
              || seen.closed()
              || live.append(
                      (branch, head) ->
                          mode == DropMode.FORCE || head.last().equals(seen.last())
                              ? Optional.of(
                                  FrameDraft.of(
                                      core.history, branch, head, List.of(new Record.Closed())))
                              : Optional.empty())
                  .closed();
    }
  }

  private void refuseLoss(
      Root root, BranchEntry entry, BranchState state, Optional<Start> successor)
      throws StoreException {
    String hint = "; commit and merge it first, or drop it with FORCE";
    if (hasChanges(state)) {
      throw new StoreException(
          Code.WRONG_STATE, entry.display() + " has uncommitted changes" + hint);
    }
    if (state.lastSeal().isEmpty()) {
      return;
    }
    FrameAddress head = state.lastSeal().get().address();
    List<FrameAddress> others = new ArrayList<>(revisions.tips(root, entry.id()));
    if (successor.isPresent() && successor.get().head().isPresent()) {
      others.add(revisions.locate(successor.get().head().get()).seal());
    }
    for (FrameAddress other : others) {
      if (revisions.isAncestor(head, other)) {
        return;
      }
    }
    throw new StoreException(
        Code.WRONG_STATE,
        entry.display() + " has commits that no other branch or tag reaches" + hint);
  }

  /** Gives a branch another name. */
  public Branch renameBranch(String from, String to) throws StoreException {
    core.checkWritable();
    BranchName checked = BranchName.parse(to);
    String exact = entry(core.roots.current(), from).name().orElseThrow().value();
    Root root = core.roots.update(now -> Refs.renameBranch(now, exact, checked));
    return branch(root, root.branch(checked.value()));
  }

  /** All tags, oldest first. */
  public List<Tag> tags() throws StoreException {
    return core.roots.current().tags().stream().map(Store::tag).toList();
  }

  private static Tag tag(TagEntry entry) {
    return new Tag(
        entry.name().value(),
        entry.commit(),
        entry.message(),
        Instant.EPOCH.plus(entry.atMicros(), ChronoUnit.MICROS),
        entry.tagger());
  }

  /** Names a commit for good. */
  public Tag createTag(String name, CommitId commit, Optional<String> message, String tagger)
      throws StoreException {
    core.checkWritable();
    Transaction.checkLength("the message of a tag", message.orElse(""), TagEntry.MAX_MESSAGE_BYTES);
    Transaction.checkLength("the tagger of a tag", tagger, TagEntry.MAX_TAGGER_BYTES);
    CommitLocation found = revisions.locate(commit);
    core.live(found.seal().branchId()).force(found.seal().frame());
    TagEntry entry =
        new TagEntry(TagName.parse(name), commit, found.seal(), message, tagger, core.nowMicros());
    core.roots.update(now -> Refs.createTag(now, entry));
    return tag(entry);
  }

  /** Takes a tag away; the commit stays. */
  public void dropTag(String name) throws StoreException {
    core.checkWritable();
    Optional<TagEntry> similar = core.roots.current().findTagIgnoringCase(name);
    String exact = similar.map(tag -> tag.name().value()).orElse(name);
    core.roots.update(now -> Refs.dropTag(now, exact));
  }

  // --- versions

  /** What a branch is now, uncommitted changes included. Cheap; call it for every statement. */
  public Snapshot head(String branch) throws StoreException {
    Root root = core.roots.current();
    BranchEntry entry = entry(root, branch);
    return new Snapshot(core, core.live(entry.id()).refresh(), entry.display());
  }

  /** A commit's state. */
  public Snapshot at(CommitId id) throws StoreException {
    return revisions.snapshot(revisions.locate(id));
  }

  /** What a commit says of itself. */
  public Commit commit(CommitId id) throws StoreException {
    return revisions.commit(revisions.locate(id).seal());
  }

  /**
   * The state a revision names: {@code main}, {@code main~2}, {@code v1.0}, {@code 3f9c21}, {@code
   * HEAD}, {@code WORKING}, {@code dog_flipped:WORKING}.
   *
   * @param currentBranch what {@code HEAD} and {@code WORKING} are of
   */
  public Snapshot resolve(String revision, String currentBranch) throws StoreException {
    Optional<String> working = revisions.workingBranch(revision, currentBranch);
    return working.isPresent()
        ? head(working.get())
        : revisions.snapshot(revisions.locate(revision, currentBranch));
  }

  /** The commit a revision names; {@code WRONG_STATE} for an uncommitted state. */
  public Commit resolveCommit(String revision, String currentBranch) throws StoreException {
    return revisions.commit(revisions.locate(revision, currentBranch).seal());
  }

  /**
   * What a branch's last commit was, one after the other, newest first: commits, merges, and resets
   * to other commits. Reads the branch's log from end to end.
   */
  public List<RefMove> reflog(String branch) throws StoreException {
    BranchEntry entry = entry(core.roots.current(), branch);
    core.live(entry.id()).refresh();
    return new RefMoves(core, revisions).of(entry);
  }

  /** Commits from one back along first parents. */
  public CommitCursor log(CommitId from) throws StoreException {
    return revisions.log(revisions.locate(from).seal());
  }

  /** Commits that {@code to} reaches and {@code from} does not, newest first. */
  public CommitCursor log(CommitId from, CommitId to) throws StoreException {
    return revisions.range(revisions.locate(from).seal(), revisions.locate(to).seal());
  }

  /** Whether a commit is another one, or reached from it through its parents. */
  public boolean isAncestor(CommitId older, CommitId newer) throws StoreException {
    return revisions.isAncestor(revisions.locate(older).seal(), revisions.locate(newer).seal());
  }

  /**
   * The nearest common ancestor of two commits; after mutual merges there may be several, of which
   * this is one. Empty when they have nothing in common.
   */
  public Optional<Commit> mergeBase(CommitId a, CommitId b) throws StoreException {
    List<FrameAddress> bases =
        new MergeBases(core)
            .nearest(List.of(revisions.locate(a).seal()), revisions.locate(b).seal());
    return bases.isEmpty() ? Optional.empty() : Optional.of(revisions.commit(bases.get(0)));
  }

  /** Every commit that a branch or tag reaches, newest first. */
  public CommitCursor allCommits() throws StoreException {
    return revisions.all();
  }

  /**
   * Whether a branch differs from its last commit; writing something and taking it back does not.
   */
  public boolean hasChanges(String branch) throws StoreException {
    return hasChanges(live(branch).refresh());
  }

  private boolean hasChanges(BranchState state) throws StoreException {
    return state.pending().isPresent() || (state.changed() && !Changes.of(core, state).isEmpty());
  }

  /** What differs between two states, of whichever branches. */
  public Diff diff(Snapshot from, Snapshot to) {
    return new Diff(core, from.state(), to.state());
  }

  /**
   * Every version of every row of a table, along first parents, newest commit first. The table is
   * followed by its id, also where it had another name or was dropped in between.
   *
   * @param at its last commit is where to begin
   */
  public TableVersions.Cursor versions(Snapshot at, long tableId) {
    return new TableHistory(core, revisions, tableId, at.state().lastSeal().map(LastSeal::address));
  }

  /**
   * The commits along first parents that touched a table, newest first.
   *
   * @param at its last commit is where to begin
   */
  public TableStep.Cursor steps(Snapshot at, long tableId) {
    Optional<FrameAddress> newest = at.state().lastSeal().map(LastSeal::address);
    return new TableHistory(core, revisions, tableId, newest)::step;
  }

  /**
   * What rows were at commits along first parents: each commit that changed one of them, newest
   * first. Costs a few reads for each version, whatever other commits there are.
   *
   * @param at its last commit is where to begin
   * @param rowIds few; rows that were never there are left out
   */
  public List<RowVersion> versions(Snapshot at, long tableId, long[] rowIds) throws StoreException {
    Optional<LastSeal> newest = at.state().lastSeal();
    List<RowVersion> versions = new ArrayList<>();
    if (newest.isEmpty()) {
      return versions;
    }
    RowHistory history = new RowHistory(core, tableId);
    for (long rowId : rowIds) {
      for (RowHistory.Version version : history.versions(newest.get().address(), rowId)) {
        Optional<Instant> until =
            version.until().isEmpty()
                ? Optional.empty()
                : Optional.of(revisions.commit(version.until().get()).committedAt());
        versions.add(new RowVersion(rowId, revisions.commit(version.commit()), until));
      }
    }
    versions.sort(
        Comparator.comparing((RowVersion version) -> version.commit().committedAt()).reversed());
    return versions;
  }

  /**
   * The commit that last set a cell of a row that is live at the last commit of {@code at}: of a
   * merge, the one that it took the cell from. Empty when the row is not there.
   */
  public Optional<Commit> blame(Snapshot at, long tableId, long columnId, long rowId)
      throws StoreException {
    Optional<LastSeal> newest = at.state().lastSeal();
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    Optional<TableState> table =
        Optional.ofNullable(core.history.at(newest.get().address()).tables().get(tableId));
    if (table.isEmpty() || table.get().rows().findLiveSlot(rowId).isEmpty()) {
      return Optional.empty();
    }
    FrameAddress found =
        new RowHistory(core, tableId).blame(newest.get().address(), rowId, columnId);
    return Optional.of(revisions.commit(found));
  }

  // --- changes

  /** Begins a transaction on what the branch is now. */
  public Transaction begin(String branch) throws StoreException {
    core.checkWritable();
    BranchEntry entry = entry(core.roots.current(), branch);
    LiveBranch live = core.live(entry.id());
    return new Transaction(core, live, live.refresh(), entry.display());
  }

  /**
   * Commits what a branch is now: one append, one sync.
   *
   * @throws StoreException {@code NOTHING_TO_COMMIT}
   */
  public Commit commitVersion(String branch, CommitRequest request) throws StoreException {
    try (Transaction transaction = begin(branch)) {
      return transaction.commitVersion(request);
    }
  }

  /** Drops uncommitted changes. */
  public void resetBranch(String branch) throws StoreException {
    core.checkWritable();
    LiveBranch live = live(branch);
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

  /**
   * Resets a branch to any commit; the commits it leaves behind stay readable by their ids.
   *
   * @param revision {@code HEAD} and the like count from the branch
   * @return the commit that is the branch's last one now
   */
  public Commit resetBranch(String branch, String revision, ResetMode mode, String author)
      throws StoreException {
    core.checkWritable();
    BranchEntry entry = entry(core.roots.current(), branch);
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

  /**
   * Makes a table what it was at a commit: columns, names, rows and cells; rows that are there keep
   * their places. An uncommitted change like any.
   *
   * @throws StoreException {@code NO_SUCH_TABLE} when the commit does not have it; {@code
   *     TABLE_EXISTS} when another table has its name now
   */
  public void restoreTable(String branch, String table, String revision) throws StoreException {
    core.checkWritable();
    BranchEntry entry = entry(core.roots.current(), branch);
    CommitLocation source =
        revisions.locate(revision, entry.name().map(BranchName::value).orElse(branch));
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
                List<Record> records = merger.restored(head, wanted, sink);
                if (records.isEmpty()) {
                  return Optional.empty();
                }
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

  /**
   * Brings what another revision changed since the nearest common commit into a branch, as one new
   * commit with both parents.
   *
   * @throws StoreException {@code MERGE_CONFLICT} with the conflicts; {@code WRONG_STATE} when the
   *     target has uncommitted changes
   */
  public MergeResult merge(MergeRequest request) throws StoreException {
    core.checkWritable();
    return new Merger(core, revisions)
        .merge(request, entry(core.roots.current(), request.target()));
  }

  /** What {@link #merge} would do. Writes nothing. */
  public MergePreview previewMerge(MergeRequest request) throws StoreException {
    return new Merger(core, revisions)
        .preview(request, entry(core.roots.current(), request.target()));
  }

  /**
   * Takes the changes of a commit back, as one new commit.
   *
   * @throws StoreException {@code MERGE_CONFLICT} where the branch has changed the same since;
   *     {@code NOTHING_TO_COMMIT} where nothing of it is left; {@code WRONG_STATE} when the branch
   *     has uncommitted changes, or the commit several parents and none is named
   */
  public MergeResult revert(PickRequest request) throws StoreException {
    core.checkWritable();
    return new Merger(core, revisions)
        .revert(request, entry(core.roots.current(), request.branch()));
  }

  /**
   * Makes the changes of a commit on another branch, as one new commit.
   *
   * @throws StoreException as {@link #revert}
   */
  public MergeResult cherryPick(PickRequest request) throws StoreException {
    core.checkWritable();
    return new Merger(core, revisions)
        .cherryPick(request, entry(core.roots.current(), request.branch()));
  }

  /** Writes a checkpoint of a branch now. Changes no version. */
  public void checkpoint(String branch) throws StoreException {
    core.checkWritable();
    core.checkpointer.run(live(branch));
  }

  /**
   * Lays a table's samples out anew, as far as that is worth it: small chunks and cells written
   * over chunks come to lie in full chunks. Changes no version: what the branch is now is read from
   * there on, older versions from where they were. A branch that was never written to keeps the
   * layout of its start.
   *
   * @throws StoreException {@code NO_SUCH_TABLE}; {@code REF_MOVED} when checkpoints of other
   *     writers got in the way
   */
  public OptimizeResult optimize(String branch, long tableId) throws StoreException {
    core.checkWritable();
    LiveBranch live = live(branch);
    long before = chunks(head(branch), tableId);
    core.checkpointer.run(
        live,
        (state, sink) -> {
          TableState table = state.tables().get(tableId);
          return table == null ? state : state.relaid(folded(table, sink));
        });
    return new OptimizeResult(before, chunks(head(branch), tableId));
  }

  private static long chunks(Snapshot snapshot, long tableId) throws StoreException {
    Optional<TableSnapshot> table = snapshot.findTable(tableId);
    if (table.isEmpty()) {
      throw new StoreException(
          Code.NO_SUCH_TABLE,
          snapshot.display() + " has no table with id " + Long.toHexString(tableId));
    }
    long chunks = 0;
    for (Column column : table.get().schema().columns()) {
      chunks += table.get().info(column.id()).chunks();
    }
    return chunks;
  }

  private TableState folded(TableState table, PackSink sink) throws StoreException {
    Map<Long, ChunkTree> columns = new LinkedHashMap<>();
    for (Column column : table.schema().columns()) {
      ChunkTree samples = table.columns().get(column.id());
      columns.put(
          column.id(), TreeFolder.fold(samples, column.type(), sink, core.chunks, core.allocator));
    }
    return table.withTrees(table.rows(), columns);
  }

  @Override
  public void close() throws StoreException {
    core.close();
  }

  /**
   * Bytes of samples, trees and checkpoints looked at so far, by page of 64 KiB: what a cold read
   * costs, whatever the system has in memory.
   */
  public long checkedBytes() {
    return core.packs.checkedBytes();
  }

  /** For tests of invariants that no user sees. */
  Seal seal(CommitId id) throws StoreException {
    return core.history.seal(revisions.locate(id).seal());
  }
}
