package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.format.Commit;
import io.versor.format.CommitRequest;
import io.versor.format.Store;
import io.versor.format.Transaction;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** COMMIT VERSION. */
final class Commits {
  static final List<ColumnInfo> COLUMNS =
      List.of(
          ListCursor.text("commit_id"),
          ListCursor.text("branch"),
          ListCursor.text("parents"),
          ListCursor.text("author"),
          ListCursor.instant("committed_at"),
          ListCursor.text("message"));

  private final SessionState session;
  private final Store store;

  Commits(SessionState session) {
    this.session = session;
    this.store = session.store();
  }

  /** Takes the transaction's pending writes along, if there are any, and ends it. */
  Answer commit(
      Optional<String> message, Optional<String> author, boolean allowEmpty, String branch)
      throws StoreException {
    session.checkWritable();
    CommitRequest request =
        new CommitRequest(message, author.orElse(session.author()), allowEmpty, Map.of());
    Commit commit;
    Optional<Transaction> open = session.takeWrites(store.branch(branch).name());
    if (open.isPresent()) {
      try {
        commit = session.stoppable(() -> open.get().commitVersion(request));
      } finally {
        session.endAll();
      }
    } else {
      commit = session.stoppable(() -> store.commitVersion(branch, request));
      session.endAll();
    }
    return Answer.of(
        COLUMNS,
        commit.id().hex(),
        commit.branch(),
        String.join(" ", commit.parents().stream().map(CommitId::hex).toList()),
        commit.author(),
        LocalDateTime.ofInstant(commit.committedAt(), ZoneOffset.UTC),
        commit.message().orElse(null));
  }
}
