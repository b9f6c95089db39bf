package io.versor.format;

import io.versor.format.check.Damage;
import io.versor.format.check.StoreCheck;
import io.versor.format.check.StoreRepair;
import io.versor.format.io.Guard;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.Scratch;
import io.versor.format.log.FrameAddress;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.BranchName;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.CommitLocation;
import io.versor.format.ref.Expiry;
import io.versor.format.ref.LockKeys;
import io.versor.format.ref.Refs;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootStore;
import io.versor.format.ref.StoreId;
import io.versor.format.ref.TagEntry;
import io.versor.format.ref.TagName;
import io.versor.format.table.BranchState;
import io.versor.format.table.LastSeal;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.TableState;
import io.versor.format.tree.ForeignChunks;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A store: branches of tables of tensors, and every version of them. Knows no SQL.
 *
 * <p>Thread-safe; any number of processes may have the same store open. Every change is durable
 * when the call returns, and an error leaves the store as it was, {@code OUTCOME_UNKNOWN} apart.
 */
public final class Store implements AutoCloseable {
  /** The branch a new store has. */
  public static final String MAIN = "main";

  /** Longer than a reader or writer takes, unless it is known that there is none. */
  public static final Duration VACUUM_AGE = Duration.ofDays(1);

  /** How long a check waits for garbage to be collected, which it must not meet. */
  private static final long CHECK_TIMEOUT_MILLIS = 60_000;

  /** A file that nobody has written to for so long belongs to nobody. */
  private static final Duration LONGEST_WRITE = Duration.ofDays(1);

  private final Core core;
  private final Revisions revisions;
  private final Branches branches;
  private final Resets resets;
  private final Imports imports;

  /** So that small statements that follow each other do not list all tables again. */
  private volatile @Nullable LastHead lastHead;

  private record LastHead(BranchEntry entry, WeakReference<Snapshot> snapshot) {}

