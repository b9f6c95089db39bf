package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.format.Branch;
import io.versor.format.MergeRequest;
import io.versor.format.MergeResult;
import io.versor.format.PickRequest;
import io.versor.format.Store;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/** What brings changes from elsewhere into a branch. */
final class Merges {
  static final List<ColumnInfo> COLUMNS =
      List.of(
          ListCursor.text("commit_id"),
          ListCursor.text("result"),
          ListCursor.number("rows_added"),
          ListCursor.number("rows_updated"),
          ListCursor.number("rows_deleted"),
          ListCursor.number("conflicts"));

  static final List<ColumnInfo> RESOLVE_COLUMNS =
      List.of(ListCursor.text("table_name"), ListCursor.number("rows_resolved"));

  private final SessionState session;
  private final Store store;

  Merges(SessionState session) {
    this.session = session;
    this.store = session.store();
  }

  Answer merge(
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
    Optional<Branch> from = store.findBranch(source);
    if (from.isPresent() && store.hasChanges(from.get().name())) {
      session.warn(
          "branch "
              + from.get().name()
              + " has uncommitted changes, which are not merged; COMMIT VERSION there first");
    }
    MergeRequest request =
        new MergeRequest(
            source,
            store.branch(target).name(),
            strategy(strategy),
            message,
            session.author(),
            squash);
    return session.stoppable(
        () ->
            dryRun
                ? MergePreviews.answer(store.previewMerge(request))
                : answer(store.merge(request), "merged"));
  }

  /**
   * @param done what to call it when it made a commit
   */
  private static Answer answer(MergeResult result, String done) {
    String word =
        switch (result.kind()) {
          case MERGED -> done;
          case NOTHING_TO_MERGE -> "nothing to merge";
          case PENDING -> "pending";
        };
    return Answer.of(
        COLUMNS,
        result.commit().map(commit -> commit.id().hex()).orElse(null),
        word,
        result.rowsAdded(),
        result.rowsUpdated(),
        result.rowsDeleted(),
        (long) result.conflicts().size());
  }

  private static MergeRequest.Strategy strategy(Optional<String> word) {
    return word.map(MergeRequest.Strategy::valueOf).orElse(MergeRequest.Strategy.FAIL);
  }

  /**
   * A commit whose changes are taken back or made again.
   *
   * @param commit a revision; HEAD in it is of {@code branch}
   * @param parent the parent that changes are counted from
   */
  record Pick(
      String commit,
      Optional<Integer> parent,
      String branch,
      Optional<String> strategy,
      Optional<String> message) {}

  Answer revert(Pick pick) throws StoreException {
    session.checkWritable();
    session.requireNoWrites("REVERT COMMIT");
    return session.stoppable(() -> answer(store.revert(request(pick)), "reverted"));
  }

  Answer cherryPick(Pick pick) throws StoreException {
    session.checkWritable();
    session.requireNoWrites("CHERRY PICK COMMIT");
    return session.stoppable(() -> answer(store.cherryPick(request(pick)), "picked"));
  }

  private PickRequest request(Pick pick) throws StoreException {
    return new PickRequest(
        pick.commit(),
        pick.parent(),
        store.branch(pick.branch()).name(),
        strategy(pick.strategy()),
        pick.message(),
        session.author());
  }

  /** Decides all conflicts of a table for one side. */
  Answer resolve(SqlIdentifier table, boolean theirs) throws StoreException, StatementException {
    session.checkWritable();
    long rows =
        ResolveStatement.resolve(
            session,
            table,
            theirs,
            Optional.empty(),
            List.of(),
            versions -> session.run(versions, List.of()));
    return Answer.of(RESOLVE_COLUMNS, table.names.get(table.names.size() - 1), rows);
  }
}
