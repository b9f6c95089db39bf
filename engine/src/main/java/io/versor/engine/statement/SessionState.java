package io.versor.engine.statement;

import io.versor.engine.Cancellation;
import io.versor.engine.SessionOptions;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.function.FileAccess;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.RowConditions;
import io.versor.engine.plan.Run;
import io.versor.engine.work.Reservation;
import io.versor.engine.work.StatementMemory;
import io.versor.engine.work.Work;
import io.versor.engine.work.Workers;
import io.versor.format.Branch;
import io.versor.format.BranchNames;
import io.versor.format.Snapshot;
import io.versor.format.Store;
import io.versor.format.Transaction;
import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** What a session is on, and its transaction. One thread. */
final class SessionState {
  /** Plans a session keeps. */
  private static final int MAX_PLANS = 256;

  /** Tables whose conditions a session keeps planned. */
  private static final int MAX_CONDITIONS = 64;

  /** Tries of an autocommitted statement that another writer got in the way of. */
  private static final int MAX_TRIES = 5;

  private final Store store;
  private final BufferAllocator allocator;
  private final Workers workers;
  private final SessionOptions options;
  private final Clock clock;
  private final List<String> warnings = new ArrayList<>();
  private final Set<BaseStatement> statements = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<String, QueryPlan> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, QueryPlan> eldest) {
          return size() > MAX_PLANS;
        }
      };

  private final Map<TableSchema, RowConditions> conditions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TableSchema, RowConditions> eldest) {
          return size() > MAX_CONDITIONS;
        }
      };

  private String current;
  private String branch;
  private long branchId;
  private boolean readOnly;
  private boolean autoCommit = true;
  private boolean explicit;
  private Path fileBase = Path.of("");

  /** As the options and {@link #fileBase} say; made for the first statement that asks. */
  private @Nullable FileAccess fileAccess;

  private @Nullable Transaction transaction;
  private volatile long rowsSoFar;
  private @Nullable String transactionBranch;
  private final Map<String, Snapshot> pinned = new HashMap<>();

  /** What statements that write have of the memory, to their ends. */
  private final List<Reservation> kept = new ArrayList<>();

  /** What is done for nobody's statement: metadata, the transaction. */
  private final Work idle;

  private Work work;

  /** Where to go back to; empty = before the first write. */
  private final Map<String, Optional<Transaction.Mark>> savepoints = new LinkedHashMap<>();

  SessionState(
      Store store, BufferAllocator allocator, Workers workers, SessionOptions options, Clock clock)
      throws StoreException {
    this.store = store;
    this.allocator = allocator;
    this.workers = workers;
    this.idle = new Work(Cancellation.NEVER, workers);
    this.work = idle;
    this.options = options;
    this.clock = clock;
    Optional<Branch> main = store.findBranch(Store.MAIN);
    Branch first = main.isPresent() ? main.get() : store.branches().get(0);
    this.current = first.name();
    this.branch = first.name();
    this.branchId = first.id();
    this.readOnly = options.readOnly();
  }

  Store store() {
    return store;
  }

  SessionOptions options() {
    return options;
  }

  String author() {
    return options.author();
  }

  void warn(String message) {
    warnings.add(message);
  }

  List<String> takeWarnings() {
    List<String> taken = List.copyOf(warnings);
    warnings.clear();
    return taken;
  }

  /** Tells how many rows the statement at work has moved; 0 at its end. */
  void tellRows(long rows) {
    rowsSoFar = rows;
  }

  long rowsSoFar() {
    return rowsSoFar;
  }

  // --- statements, whose results hold memory

  void opened(BaseStatement statement) {
    statements.add(statement);
  }

  void closed(BaseStatement statement) {
    statements.remove(statement);
  }

  void closeStatements() throws StoreException {
    for (BaseStatement statement : List.copyOf(statements)) {
      statement.close();
    }
  }

  // --- where the session is

  /** The schema of unqualified tables: a branch, or the revision that is read. */
  String current() {
    return current;
  }

  /** The branch, also while a revision is read: what HEAD is of. */
  String branch() {
    return branch;
  }

  /** The branch to write to when a statement names none. */
  String writableBranch() throws StoreException {
    follow();
    if (!current.equals(branch)) {
      throw notWritable(current);
    }
    return branch;
  }

  static StoreException notWritable(String schema) {
    return new StoreException(
        Code.READ_ONLY,
        schema
            + " is a version and cannot be written; CREATE BRANCH b AS OF COMMIT '"
            + schema
            + "' makes a branch of it");
  }

  void use(Version version) throws StoreException {
    current = version.schema();
    if (version.branch().isPresent()) {
      branch = version.branch().get();
      branchId = store.branch(branch).id();
    }
  }

  /**
   * Goes on with the current branch under the name it has now: anyone may have renamed it. When it
   * is gone, its name stays, for the error or for a new branch of that name.
   */
  void follow() throws StoreException {
    follow(store.branchNames());
  }

  private void follow(BranchNames names) throws StoreException {
    Optional<String> name = names.find(branchId);
    if (name.isEmpty()) {
      store.findBranch(branch).ifPresent(other -> branchId = other.id());
    } else if (!name.get().equals(branch)) {
      renamed(branch, name.get());
    }
  }

  private void renamed(String from, String to) {
    current = current.equals(from) ? to : current;
    branch = to;
    if (from.equals(transactionBranch)) {
      transactionBranch = to;
    }
    Snapshot known = pinned.remove(from);
    if (known != null) {
      pinned.put(to, known);
    }
  }

  boolean readOnly() {
    return readOnly;
  }

  void readOnly(boolean on) {
    readOnly = on;
  }

  void checkWritable() throws StoreException {
    if (readOnly) {
      throw new StoreException(
          Code.READ_ONLY, "the connection is read-only; open one without readOnly to write");
    }
  }

  void fileBase(Path directory) {
    fileBase = directory;
    fileAccess = null;
  }

  // --- running

  /** A statement begins: what is done from now on ends with it. */
  void begin(Cancellation cancellation) {
    work = cancellation == Cancellation.NEVER ? idle : new Work(cancellation, workers);
  }

  /** The statement has ended, but for its result. */
  void ended() {
    work = idle;
  }

  Work work() {
    return work;
  }

  /** Work of the store on this thread, which is stopped with the statement while it still can. */
  <T, E extends Exception> T stoppable(StopSignal.Task<T, E> task) throws StoreException, E {
    return StopSignal.during(work::check, task);
  }

  Versions versions() throws StoreException {
    BranchNames names = store.branchNames();
    follow(names);
    if (!autoCommits()
        && transaction == null
        && current.equals(branch)
        && !readOnly
        && !store.readOnly()) {
      begin(branch);
    }
    return pin(names);
  }

  private Versions pin(BranchNames names) {
    Work asking = work;
    return new Versions(
        store,
        names,
        current,
        branch,
        name -> asking.shared(() -> head(names, name)),
        asking,
        ProcedureList.INFOS);
  }

  private Snapshot head(BranchNames names, String name) throws StoreException {
    if (transaction != null && name.equals(transactionBranch)) {
      return transaction.snapshot();
    }
    if (autoCommits()) {
      return names.head(name);
    }
    Snapshot known = pinned.get(name);
    if (known == null) {
      known = names.head(name);
      pinned.put(name, known);
    }
    return known;
  }

  Run run(Versions versions, List<@Nullable Object> parameters) {
    return new Run(
        versions,
        allocator,
        parameters,
        clock.instant(),
        fileAccess(),
        author(),
        StatementMemory.of(store));
  }

  /** Which files statements of this session may touch. */
  FileAccess fileAccess() {
    FileAccess known = fileAccess;
    if (known == null) {
      known = FileAccess.of(options.fileAccess().orElse("all"), fileBase);
      fileAccess = known;
    }
    return known;
  }

  // --- plans

  Optional<QueryPlan> findPlan(String key, Versions versions) throws StoreException {
    QueryPlan plan = plans.get(key);
    return plan != null && plan.fits(versions) ? Optional.of(plan) : Optional.empty();
  }

  void keepPlan(String key, QueryPlan plan) {
    plans.put(key, plan);
  }

  /** The CHECK constraints of a table, planned; empty if it has none. */
  Optional<RowConditions> conditions(TableSchema schema, Versions versions)
      throws StoreException, StatementException {
    if (!RowConditions.areNeeded(schema)) {
      return Optional.empty();
    }
    RowConditions known = conditions.get(schema);
    if (known == null) {
      known = new RowConditions(schema, versions);
      conditions.put(schema, known);
    }
    return Optional.of(known);
  }

  // --- the transaction

  boolean autoCommit() {
    return autoCommit;
  }

  void autoCommit(boolean on) {
    autoCommit = on;
  }

  private boolean autoCommits() {
    return autoCommit && !explicit;
  }

  boolean inTransaction() {
    return transaction != null || explicit;
  }

  boolean hasWrites() {
    return transaction != null && transaction.hasWrites();
  }

  private Transaction begin(String name) throws StoreException {
    transaction = store.begin(name);
    transactionBranch = name;
    return transaction;
  }

  /** BEGIN: what follows is one transaction until COMMIT or ROLLBACK. */
  void beginExplicitly() throws StatementException {
    if (explicit) {
      throw new StatementException(
          "25001", "a transaction is open already; COMMIT or ROLLBACK it first");
    }
    explicit = true;
  }

  /** Something that writes. */
  @FunctionalInterface
  interface Writing<T> {
    T run(Transaction transaction, Versions versions) throws StoreException, StatementException;
  }

  /** For what a statement that writes keeps until its end, which gives it back. */
  Reservation keptToTheEnd(Run run) {
    Reservation reservation = run.memory().openReservation();
    kept.add(reservation);
    return reservation;
  }

  /** Runs a statement that writes to a branch: all of it or nothing. */
  <T> T write(String name, Writing<T> writing) throws StoreException, StatementException {
    checkWritable();
    int before = kept.size();
    try {
      return writeOnce(name, writing);
    } finally {
      List<Reservation> mine = kept.subList(before, kept.size());
      mine.forEach(Reservation::close);
      mine.clear();
    }
  }

  private <T> T writeOnce(String name, Writing<T> writing)
      throws StoreException, StatementException {
    if (!autoCommits()) {
      Transaction open = transactionOn(name);
      Transaction.Mark mark = open.mark();
      try {
        Versions versions = versions();
        return stoppable(() -> writing.run(open, versions));
      } catch (StoreException | StatementException | RuntimeException | Error e) {
        open.rollbackTo(mark);
        throw e;
      }
    }
    for (int tries = 1; ; tries++) {
      try (Transaction single = begin(name)) {
        Versions versions = pin(store.branchNames());
        T result = stoppable(() -> writing.run(single, versions));
        if (single.hasWrites()) {
          commit(single);
        }
        return result;
      } catch (StoreException e) {
        if (e.code() != Code.REF_MOVED || tries == MAX_TRIES) {
          throw e;
        }
      } finally {
        transaction = null;
        transactionBranch = null;
      }
    }
  }

  /** Runs several statements: all of them take effect, or none. */
  <T> T together(Work.Task<T> statements) throws StoreException, StatementException {
    if (!autoCommits()) {
      return inTransaction(statements);
    }
    for (int tries = 1; ; tries++) {
      explicit = true;
      try {
        T result = statements.run();
        commit();
        return result;
      } catch (StoreException e) {
        if (e.code() != Code.REF_MOVED || tries == MAX_TRIES) {
          throw e;
        }
      } finally {
        rollback();
      }
    }
  }

  private <T> T inTransaction(Work.Task<T> statements) throws StoreException, StatementException {
    Transaction before = transaction;
    Transaction.Mark mark = before == null ? null : before.mark();
    try {
      return statements.run();
    } catch (StoreException | StatementException | RuntimeException | Error e) {
      Transaction now = transaction;
      if (now != null) {
        now.rollbackTo(mark == null || now != before ? now.beginning() : mark);
      }
      throw e;
    }
  }

  private Transaction transactionOn(String name) throws StoreException, StatementException {
    if (transaction == null) {
      return begin(name);
    }
    if (name.equals(transactionBranch)) {
      return transaction;
    }
    if (transaction.hasWrites()) {
      throw new StatementException(
          "0A000",
          "the transaction writes branch "
              + transactionBranch
              + ", not also "
              + name
              + "; COMMIT it first");
    }
    pinned.put(String.valueOf(transactionBranch), transaction.snapshot());
    transaction.close();
    return begin(name);
  }

  /** For version statements: they are transactions of their own. */
  void requireNoWrites(String statement) throws StoreException {
    if (hasWrites()) {
      throw new StoreException(
          Code.PENDING_CHANGES,
          statement + " with uncommitted writes in this transaction; COMMIT or ROLLBACK first");
    }
    end();
  }

  void commit() throws StoreException {
    Transaction open = transaction;
    try {
      if (open != null && open.hasWrites()) {
        commit(open);
      }
    } finally {
      end();
      explicit = false;
    }
  }

  private void commit(Transaction open) throws StoreException {
    stoppable(
        () -> {
          open.commit();
          return open;
        });
  }

  void rollback() throws StoreException {
    end();
    explicit = false;
  }

  /** Takes the open transaction's pending writes, if it writes this branch. */
  Optional<Transaction> takeWrites(String name) throws StoreException {
    if (!hasWrites()) {
      end();
      return Optional.empty();
    }
    if (!name.equals(transactionBranch)) {
      requireNoWrites("COMMIT VERSION of branch " + name);
    }
    return Optional.ofNullable(transaction);
  }

  /** Forgets the transaction; what it had not committed is gone. */
  void end() throws StoreException {
    Transaction open = transaction;
    transaction = null;
    transactionBranch = null;
    pinned.clear();
    savepoints.clear();
    if (open != null) {
      open.close();
    }
  }

  void endAll() throws StoreException {
    end();
    explicit = false;
  }

  // --- savepoints

  void savepoint(String name) throws StoreException, StatementException {
    if (autoCommits()) {
      throw new StatementException("25P01", "SAVEPOINT outside of a transaction; BEGIN one first");
    }
    savepoints.remove(name);
    savepoints.put(name, transaction == null ? Optional.empty() : Optional.of(transaction.mark()));
  }

  void rollbackTo(String name) throws StoreException, StatementException {
    Optional<Transaction.Mark> mark = savepoints.get(name);
    if (mark == null) {
      throw noSavepoint(name);
    }
    if (transaction != null) {
      transaction.rollbackTo(mark.isPresent() ? mark.get() : transaction.beginning());
    }
    forgetAfter(name, false);
  }

  void release(String name) throws StatementException {
    if (!savepoints.containsKey(name)) {
      throw noSavepoint(name);
    }
    forgetAfter(name, true);
  }

  private void forgetAfter(String name, boolean itself) {
    boolean after = false;
    for (var names = savepoints.keySet().iterator(); names.hasNext(); ) {
      String each = names.next();
      boolean same = each.equals(name);
      if (after || same && itself) {
        names.remove();
      }
      after |= same;
    }
  }

  private StatementException noSavepoint(String name) {
    return new StatementException(
        "3B001",
        "no savepoint "
            + name
            + io.versor.format.ref.NearNames.question(name, savepoints.keySet()));
  }
}