  private Store(Core core) {
    this.core = core;
    this.revisions = new Revisions(core);
    this.branches = new Branches(core, revisions);
    this.resets = new Resets(core, revisions, branches);
    this.imports = new Imports(core, branches);
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
      store.imports.sweep();
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

  /** What its cache and the statements over it may take. */
  public MemoryBudget memory() {
    return core.options.memory();
  }

  /** For what a statement has no memory for. Caller closes, before the store. */
  public Scratch openScratch() throws StoreException {
    return core.objects.openScratch();
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
        core.unlessRemoved(entry.id(), live -> branches.branch(root, entry)).ifPresent(all::add);
      }
    }
    return all;
  }

  /** The branch with this name, else the one that differs from it only in case. */
  public Branch branch(String name) throws StoreException {
    Root root = core.roots.current();
    return branches.branch(root, Branches.entry(root, name));
  }

  public Optional<Branch> findBranch(String name) throws StoreException {
    Root root = core.roots.current();
    Optional<BranchEntry> entry = root.findBranchIgnoringCase(name);
    return entry.isEmpty() ? Optional.empty() : Optional.of(branches.branch(root, entry.get()));
  }

  /** The names there are now: one look at the root for as many questions as a statement has. */
  public BranchNames branchNames() throws StoreException {
    return new BranchNames(this, core.roots.current());
  }

  /**
   * Makes a branch: one swap of the root.
   *
   * @throws StoreException {@code REF_EXISTS}, {@code INVALID_NAME}, {@code NO_SUCH_REF}
   */
  public Branch createBranch(String name, BranchStart start) throws StoreException {
    core.checkWritable();
    return branches.create(name, start);
  }

  /**
   * Takes a branch away; its commits stay readable by id.
   *
   * @throws StoreException {@code NO_SUCH_REF}; {@code WRONG_STATE} when something would get lost
   *     and {@code mode} does not allow it
   */
  public void dropBranch(String name, DropMode mode) throws StoreException {
    core.checkWritable();
    branches.drop(name, mode);
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
    return branches.replace(name, start, mode);
  }

  /** Gives a branch another name. */
  public Branch renameBranch(String from, String to) throws StoreException {
    core.checkWritable();
    return branches.rename(from, to);
  }

  private BranchEntry entry(String name) throws StoreException {
    return Branches.entry(core.roots.current(), name);
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
    CommitTexts.checkLength("the message of a tag", message.orElse(""), TagEntry.MAX_MESSAGE_BYTES);
    CommitTexts.checkLength("the tagger of a tag", tagger, TagEntry.MAX_TAGGER_BYTES);
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
    return head(core.roots.current(), branch);
  }

  Snapshot head(Root root, String branch) throws StoreException {
    BranchEntry entry = Branches.entry(root, branch);
    BranchState state = core.live(entry.id()).refresh(root);
    LastHead last = lastHead;
    Snapshot known = last == null || last.entry() != entry ? null : last.snapshot().get();
    if (known != null && known.state() == state) {
      return known;
    }
    Snapshot head = new Snapshot(core, state, entry.display());
    lastHead = new LastHead(entry, new WeakReference<>(head));
    return head;
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
    BranchEntry entry = entry(branch);
    core.live(entry.id()).refresh();
    return new RefMoves(core, revisions).of(entry);
  }

  /** Commits from one back along first parents. */
  public CommitCursor log(CommitId from) throws StoreException {
    return revisions.log(revisions.locate(from).seal());
  }

  /**
   * The last commit at or before an instant, from one back along first parents; empty before all.
   *
   * @throws StoreException {@code NO_SUCH_REF} if that commit has expired
   */
  public Optional<Commit> commitAt(CommitId from, Instant instant) throws StoreException {
    return revisions.at(revisions.locate(from).seal(), instant);
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
    return Changes.any(core, branches.live(branch).refresh());
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
  public TableVersions.Cursor versions(Snapshot at, long tableId) throws StoreException {
    return new TableHistory(core, revisions, tableId, at.state().lastSeal().map(LastSeal::address));
  }

  /**
   * The commits along first parents that touched a table, newest first.
   *
   * @param at its last commit is where to begin
   */
  public TableStep.Cursor steps(Snapshot at, long tableId) throws StoreException {
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

  /**
   * Makes the versions of a foreign dataset again: the same branches, commits, authors, instants
   * and messages, and what was uncommitted. Everything comes at once, at the end; if it fails, or
   * the process ends, nothing does.
   *
   * @param table the name of the table that is made
   * @param chosen branches of the dataset; empty = all
   * @return the branches made, in the dataset's order
   * @throws StoreException {@code NOT_A_STORE} if there is no such dataset, {@code CORRUPT}; {@code
   *     REF_EXISTS}, {@code TABLE_EXISTS}, {@code PENDING_CHANGES} if its place is taken
   */
  public List<Branch> importFrom(
      ForeignFormat format, Path dataset, String table, Set<String> chosen, ImportProgress progress)
      throws StoreException {
    return imports.run(this, format, dataset, table, chosen, progress);
  }

  // --- changes

  /** From now on commits are found by these names, too. */
  public void nameCommits(CommitNames names) {
    core.commitNames = names;
  }

  /** Has the rows that merges make checked by {@code check} from now on. */
  public void checkRows(RowCheck check) {
    core.rowCheck = check;
  }

  /** Begins a transaction on what the branch is now. */
  public Transaction begin(String branch) throws StoreException {
    core.checkWritable();
    BranchEntry entry = entry(branch);
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
    resets.reset(branch);
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
    return resets.reset(branch, revision, mode, author);
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
    resets.restoreTable(branch, table, revision);
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
    return new Merger(core, revisions).merge(request, entry(request.target()));
  }

  /** What {@link #merge} would do. Writes nothing. */
  public MergePreview previewMerge(MergeRequest request) throws StoreException {
    return new Merger(core, revisions).preview(request, entry(request.target()));
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
    return new Merger(core, revisions).revert(request, entry(request.branch()));
  }

  /**
   * Makes the changes of a commit on another branch, as one new commit.
   *
   * @throws StoreException as {@link #revert}
   */
  public MergeResult cherryPick(PickRequest request) throws StoreException {
    core.checkWritable();
    return new Merger(core, revisions).cherryPick(request, entry(request.branch()));
  }

  /** Writes a checkpoint of a branch now. Changes no version. */
  public void checkpoint(String branch) throws StoreException {
    core.checkWritable();
    core.checkpointer.run(branches.live(branch));
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
    return new Optimizer(core).optimize(entry(branch), tableId);
  }

  /**
   * Reads everything there is, without trusting what was read before, and tells what is damaged.
   * Others may write meanwhile; garbage is not collected, or what that takes away is looked at
   * again where the store was opened read-only and cannot be locked. Costs about what reading every
   * file once costs.
   *
   * @return empty for a store that is whole
   * @throws StoreException {@code WRONG_STATE} while garbage is collected for longer than a minute
   */
  public List<Damage> check() throws StoreException {
    if (readOnly()) {
      return StoreCheck.runBeside(core.objects, core.options.foreign(), core.allocator);
    }
    Guard maintenance = core.objects.lock(LockKeys.MAINTENANCE, CHECK_TIMEOUT_MILLIS);
    try {
      return StoreCheck.run(core.objects, core.options.foreign(), core.allocator);
    } finally {
      maintenance.close();
    }
  }

  /**
   * Sets right what is damaged, as far as what is whole says how: {@link StoreRepair}. Writers have
   * to wait meanwhile. Costs about what a {@link #check} costs, twice.
   *
   * @return what was done, and what is damaged still; empty for a store that is whole
   * @throws StoreException {@code READ_ONLY}; {@code WRONG_STATE} while others write
   */
  public List<Damage> repair() throws StoreException {
    core.checkWritable();
    List<Damage> found =
        StoreRepair.run(core.objects, core.options.foreign(), core.allocator, core.nowMicros());
    core.forgetAll();
    return found;
  }

  /**
   * The same for a store that cannot be opened. It must not be open in this process.
   *
   * @throws StoreException {@code NOT_A_STORE} where there is nothing to make one of
   */
  public static List<Damage> repair(ObjectStore objects, StoreOptions options)
      throws StoreException {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, options.clock().instant());
    try (BufferAllocator allocator = new RootAllocator()) {
      return StoreRepair.run(objects, options.foreign(), allocator, now);
    }
  }

  /**
   * Frees what no version needs any more: packs that nothing refers to, and the logs of dropped
   * branches that no branch, tag or merge reaches. Changes no version that a branch or tag reaches.
   * Readers and writers go on meanwhile, in other processes too.
   *
   * <p>What is found is condemned first, and deleted when it was condemned {@code age} ago and is
   * still not needed: who has read a version by then, or has begun to write, comes to an end. So
   * with an age it takes two calls, that long apart, until something is gone. With an age of zero
   * it takes one, and readers of versions of dropped branches may find them gone, and writers with
   * large values are told to try again ({@code REF_MOVED}).
   *
   * @param age how long ago, at least; see {@link #VACUUM_AGE}
   * @param dryRun to change nothing and be told only
   * @return what was found, by name: packs, then segments of logs
   * @throws StoreException {@code READ_ONLY}; {@code WRONG_STATE} while another one is at it
   */
  public List<VacuumedObject> vacuum(Duration age, boolean dryRun) throws StoreException {
    core.checkWritable();
    return new Vacuum(core, age, dryRun).run();
  }

  /**
   * Lets commits expire: nobody can ask for them any more, and what they changed counts as changed
   * by the next commit that is kept. All others stay what they are, with their ids. Costs a reading
   * of all logs, and one swap of the root; {@link #vacuum} frees what is not needed then.
   *
   * <p>What is needed stays, whatever is asked for: the last commit of each branch, commits with
   * tags, those that branches are merged over, and those that a log needs to be read.
   *
   * @return the commits that were asked for, oldest first within each branch
   * @throws StoreException {@code NO_SUCH_REF}; {@code WRONG_STATE} when the older one of two
   *     commits does not come before the newer one, or while garbage is collected; {@code LIMIT}
   *     when what is kept would be in too many pieces
   */
  public List<ExpiredCommit> expireHistory(ExpiryRequest request) throws StoreException {
    if (!request.dryRun()) {
      core.checkWritable();
    }
    CommitTexts.checkLength("the author", request.author(), TagEntry.MAX_TAGGER_BYTES);
    CommitTexts.checkLength("the operation", request.operation(), Expiry.MAX_OPERATION_BYTES);
    return new HistoryExpiry(core, revisions, request).run();
  }

  /** When commits expired, newest first; the last {@link Expiry#MAX_ACTS} times. */
  public List<ExpiryAct> expiries() throws StoreException {
    List<ExpiryAct> acts = new ArrayList<>();
    for (Expiry.Act act : core.roots.current().expiry().acts()) {
      acts.add(
          0,
          new ExpiryAct(
              Instant.EPOCH.plus(act.atMicros(), ChronoUnit.MICROS),
              act.author(),
              act.operation(),
              act.commits()));
    }
    return acts;
  }

  /**
   * Puts a backup of all branches, as they are at one moment, into a folder of its own within this
   * one, and checks it. Others go on writing. What the newest backup there has is not copied again.
   * It is a store like any; until it is whole it is none, and earlier ones stay as they are.
   *
   * @param folder is made if it is missing; not within the store
   * @throws StoreException {@code WRONG_STATE} when the folder is a store, has backups of another
   *     one, or is in use for a backup
   */
  public CopyResult backup(Path folder) throws StoreException {
    refuseForeign();
    return new Backups(core).add(folder);
  }

  /** The same, into an empty place. */
  CopyResult backup(ObjectStore target, Optional<ObjectStore> earlier) throws StoreException {
    return new StoreCopy(core, target, earlier, Optional.empty()).run(StoreCopy.Moment::bytes);
  }

  private void refuseForeign() throws StoreException {
    if (core.options.foreign() != ForeignChunks.NONE) {
      throw new StoreException(
          Code.UNSUPPORTED,
          display()
              + ": its samples are in a dataset of another format; copy that, or IMPORT it into a"
              + " store and copy that");
    }
  }

  /**
   * Makes another store that has all branches, as they are at one moment, with their commits and
   * tags, and checks it. Both go on for themselves from there; no row that is new in one of them
   * has an id that one has in the other, or in any other clone. Others go on writing. Until it is
   * whole it is no store, and what fails is removed again.
   *
   * @param directory missing or empty; not within the store
   * @throws StoreException {@code READ_ONLY}, since the store has to give the clone ids of its own;
   *     {@code WRONG_STATE} when the directory is not empty; {@code LIMIT} when ids have run out;
   *     {@code CORRUPT} when files cannot be read
   */
  public CopyResult cloneTo(Path directory) throws StoreException {
    core.checkWritable();
    refuseForeign();
    return new StoreClone(core).to(directory);
  }

  /** The same, into an empty place. */
  CopyResult cloneTo(ObjectStore target) throws StoreException {
    return new StoreClone(core).to(target);
  }

  @Override
  public void close() throws StoreException {
    core.close();
  }

  /**
   * Bytes of samples, trees and checkpoints looked at so far, by page of a pack: what a cold read
   * costs, whatever the system has in memory.
   */
  public long checkedBytes() {
    return core.packs.checkedBytes();
  }

  /** For tests of invariants that no user sees. */
  Core core() {
    return core;
  }

  /** For tests of invariants that no user sees. */
  Seal seal(CommitId id) throws StoreException {
    return core.history.seal(revisions.locate(id).seal());
  }
}
