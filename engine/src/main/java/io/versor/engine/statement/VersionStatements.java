package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.format.Branch;
import io.versor.format.BranchStart;
import io.versor.format.Commit;
import io.versor.format.CommitRequest;
import io.versor.format.DropMode;
import io.versor.format.MergeRequest;
import io.versor.format.MergeResult;
import io.versor.format.OptimizeResult;
import io.versor.format.Store;
import io.versor.format.Tag;
import io.versor.format.Transaction;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.parser.ast.VersionKind;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What version statements and their procedure twins do. Each names its branch, so that nothing
 * depends on where the session happens to be.
 */
final class VersionStatements {
  static final List<ColumnInfo> COMMIT_COLUMNS =
      List.of(
          ListCursor.text("commit_id"),
          ListCursor.text("branch"),
          ListCursor.text("parents"),
          ListCursor.text("author"),
          ListCursor.instant("committed_at"),
          ListCursor.text("message"));

  static final List<ColumnInfo> MERGE_COLUMNS =
      List.of(
          ListCursor.text("commit_id"),
          ListCursor.text("result"),
          ListCursor.number("rows_added"),
          ListCursor.number("rows_updated"),
          ListCursor.number("rows_deleted"),
          ListCursor.number("conflicts"));

  static final List<ColumnInfo> BRANCH_COLUMNS =
      List.of(ListCursor.text("name"), ListCursor.text("head_commit"));

  static final List<ColumnInfo> TAG_COLUMNS =
      List.of(ListCursor.text("name"), ListCursor.text("commit_id"), ListCursor.text("message"));

  static final List<ColumnInfo> OPTIMIZE_COLUMNS =
      List.of(
          ListCursor.text("table_name"),
          ListCursor.number("chunks_before"),
          ListCursor.number("chunks_after"));

  private final SessionState session;
  private final Store store;

  VersionStatements(SessionState session) {
    this.session = session;
    this.store = session.store();
  }

  // --- commits

  List<List<@Nullable Object>> commit(
      Optional<String> message, Optional<String> author, boolean allowEmpty, String branch)
      throws StoreException {
    session.checkWritable();
    CommitRequest request =
        new CommitRequest(message, author.orElse(session.author()), allowEmpty, Map.of());
    Commit commit;
    Optional<Transaction> open = session.takeWrites(store.branch(branch).name());
    if (open.isPresent()) {
      try {
        commit = open.get().commitVersion(request);
      } finally {
        session.endAll();
      }
    } else {
      commit = store.commitVersion(branch, request);
      session.endAll();
    }
    return List.of(row(commit));
  }

  private static List<@Nullable Object> row(Commit commit) {
    return Arrays.asList(
        commit.id().hex(),
        commit.branch(),
        String.join(" ", commit.parents().stream().map(CommitId::hex).toList()),
        commit.author(),
        LocalDateTime.ofInstant(commit.committedAt(), ZoneOffset.UTC),
        commit.message().orElse(null));
  }

  // --- branches

  List<List<@Nullable Object>> createBranch(
      String name,
      Optional<VersionKind> kind,
      Optional<String> from,
      boolean withChanges,
      boolean ifNotExists,
      boolean replace)
      throws StoreException, StatementException {
    session.checkWritable();
    session.requireNoWrites("CREATE BRANCH");
    Optional<Branch> existing = store.findBranch(name);
    if (existing.isPresent() && ifNotExists) {
      session.warn("branch " + existing.get().name() + " exists already");
      return List.of(row(existing.get()));
    }
    BranchStart start = start(kind, from, withChanges);
    if (existing.isPresent() && replace) {
      checkNotCurrent(existing.get().name(), "replaced");
      store.dropBranch(existing.get().name(), DropMode.REFUSE_UNMERGED);
    }
    return List.of(row(store.createBranch(name, start)));
  }

