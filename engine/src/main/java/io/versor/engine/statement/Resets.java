package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.TableNames;
import io.versor.format.Branch;
import io.versor.format.Commit;
import io.versor.format.ResetMode;
import io.versor.format.Store;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/** RESET BRANCH and RESTORE TABLE: back to a commit. */
final class Resets {
  /** With the commit the branch was on, which leads back to what a reset leaves behind. */
  static final List<ColumnInfo> COLUMNS =
      List.of(
          ListCursor.text("name"),
          ListCursor.text("head_commit"),
          ListCursor.text("previous_commit"));

  static final List<ColumnInfo> RESTORE_COLUMNS =
      List.of(
          ListCursor.text("table_name"), ListCursor.text("branch"), ListCursor.text("from_commit"));

  private final SessionState session;
  private final Store store;

  Resets(SessionState session) {
    this.session = session;
    this.store = session.store();
  }

  /** Drops uncommitted changes, a pending merge among them. */
  Answer reset(String branch) throws StoreException {
    session.checkWritable();
    session.requireNoWrites("RESET BRANCH");
    Branch before = store.branch(branch);
    session.stoppable(
        () -> {
          store.resetBranch(before.name());
          return before;
        });
    return answer(before, before.head());
  }

  private static Answer answer(Branch before, Optional<CommitId> now) {
    return Answer.of(
        COLUMNS,
        before.name(),
        now.map(CommitId::hex).orElse(null),
        before.head().map(CommitId::hex).orElse(null));
  }

  /** Makes another commit the branch's last one. */
  Answer reset(String branch, String revision, ResetMode mode) throws StoreException {
    session.checkWritable();
    session.requireNoWrites("RESET BRANCH");
    Branch before = store.branch(branch);
    Commit commit =
        session.stoppable(() -> store.resetBranch(before.name(), revision, mode, session.author()));
    return answer(before, Optional.of(commit.id()));
  }

  /** The twin of both: what is dropped has to be said with the commit. */
  Answer reset(String branch, Optional<String> revision, Optional<String> mode)
      throws StoreException, StatementException {
    if (revision.isPresent() && mode.isEmpty()) {
      throw new StatementException(
          "22004",
          "a reset to a commit needs a mode: HARD drops uncommitted changes, SOFT keeps the tables"
              + " as they are");
    }
    if (revision.isEmpty() && mode.isPresent()) {
      throw new StatementException(
          "22004", "mode " + mode.get() + " needs the commit to reset to, found none");
    }
    return revision.isEmpty()
        ? reset(branch)
        : reset(branch, revision.get(), ResetMode.valueOf(mode.orElseThrow()));
  }

  /** Makes a table what it was at a commit; it need not be there now. */
  Answer restore(SqlIdentifier table, String revision) throws StoreException, StatementException {
    session.checkWritable();
    session.requireNoWrites("RESTORE TABLE");
    String branch = Target.branch(table, session.versions());
    String name = table.names.get(table.names.size() - 1);
    CommitId commit = store.resolveCommit(revision, branch).id();
    try {
      TableNames.require(name, store.at(commit));
    } catch (StatementException e) {
      throw e.at(table.getParserPosition());
    }
    session.stoppable(
        () -> {
          store.restoreTable(branch, name, commit.hex());
          return commit;
        });
    return Answer.of(RESTORE_COLUMNS, name, branch, commit.hex());
  }
}
