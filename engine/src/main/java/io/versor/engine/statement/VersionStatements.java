package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.Prepared;
import io.versor.engine.StatementException;
import io.versor.format.ExpiryRequest;
import io.versor.format.ResetMode;
import io.versor.format.type.StoreException;
import io.versor.parser.ast.MergeClauses;
import io.versor.parser.ast.RevisionClause;
import io.versor.parser.ast.SqlBackup;
import io.versor.parser.ast.SqlCheckStore;
import io.versor.parser.ast.SqlCherryPick;
import io.versor.parser.ast.SqlClone;
import io.versor.parser.ast.SqlCommitVersion;
import io.versor.parser.ast.SqlCreateBranch;
import io.versor.parser.ast.SqlCreateTag;
import io.versor.parser.ast.SqlDropBranch;
import io.versor.parser.ast.SqlDropTag;
import io.versor.parser.ast.SqlExpireHistory;
import io.versor.parser.ast.SqlImport;
import io.versor.parser.ast.SqlMergeBranch;
import io.versor.parser.ast.SqlOptimizeTable;
import io.versor.parser.ast.SqlRenameBranch;
import io.versor.parser.ast.SqlResetBranch;
import io.versor.parser.ast.SqlRestoreTable;
import io.versor.parser.ast.SqlRevertCommit;
import io.versor.parser.ast.SqlSquashHistory;
import io.versor.parser.ast.SqlVacuum;
import io.versor.parser.ast.VersionKind;
import io.versor.parser.ast.VersorStatement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Version statements: their texts and parameters, read for the {@link Operations}. */
final class VersionStatements {
  private final SessionState session;
  private final Operations operations;

  VersionStatements(Operations operations) {
    this.session = operations.session();
    this.operations = operations;
  }

  /** Empty for a statement of another kind. */
  Optional<Prepared> find(VersorStatement statement) {
    if (statement instanceof SqlCommitVersion commit) {
      return rows(commit, Commits.COLUMNS, parameters -> commit(commit, parameters));
    }
    if (statement instanceof SqlCreateBranch create) {
      return rows(create, Branches.COLUMNS, parameters -> createBranch(create, parameters));
    }
    if (statement instanceof SqlDropBranch drop) {
      return rows(
          drop,
          Branches.COLUMNS,
          parameters ->
              operations
                  .branches()
                  .drop(branch(drop.name(), parameters), drop.ifExists(), drop.force()));
    }
    if (statement instanceof SqlRenameBranch rename) {
      return rows(
          rename,
          Branches.COLUMNS,
          parameters ->
              operations
                  .branches()
                  .rename(branch(rename.name(), parameters), branch(rename.newName(), parameters)));
    }
    if (statement instanceof SqlCreateTag create) {
      return rows(create, Tags.COLUMNS, parameters -> createTag(create, parameters));
    }
    if (statement instanceof SqlDropTag drop) {
      return rows(
          drop,
          Tags.COLUMNS,
          parameters ->
              operations
                  .tags()
                  .drop(Literals.text(drop.name(), parameters, "the tag"), drop.ifExists()));
    }
    if (statement instanceof SqlMergeBranch merge) {
      List<ColumnInfo> columns = merge.clauses().dryRun() ? MergePreviews.COLUMNS : Merges.COLUMNS;
      return rows(merge, columns, parameters -> merge(merge, parameters));
    }
    if (statement instanceof SqlRevertCommit revert) {
      return rows(
          revert,
          Merges.COLUMNS,
          parameters ->
              operations.merges().revert(pick(revert.commit(), revert.clauses(), parameters)));
    }
    if (statement instanceof SqlCherryPick picked) {
      return rows(
          picked,
          Merges.COLUMNS,
          parameters ->
              operations.merges().cherryPick(pick(picked.commit(), picked.clauses(), parameters)));
    }
    if (statement instanceof SqlResetBranch reset) {
      return rows(reset, Resets.COLUMNS, parameters -> reset(reset, parameters));
    }
    if (statement instanceof SqlRestoreTable restore) {
      return rows(
          restore,
          Resets.RESTORE_COLUMNS,
          parameters ->
              operations
                  .resets()
                  .restore(
                      restore.table(), Literals.text(restore.commit(), parameters, "the commit")));
    }
    if (statement instanceof SqlVacuum vacuum) {
      return rows(vacuum, Maintenance.VACUUM_COLUMNS, parameters -> vacuum(vacuum, parameters));
    }
    if (statement instanceof SqlExpireHistory expire) {
      return rows(expire, Maintenance.EXPIRE_COLUMNS, parameters -> expire(expire, parameters));
    }
    if (statement instanceof SqlSquashHistory squash) {
      return rows(squash, Maintenance.EXPIRE_COLUMNS, parameters -> squash(squash, parameters));
    }
    if (statement instanceof SqlOptimizeTable optimize) {
      return rows(
          optimize,
          Maintenance.OPTIMIZE_COLUMNS,
          parameters -> operations.maintenance().optimize(optimize.table()));
    }
    if (statement instanceof SqlImport imported) {
      return rows(imported, Imports.COLUMNS, parameters -> imported(imported, parameters));
    }
    if (statement instanceof SqlBackup backup) {
      return rows(
          backup,
          Maintenance.BACKUP_COLUMNS,
          parameters ->
              operations
                  .maintenance()
                  .backup(Literals.text(backup.folder(), parameters, "the folder")));
    }
    if (statement instanceof SqlClone clone) {
      return rows(
          clone,
          Maintenance.CLONE_COLUMNS,
          parameters ->
              operations
                  .maintenance()
                  .cloneStore(Literals.text(clone.folder(), parameters, "the folder")));
    }
    if (statement instanceof SqlCheckStore check) {
      return rows(
          check,
          Maintenance.CHECK_COLUMNS,
          parameters ->
              check.repair()
                  ? operations.maintenance().repair()
                  : operations.maintenance().check());
    }
    return Optional.empty();
  }

