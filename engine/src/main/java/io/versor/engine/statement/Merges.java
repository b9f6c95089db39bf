package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.format.Branch;
import io.versor.format.Diff;
import io.versor.format.MergePreview;
import io.versor.format.MergeRequest;
import io.versor.format.MergeResult;
import io.versor.format.Store;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
    if (dryRun) {
      return preview(store.previewMerge(request));
    }
    MergeResult result = store.merge(request);
    return Answer.of(
        COLUMNS,
        result.commit().map(commit -> commit.id().hex()).orElse(null),
        result.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        result.rowsAdded(),
        result.rowsUpdated(),
        result.rowsDeleted(),
        (long) result.conflicts().size());
  }

  private static Answer preview(MergePreview preview) throws StoreException {
    long added = 0;
    long updated = 0;
    long deleted = 0;
    for (Diff.TableDiff table : preview.diff().tables()) {
      added += table.rowsAdded();
      updated += table.rowsUpdated();
      deleted += table.rowsDeleted();
    }
    return Answer.of(
        COLUMNS,
        null,
        preview.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        added,
        updated,
        deleted,
        (long) preview.conflicts().size());
  }

  private static MergeRequest.Strategy strategy(Optional<String> word)
      throws StoreException, StatementException {
    return switch (word.orElse("FAIL")) {
      case "FAIL" -> MergeRequest.Strategy.FAIL;
      case "OURS" -> MergeRequest.Strategy.OURS;
      case "THEIRS" -> MergeRequest.Strategy.THEIRS;
      case "CONFLICTS" -> MergeRequest.Strategy.CONFLICTS;
      default -> throw Tables.unsupported("USING " + word.get());
    };
  }
}
