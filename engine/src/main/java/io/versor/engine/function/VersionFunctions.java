package io.versor.engine.function;

import io.versor.engine.Product;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.TableNames;
import io.versor.engine.catalog.Versions;
import io.versor.engine.type.Carried;
import io.versor.format.Commit;
import io.versor.format.Snapshot;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.util.Optional;
import org.apache.calcite.linq4j.function.Strict;
import org.jspecify.annotations.Nullable;

/**
 * Functions that ask about versions. They answer for the versions of the statement that runs on the
 * thread, which {@link #enter} names.
 */
public final class VersionFunctions {
  private static final ThreadLocal<@Nullable Versions> CURRENT = new ThreadLocal<>();

  private VersionFunctions() {}

  /** Makes these the versions of the thread until the scope is closed. */
  public static FileAccess.Scope enter(Versions versions) {
    Versions before = CURRENT.get();
    CURRENT.set(versions);
    return () -> CURRENT.set(before);
  }

  private static Versions versions() {
    Versions versions = CURRENT.get();
    if (versions == null) {
      throw new IllegalStateException("no statement runs on this thread");
    }
    return versions;
  }

  private static CommitId commit(String revision) throws StoreException {
    return versions().store().resolveCommit(revision, versions().branch()).id();
  }

  /** {@code CURRENT_BRANCH()}: the branch the session is on; NULL on a commit or tag. */
  public static @Nullable String currentBranch() {
    return Carried.through(() -> versions().require(versions().current()).branch().orElse(null));
  }

  /** {@code CURRENT_SCHEMA}: what names without a schema are looked up in. */
  public static String currentSchema() {
    return versions().current();
  }

  /** {@code CURRENT_DATABASE()}, CURRENT_CATALOG: NULL, as no catalogs are told to clients. */
  public static @Nullable String currentDatabase() {
    return null;
  }

  /** {@code VERSION()}: what runs this, and which version of it. */
  public static String version() {
    return Product.NAME + " " + Product.VERSION;
  }

  /** {@code CURRENT_COMMIT()}: the last commit of what the session sees; NULL before the first. */
  public static @Nullable String currentCommit() {
    return Carried.through(
        () -> {
          Snapshot snapshot = versions().require(versions().current()).snapshot();
          return snapshot.lastCommit().map(CommitId::hex).orElse(null);
        });
  }

  /** {@code IS_ANCESTOR('a', 'b')}: whether a is b or reached from it through its parents. */
  @Strict
  public static boolean isAncestor(String older, String newer) {
    return Carried.through(() -> versions().store().isAncestor(commit(older), commit(newer)));
  }

  /** {@code MERGE_BASE('a', 'b')}: the nearest common ancestor; NULL if there is none. */
  @Strict
  public static @Nullable String mergeBase(String a, String b) {
    return Carried.through(
        () -> {
          Optional<Commit> base = versions().store().mergeBase(commit(a), commit(b));
          return base.map(each -> each.id().hex()).orElse(null);
        });
  }

  /** {@code TABLE_HASH('t')}: the hash of what a table holds now, uncommitted changes included. */
  @Strict
  public static String tableHash(String table) {
    return Carried.through(() -> hash(table, versions().require(versions().current()).snapshot()));
  }

  /** {@code TABLE_HASH('t', 'revision')}: the hash of what a table holds in a version. */
  @Strict
  public static String tableHashAt(String table, String revision) {
    return Carried.through(() -> hash(table, versions().state(revision)));
  }

  private static String hash(String table, Snapshot snapshot)
      throws StoreException, StatementException {
    return TableNames.require(table, snapshot).hash();
  }
}
