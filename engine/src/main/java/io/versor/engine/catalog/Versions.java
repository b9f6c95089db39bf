package io.versor.engine.catalog;

import io.versor.engine.ProcedureInfo;
import io.versor.engine.work.Work;
import io.versor.format.Branch;
import io.versor.format.BranchNames;
import io.versor.format.Commit;
import io.versor.format.Snapshot;
import io.versor.format.Store;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.NearNames;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The versions one statement reads. Each is looked up once: whatever others write meanwhile, the
 * statement sees one state of a branch. One thread.
 */
public final class Versions {
  /** Name of the schema of system tables. */
  public static final String SYSTEM = "versor";

  /** As a revision: what is not committed, of the current branch or of one before a colon. */
  private static final String WORKING = "WORKING";

  /** What a branch is to this statement: with the writes of an open transaction. */
  @FunctionalInterface
  public interface Heads {
    Snapshot head(String branch) throws StoreException;
  }

  private final Store store;
  private final BranchNames names;
  private final String current;
  private final String branch;
  private final Heads heads;
  private final Work work;
  private final List<ProcedureInfo> procedures;

  /** Whether revisions stand for what they name now, not for themselves. */
  private final boolean settled;

  private final Map<String, Optional<Version>> found = new HashMap<>();

  /**
   * @param names the branches of the statement
   * @param current the schema that unqualified tables are in
   * @param branch what HEAD and WORKING are of
   * @param work the statement, which may be stopped
   * @param procedures what the session can call, for those who ask what there is
   */
  public Versions(
      Store store,
      BranchNames names,
      String current,
      String branch,
      Heads heads,
      Work work,
      List<ProcedureInfo> procedures) {
    this(store, names, current, branch, heads, work, procedures, false);
  }

  private Versions(
      Store store,
      BranchNames names,
      String current,
      String branch,
      Heads heads,
      Work work,
      List<ProcedureInfo> procedures,
      boolean settled) {
    this.store = store;
    this.names = names;
    this.settled = settled;
    this.current = current;
    this.branch = branch;
    this.heads = heads;
    this.work = work;
    this.procedures = procedures;
  }

  /** The procedures of the schema {@link #SYSTEM}, by name. */
  public List<ProcedureInfo> procedures() {
    return procedures;
  }

  /** The statement that reads them. */
  public Work work() {
    return work;
  }

  /**
   * The same versions as the query of a view sees them, which is read in one of them: that one is
   * current, and {@code HEAD} is of its branch.
   */
  public Versions within(Version version) {
    return new Versions(
        store,
        names,
        version.schema(),
        version.branch().orElse(branch),
        name -> require(name).snapshot(),
        work,
        procedures,
        true);
  }

  /** The same, but a branch is what a transaction has made of it since. */
  public Versions with(String changed, Snapshot now) {
    return new Versions(
        store,
        names,
        current,
        branch,
        name -> name.equals(changed) ? now : require(name).snapshot(),
        work,
        procedures,
        settled);
  }

  /** Whether they are those that the query of a view sees. */
  public boolean isOfView() {
    return settled;
  }

  public Store store() {
    return store;
  }

  /** The schema that unqualified tables are in. */
  public String current() {
    return current;
  }

  /** The branch that HEAD and WORKING are of. */
  public String branch() {
    return branch;
  }

  /** The schemas with tables that tools list: the branches, and a tag or commit that is current. */
  public List<String> listed() throws StoreException {
    List<String> schemas = new ArrayList<>();
    for (Branch each : store.branches()) {
      schemas.add(each.name());
    }
    if (!settled) { // what a view tells does not depend on where it is read
      find(current)
          .filter(version -> version.branch().isEmpty())
          .ifPresent(version -> schemas.add(version.schema()));
    }
    return schemas;
  }

  /** A version by the name of its schema, in any case. */
  public Optional<Version> find(String schema) throws StoreException {
    Optional<Version> known = found.get(schema);
    if (known == null) {
      known = look(schema);
      found.put(schema, known);
      if (known.isPresent()) {
        found.put(known.get().schema(), known);
      }
    }
    return known;
  }

  /** The same, but it must exist. */
  public Version require(String schema) throws StoreException {
    Optional<Version> version = find(schema);
    if (version.isPresent()) {
      return version.get();
    }
    List<String> names = new ArrayList<>();
    for (Branch each : store.branches()) {
      names.add(each.name());
    }
    store.tags().forEach(tag -> names.add(tag.name()));
    throw new StoreException(
        Code.NO_SUCH_REF,
        "no branch, tag or commit '" + schema + "'" + NearNames.question(schema, names));
  }

  private Optional<Version> look(String schema) throws StoreException {
    if (schema.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> named = names.find(schema);
    if (named.isPresent()) {
      String name = named.get();
      Optional<Version> same = found.get(name);
      return same != null ? same : Optional.of(headOf(name));
    }
    if (schema.toUpperCase(Locale.ROOT).equals("WORKING")) {
      return Optional.of(headOf(branch));
    }
    try {
      Snapshot snapshot = store.resolve(schema, branch);
      String name = settled ? snapshot.commit().map(CommitId::hex).orElse(schema) : schema;
      return Optional.of(new Version(name, snapshot, Optional.empty()));
    } catch (StoreException e) {
      return switch (e.code()) {
        case NO_SUCH_REF -> notFound(schema, e);
        case INVALID_NAME, INVALID_VALUE -> Optional.empty();
        default -> throw e;
      };
    }
  }

  /** Where steps from a name that exists lead nowhere, the store's reason is the one to show. */
  private Optional<Version> notFound(String schema, StoreException reason) throws StoreException {
    int step = 0;
    while (step < schema.length() && schema.charAt(step) != '~' && schema.charAt(step) != '^') {
      step++;
    }
    if (step > 0 && step < schema.length() && find(schema.substring(0, step)).isPresent()) {
      throw reason;
    }
    return Optional.empty();
  }

  private Version headOf(String name) throws StoreException {
    return new Version(name, heads.head(name), Optional.of(name));
  }

  /** The commit a revision names: a schema that no write can change. */
  public String commitSchema(String revision, String headBranch) throws StoreException {
    return store.resolveCommit(revision, headBranch).id().hex();
  }

  /**
   * The last commit of a branch at or before an instant.
   *
   * @throws StoreException {@code NO_SUCH_REF} before the first commit, and where it has expired
   */
  public Commit commitAt(Instant instant, String ofBranch) throws StoreException {
    Optional<CommitId> head = store.branch(ofBranch).head();
    if (head.isPresent()) {
      Optional<Commit> found = store.commitAt(head.get(), instant);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new StoreException(
        Code.NO_SUCH_REF,
        "branch " + ofBranch + " has no commit at or before " + instant + "; SHOW LOG lists them");
  }

  /** What a revision names: a branch is its last commit, WORKING what is not committed. */
  public Snapshot state(String revision) throws StoreException {
    String upper = revision.toUpperCase(Locale.ROOT);
    if (upper.equals(WORKING)) {
      return require(branch).snapshot();
    }
    if (upper.endsWith(":" + WORKING)) {
      return require(revision.substring(0, revision.length() - WORKING.length() - 1)).snapshot();
    }
    return store.resolve(revision, branch);
  }
}
