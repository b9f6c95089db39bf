package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.format.Store;
import io.versor.format.type.StoreException;
import io.versor.parser.ast.VersionKind;

/** USE and SET SCHEMA: where the session is. */
final class Places {
  private final SessionState session;
  private final Store store;

  Places(SessionState session) {
    this.session = session;
    this.store = session.store();
  }

  void use(VersionKind kind, String revision) throws StoreException, StatementException {
    if (session.options().fixedBranch()) {
      throw new StatementException(
          // Not 0A000: pools take that for a broken connection and throw it away.
          "55000",
          "the connection stays on branch "
              + session.branch()
              + " (fixedBranch); name tables as branch.table, or use the procedures");
    }
    Versions versions = session.versions();
    Version version =
        switch (kind) {
          case BRANCH -> versions.require(store.branch(revision).name());
          case COMMIT -> versions.require(versions.commitSchema(revision, session.branch()));
          case TAG -> versions.require(Tags.schema(store, revision));
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