  private BranchStart start(Optional<VersionKind> kind, Optional<String> from, boolean withChanges)
      throws StoreException, StatementException {
    if (from.isEmpty()) {
      if (!session.current().equals(session.branch())) {
        return BranchStart.ofCommit(store.resolveCommit(session.current(), session.branch()).id());
      }
      return ofBranch(session.branch(), withChanges);
    }
    String revision = from.get();
    boolean branch =
        kind.isPresent()
            ? kind.get() == VersionKind.BRANCH
            : store.findBranch(revision).isPresent();
    if (branch) {
      return ofBranch(store.branch(revision).name(), withChanges);
    }
    if (withChanges) {
      throw new StatementException(
          "42601", "WITH CHANGES needs a branch to take them from, found '" + revision + "'");
    }
    if (kind.isPresent() && kind.get() == VersionKind.TAG) {
      return BranchStart.ofCommit(tag(revision).commit());
    }
    return BranchStart.ofCommit(store.resolveCommit(revision, session.branch()).id());
  }

  private BranchStart ofBranch(String name, boolean withChanges) throws StoreException {
    if (withChanges) {
      return BranchStart.withChanges(name);
    }
    Optional<CommitId> head = store.branch(name).head();
    return head.isPresent() ? BranchStart.ofCommit(head.get()) : BranchStart.empty();
  }

  Tag tag(String name) throws StoreException {
    List<String> names = new ArrayList<>();
    for (Tag tag : store.tags()) {
      if (tag.name().equals(name)) {
        return tag;
      }
      names.add(tag.name());
    }
    throw new StoreException(
        Code.NO_SUCH_REF,
        "no tag '" + name + "'" + io.versor.format.ref.NearNames.question(name, names));
  }

  private static List<@Nullable Object> row(Branch branch) {
    return Arrays.asList(branch.name(), branch.head().map(CommitId::hex).orElse(null));
  }

  private void checkNotCurrent(String branch, String what) throws StoreException {
    if (branch.equals(session.branch())) {
      throw new StoreException(
          Code.WRONG_STATE,
          "branch "
              + branch
              + " is the current one and cannot be "
              + what
              + "; USE BRANCH another first");
    }
  }

  List<List<@Nullable Object>> dropBranch(String name, boolean ifExists, boolean force)
      throws StoreException {
    session.checkWritable();
    session.requireNoWrites("DROP BRANCH");
    Optional<Branch> found = store.findBranch(name);
    if (found.isEmpty() && ifExists) {
      session.warn("no branch " + name);
      return List.of();
    }
    Branch branch = store.branch(name);
    checkNotCurrent(branch.name(), "dropped");
    store.dropBranch(branch.name(), force ? DropMode.FORCE : DropMode.REFUSE_UNMERGED);
    return List.of(row(branch));
  }

  List<List<@Nullable Object>> renameBranch(String from, String to) throws StoreException {
    session.checkWritable();
    session.requireNoWrites("ALTER BRANCH");
    String old = store.branch(from).name();
    Branch renamed = store.renameBranch(old, to);
    session.renamed(old, renamed.name());
    return List.of(row(renamed));
  }

  List<List<@Nullable Object>> resetBranch(String branch) throws StoreException {
    session.checkWritable();
    session.rollback();
    String name = store.branch(branch).name();
    store.resetBranch(name);
    return List.of(row(store.branch(name)));
  }

  // --- tags

  List<List<@Nullable Object>> createTag(
      String name, Optional<VersionKind> kind, Optional<String> revision, Optional<String> message)
      throws StoreException {
    session.checkWritable();
    session.requireNoWrites("CREATE TAG");
    CommitId commit;
    if (revision.isEmpty()) {
      commit = store.resolveCommit("HEAD", session.branch()).id();
      if (!session.current().equals(session.branch())) {
        commit = store.resolveCommit(session.current(), session.branch()).id();
      }
    } else if (kind.isPresent() && kind.get() == VersionKind.TAG) {
      commit = tag(revision.get()).commit();
    } else {
      commit = store.resolveCommit(revision.get(), session.branch()).id();
    }
    Tag made = store.createTag(name, commit, message, session.author());
    return List.of(row(made));
  }