  private Answer imported(SqlImport imported, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    Set<String> branches = new LinkedHashSet<>();
    for (SqlNode branch : imported.branches()) {
      branches.add(branch(branch, parameters));
    }
    return operations
        .imports()
        .run(
            imported.format(),
            Literals.text(imported.path(), parameters, "the path of the dataset"),
            imported.table(),
            branches);
  }

  private Optional<Prepared> rows(
      VersorStatement statement, List<ColumnInfo> columns, RowStatement.Action action) {
    return Optional.of(new RowStatement(session, statement, columns, action));
  }

  private Answer vacuum(SqlVacuum vacuum, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    Optional<Duration> age =
        vacuum.age().isEmpty()
            ? Optional.empty()
            : Optional.of(Ages.of(vacuum.age().get(), parameters));
    return operations.maintenance().vacuum(age, vacuum.dryRun());
  }

  private Answer expire(SqlExpireHistory expire, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    Optional<Integer> last = Optional.empty();
    if (expire.last().isPresent()) {
      last = Optional.of(Literals.wholeNumber(expire.last().get(), parameters, "KEEP LAST"));
    }
    return operations
        .maintenance()
        .expire(
            expire.age().isPresent()
                ? new ExpiryRequest.OlderThan(Ages.of(expire.age().get(), parameters))
                : new ExpiryRequest.Before(
                    Literals.text(expire.commit().orElseThrow(), parameters, "the commit")),
            Literals.optionalText(expire.branch(), parameters, "the branch"),
            last,
            expire.dryRun());
  }

  private Answer squash(SqlSquashHistory squash, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    return operations
        .maintenance()
        .expire(
            new ExpiryRequest.Between(
                Literals.text(squash.from(), parameters, "the older commit"),
                Literals.text(squash.to(), parameters, "the newer commit")),
            Literals.optionalText(squash.branch(), parameters, "the branch"),
            Optional.empty(),
            squash.dryRun());
  }

  private Answer commit(SqlCommitVersion commit, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    return operations
        .commits()
        .commit(
            Literals.optionalText(commit.message(), parameters, "the message"),
            Literals.optionalText(commit.author(), parameters, "the author"),
            commit.allowEmpty(),
            session.writableBranch());
  }

  private Answer createBranch(SqlCreateBranch create, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    return operations
        .branches()
        .create(
            branch(create.name(), parameters),
            kind(create.start()),
            revision(create.start(), parameters),
            create.withChanges(),
            Branches.existing(create.ifNotExists(), create.replace()));
  }

  private Answer createTag(SqlCreateTag create, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    return operations
        .tags()
        .create(
            Literals.text(create.name(), parameters, "the tag"),
            kind(create.target()),
            revision(create.target(), parameters),
            Literals.optionalText(create.message(), parameters, "the message"));
  }

  private Answer merge(SqlMergeBranch merge, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    MergeClauses clauses = merge.clauses();
    return operations
        .merges()
        .merge(
            Literals.text(merge.source(), parameters, "the branch to merge"),
            branch(clauses.target(), parameters),
            clauses.strategy(),
            Literals.optionalText(clauses.message(), parameters, "the message"),
            clauses.squash(),
            clauses.dryRun());
  }

  private Merges.Pick pick(SqlNode commit, MergeClauses clauses, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    Optional<Integer> parent = Optional.empty();
    if (clauses.parent().isPresent()) {
      parent = Optional.of(Literals.wholeNumber(clauses.parent().get(), parameters, "PARENT"));
    }
    return new Merges.Pick(
        Literals.text(commit, parameters, "the commit"),
        parent,
        branch(clauses.target(), parameters),
        clauses.strategy(),
        Literals.optionalText(clauses.message(), parameters, "the message"));
  }

  private Answer reset(SqlResetBranch reset, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    String branch = branch(reset.name(), parameters);
    return reset.commit().isEmpty()
        ? operations.resets().reset(branch)
        : operations
            .resets()
            .reset(
                branch,
                Literals.text(reset.commit().get(), parameters, "the commit"),
                reset.soft() ? ResetMode.SOFT : ResetMode.HARD);
  }

  // --- what clauses say

  private static String branch(SqlNode name, List<@Nullable Object> parameters)
      throws StatementException {
    return Literals.text(name, parameters, "the branch");
  }

  /** The branch a clause names; the current one if there is no such clause. */
  private String branch(Optional<SqlNode> name, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    return name.isPresent() ? branch(name.get(), parameters) : session.writableBranch();
  }

  private static Optional<VersionKind> kind(Optional<RevisionClause> clause) {
    return clause.map(RevisionClause::kind);
  }

  private static Optional<String> revision(
      Optional<RevisionClause> clause, List<@Nullable Object> parameters)
      throws StatementException {
    return clause.isEmpty()
        ? Optional.empty()
        : Optional.of(Literals.text(clause.get().revision(), parameters, "the revision"));
  }
}
