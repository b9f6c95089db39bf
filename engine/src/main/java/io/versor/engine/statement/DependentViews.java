package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlanner;
import io.versor.format.Snapshot;
import io.versor.format.Transaction;
import io.versor.format.type.StoreException;
import io.versor.format.type.ViewSchema;
import io.versor.parser.ast.DropBehavior;
import java.util.LinkedHashMap;
import java.util.Map;

/** Views that can be read before something is dropped, and not any more behind it. */
final class DependentViews {
  private final SessionState session;
  private final String branch;
  private final Versions versions;
  private final Map<Long, ViewSchema> readable = new LinkedHashMap<>();

  /** What a statement drops. */
  @FunctionalInterface
  interface Drop {
    void run() throws StoreException, StatementException;
  }

  /** Drops something and does what the statement says of views that read it. */
  static long around(
      DropBehavior behavior,
      SessionState session,
      String branch,
      Transaction transaction,
      Versions versions,
      Drop drop)
      throws StoreException, StatementException {
    if (behavior == DropBehavior.UNSAID) {
      drop.run();
      return 0;
    }
    DependentViews views = new DependentViews(session, branch, versions);
    drop.run();
    views.settle(behavior, transaction);
    return 0;
  }

  /** Before the drop. */
  private DependentViews(SessionState session, String branch, Versions versions)
      throws StoreException {
    this.session = session;
    this.branch = branch;
    this.versions = versions;
    Snapshot before = versions.require(branch).snapshot();
    for (ViewSchema view : before.views()) {
      if (isReadable(view, before)) {
        readable.put(view.id(), view);
      }
    }
  }

  /** Behind the drop. */
  private void settle(DropBehavior behavior, Transaction transaction)
      throws StoreException, StatementException {
    Snapshot after = transaction.snapshot();
    for (ViewSchema view : readable.values()) {
      if (after.findView(view.id()).isEmpty() || isReadable(view, after)) {
        continue;
      }
      if (behavior == DropBehavior.RESTRICT) {
        throw new StatementException(
            "2BP01",
            "view " + view.name() + " reads what is dropped; DROP … CASCADE drops it, too");
      }
      session.warn("view " + view.name() + " is dropped, too");
      transaction.dropView(view.id());
    }
  }

  private boolean isReadable(ViewSchema view, Snapshot at) throws StoreException {
    Versions with = versions.with(branch, at);
    Version version = with.require(branch);
    try {
      new QueryPlanner(with).columns(version, view);
      return true;
    } catch (StatementException e) {
      return false;
    }
  }
}