  private static List<@Nullable Object> row(Tag tag) {
    return Arrays.asList(tag.name(), tag.commit().hex(), tag.message().orElse(null));
  }

  List<List<@Nullable Object>> dropTag(String name, boolean ifExists) throws StoreException {
    session.checkWritable();
    session.requireNoWrites("DROP TAG");
    boolean missing = store.tags().stream().noneMatch(tag -> tag.name().equals(name));
    if (missing && ifExists) {
      session.warn("no tag " + name);
      return List.of();
    }
    Tag tag = tag(name);
    store.dropTag(tag.name());
    return List.of(row(tag));
  }

  // --- merge

  List<List<@Nullable Object>> merge(
      String source,
      String target,
      Optional<String> strategy,
      Optional<String> message,
      boolean squash,
      boolean dryRun)
      throws StoreException, StatementException {
    if (!dryRun) {
      session.checkWritable();
    }
    session.requireNoWrites("MERGE BRANCH");
    String word = strategy.orElse("FAIL").toUpperCase(Locale.ROOT);
    if (squash) {
      throw Tables.unsupported("MERGE BRANCH … SQUASH");
    }
    MergeRequest.Strategy chosen =
        switch (word) {
          case "FAIL" -> MergeRequest.Strategy.FAIL;
          case "OURS" -> MergeRequest.Strategy.OURS;
          case "THEIRS" -> MergeRequest.Strategy.THEIRS;
          case "CONFLICTS" -> throw Tables.unsupported("MERGE BRANCH … USING CONFLICTS");
          default ->
              throw new StatementException(
                  "42601", "merge strategy " + word + ", expected FAIL, OURS or THEIRS");
        };
    Optional<Branch> from = store.findBranch(source);
    if (from.isPresent() && store.hasChanges(from.get().name())) {
      session.warn(
          "branch "
              + from.get().name()
              + " has uncommitted changes, which are not merged; COMMIT VERSION there first");
    }
    MergeResult result =
        store.merge(
            new MergeRequest(
                source, store.branch(target).name(), chosen, message, session.author(), dryRun));
    List<@Nullable Object> row =
        Arrays.asList(
            result.commit().map(commit -> commit.id().hex()).orElse(null),
            result.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            result.rowsAdded(),
            result.rowsUpdated(),
            result.rowsDeleted(),
            (long) result.conflicts().size());
    return List.of(row);
  }

  // --- maintenance

  List<List<@Nullable Object>> optimize(SqlIdentifier table)
      throws StoreException, StatementException {
    session.checkWritable();
    session.requireNoWrites("OPTIMIZE TABLE");
    Target target = Target.of(table, session.versions());
    OptimizeResult result = store.optimize(target.branch(), target.schema().id());
    return List.of(
        Arrays.asList(target.schema().name(), result.chunksBefore(), result.chunksAfter()));
  }

  // --- where the session is

  void use(VersionKind kind, String revision) throws StoreException, StatementException {
    if (session.options().fixedBranch()) {
      throw new StatementException(
          "0A000",
          "the connection stays on branch "
              + session.branch()
              + " (fixedBranch); name tables as branch.table, or use the procedures");
    }
    Versions versions = session.versions();
    Version version =
        switch (kind) {
          case BRANCH -> versions.require(store.branch(revision).name());
          case COMMIT -> versions.require(versions.commitSchema(revision, session.branch()));
          case TAG -> versions.require(tag(revision).name());
        };
    session.use(version);
  }

  /** SET SCHEMA: whatever the name is. */
  void useAny(String schema) throws StoreException, StatementException {
    Version version = session.versions().require(schema);
    if (session.options().fixedBranch() && !version.schema().equals(session.current())) {
      use(VersionKind.BRANCH, schema); // refuses
    }
    session.use(version);
  }
}
