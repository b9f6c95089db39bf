package io.versor.engine.statement;

import io.versor.engine.Cancellation;
import io.versor.engine.CatalogView;
import io.versor.engine.Prepared;
import io.versor.engine.Session;
import io.versor.engine.SessionOptions;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.Instants;
import io.versor.engine.work.Workers;
import io.versor.format.Store;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.parser.ast.VersionKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** A session over a store of this process. */
public final class StatementSession implements Session {
  private final SessionState state;
  private final Statements statements;
  private boolean closed;

  private StatementSession(SessionState state) {
    this.state = state;
    this.statements = new Statements(state);
  }

  /** Opens a session on what its options say. */
  public static StatementSession open(
      Store store, BufferAllocator allocator, Workers workers, SessionOptions options, Clock clock)
      throws StoreException, StatementException {
    SessionState state = new SessionState(store, allocator, workers, options, clock);
    state.fileAccess(); // a mistake in it is told at once
    StatementSession session = new StatementSession(state);
    Versions versions = state.versions();
    if (options.branch().isPresent()) {
      state.use(versions.require(store.branch(options.branch().get()).name()));
    }
    if (options.commit().isPresent()) {
      state.use(versions.require(versions.commitSchema(options.commit().get(), state.branch())));
    } else if (options.tag().isPresent()) {
      state.use(versions.require(Tags.schema(store, options.tag().get())));
    } else if (options.asOf().isPresent()) {
      Instant instant =
          Instants.parse(options.asOf().get())
              .orElseThrow(
                  () ->
                      new StoreException(
                          Code.INVALID_VALUE,
                          "asOf '"
                              + options.asOf().get()
                              + "' is no instant; expected 2026-11-23 12:00:00 in UTC"));
      state.use(versions.require(versions.commitAt(instant, state.branch()).id().hex()));
    }
    return session;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
  }

  @Override
  public Prepared prepare(String sql, Cancellation cancellation)
      throws StoreException, StatementException {
    checkOpen();
    state.begin(cancellation);
    try {
      Prepared prepared = statements.prepare(sql);
      if (prepared instanceof BaseStatement statement) {
        state.opened(statement);
      }
      return prepared;
    } finally {
      state.ended();
    }
  }

  @Override
  public boolean autoCommit() {
    return state.autoCommit();
  }

  @Override
  public void setAutoCommit(boolean on) throws StoreException {
    checkOpen();
    if (on != state.autoCommit()) {
      state.commit();
      state.autoCommit(on);
    }
  }

  @Override
  public void commit() throws StoreException {
    checkOpen();
    state.commit();
  }

  @Override
  public void savepoint(String name) throws StoreException, StatementException {
    checkOpen();
    state.savepoint(name);
  }

  @Override
  public void rollbackTo(String name) throws StoreException, StatementException {
    checkOpen();
    state.rollbackTo(name);
  }

  @Override
  public void release(String name) throws StatementException {
    checkOpen();
    state.release(name);
  }

  @Override
  public void rollback() throws StoreException {
    checkOpen();
    state.rollback();
  }

  @Override
  public boolean inTransaction() {
    return state.inTransaction();
  }

  @Override
  public String currentSchema() throws StoreException {
    state.follow();
    return state.current();
  }

  @Override
  public void setSchema(String name) throws StoreException, StatementException {
    checkOpen();
    if (state.store().findBranch(name).isPresent()) {
      statements.places().use(VersionKind.BRANCH, name);
    } else {
      statements.places().useAny(name);
    }
  }

  @Override
  public boolean readOnly() {
    return state.readOnly();
  }

  @Override
  public void setReadOnly(boolean on) throws StatementException {
    checkOpen();
    if (state.hasWrites()) {
      throw new StatementException(
          "25001", "read-only cannot be set with uncommitted writes; COMMIT or ROLLBACK first");
    }
    state.readOnly(on || state.options().readOnly());
  }

  @Override
  public void setReadFileBase(Path directory) {
    state.fileBase(directory);
  }

  @Override
  public CatalogView catalog() {
    return new SessionCatalog(state);
  }

  @Override
  public List<String> takeWarnings() {
    return state.takeWarnings();
  }

  @Override
  public long rowsSoFar() {
    return state.rowsSoFar();
  }

  @Override
  public void close() throws StoreException {
    if (!closed) {
      closed = true;
      state.closeStatements();
      state.endAll();
    }
  }
}
