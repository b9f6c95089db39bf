package io.versor.engine.statement;

import io.versor.format.Store;
import io.versor.format.type.StoreException;

/** RESET BRANCH: back to a commit. */
final class Resets {
  private final SessionState session;
  private final Store store;

  Resets(SessionState session) {
    this.session = session;
    this.store = session.store();
  }

  /** Drops uncommitted changes. */
  Answer reset(String branch) throws StoreException {
    session.checkWritable();
    session.requireNoWrites("RESET BRANCH");
    String name = store.branch(branch).name();
    store.resetBranch(name);
    return Branches.answer(store.branch(name));
  }
}
