package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.format.Branch;
import io.versor.format.BranchStart;
import io.versor.format.DropMode;
import io.versor.format.Store;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.parser.ast.VersionKind;
import java.util.List;
import java.util.Optional;

/** Branches: made, dropped, renamed. */
final class Branches {
  static final List<ColumnInfo> COLUMNS =
      List.of(ListCursor.text("name"), ListCursor.text("head_commit"));

  /** What becomes of a branch that has the name already. */
  enum Existing {
    REFUSE,
    KEEP,
    REPLACE
  }

  private final SessionState session;
  private final Store store;

  Branches(SessionState session) {
    this.session = session;
    this.store = session.store();
  }

  static Answer answer(Branch branch) {
    return Answer.of(COLUMNS, branch.name(), branch.head().map(CommitId::hex).orElse(null));
  }

  static Existing existing(boolean ifNotExists, boolean replace) throws StatementException {
    if (ifNotExists && replace) {
      throw new StatementException(
          "42601",
          "OR REPLACE and IF NOT EXISTS: an existing branch is either replaced or kept; leave one"
              + " of them out");
    }
    return replace ? Existing.REPLACE : ifNotExists ? Existing.KEEP : Existing.REFUSE;
  }

  Answer create(
      String name,
      Optional<VersionKind> kind,
      Optional<String> from,
      boolean withChanges,
      Existing existing)
      throws StoreException, StatementException {
    session.checkWritable();
    session.requireNoWrites("CREATE BRANCH");
    Optional<Branch> same = store.findBranch(name);
    if (same.isPresent() && existing == Existing.KEEP) {
      session.warn("branch " + same.get().name() + " exists already");
      return answer(same.get());
    }
    BranchStart start = start(kind, from, withChanges);
    if (same.isPresent() && existing == Existing.REPLACE) {
      checkNotCurrent(same.get().name(), "replaced");
      return answer(
          session.stoppable(() -> store.replaceBranch(name, start, DropMode.REFUSE_UNMERGED)));
    }
    return answer(session.stoppable(() -> store.createBranch(name, start)));
  }

  private BranchStart start(Optional<VersionKind> kind, Optional<String> from, boolean withChanges)
      throws StoreException, StatementException {
    if (from.isEmpty()) {
      if (session.current().equals(session.branch())) {
        return ofBranch(session.branch(), withChanges);
      }
      if (withChanges) {
        throw noChanges(session.current());
      }
      return BranchStart.ofCommit(store.resolveCommit(session.current(), session.branch()).id());
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
      throw noChanges(revision);
    }
    if (kind.isPresent() && kind.get() == VersionKind.TAG) {
      return BranchStart.ofCommit(Tags.tag(store, revision).commit());
    }
    return BranchStart.ofCommit(store.resolveCommit(revision, session.branch()).id());
  }

  private static StatementException noChanges(String revision) {
    return new StatementException(
        "42601", "WITH CHANGES needs a branch to take them from, found '" + revision + "'");
  }

  private BranchStart ofBranch(String name, boolean withChanges) throws StoreException {
    if (withChanges) {
      return BranchStart.withChanges(name);
    }
    Optional<CommitId> head = store.branch(name).head();
    return head.isPresent() ? BranchStart.ofCommit(head.get()) : BranchStart.empty();
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

  Answer drop(String name, boolean ifExists, boolean force) throws StoreException {
    session.checkWritable();
    session.requireNoWrites("DROP BRANCH");
    Optional<Branch> found = store.findBranch(name);
    if (found.isEmpty() && ifExists) {
      session.warn("no branch " + name);
      return Answer.none(COLUMNS);
    }
    Branch branch = store.branch(name);
    checkNotCurrent(branch.name(), "dropped");
    session.stoppable(
        () -> {
          store.dropBranch(branch.name(), force ? DropMode.FORCE : DropMode.REFUSE_UNMERGED);
          return branch;
        });
    return answer(branch);
  }

  Answer rename(String from, String to) throws StoreException {
    session.checkWritable();
    session.requireNoWrites("ALTER BRANCH");
    Branch renamed = session.stoppable(() -> store.renameBranch(store.branch(from).name(), to));
    session.follow();
    return answer(renamed);
  }
}
