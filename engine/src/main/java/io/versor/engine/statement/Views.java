package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.TableNames;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlanner;
import io.versor.format.Snapshot;
import io.versor.format.Transaction;
import io.versor.format.type.StoreException;
import io.versor.format.type.ViewSchema;
import io.versor.parser.ast.SqlCommentOn;
import io.versor.parser.ast.SqlCreateView;
import io.versor.parser.ast.SqlDropView;
import io.versor.parser.ast.SqlRenameView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER and DROP VIEW, COMMENT ON VIEW. */
final class Views {
  private final SessionState session;

  Views(SessionState session) {
    this.session = session;
  }

  static void refuseParameters(SqlCreateView statement) throws StatementException {
    if (Literals.parameterCount(statement.query()) > 0) {
      throw new StatementException(
          "42P02",
          "a view has no parameters; write values in its query, or ask for them where it is read",
          statement.query().getParserPosition().getLineNum(),
          statement.query().getParserPosition().getColumnNum());
    }
  }

  /**
   * @param sql the text of the statement: a view keeps its query as it was written
   */
  long create(SqlCreateView statement, String sql) throws StoreException, StatementException {
    String branch = Target.branch(statement.name(), session.versions());
    String name = Tables.last(statement.name());
    List<String> columns = new ArrayList<>();
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (SqlNode column : statement.columns().map(List::copyOf).orElse(List.of())) {
      SqlIdentifier id = (SqlIdentifier) column;
      columns.add(
          ValuePlaces.at(id, () -> Tables.checkName("view " + name, Tables.last(id), names)));
    }
    return session.write(
        branch,
        (transaction, versions) -> {
          Snapshot before = versions.require(branch).snapshot();
          if (statement.ifNotExists() && TableNames.isTaken(name, before)) {
            session.warn("a table or view " + name + " exists already");
            return 0L;
          }
          String query = statement.queryText(sql);
          ViewSchema made =
              Tables.checked(() -> new ViewSchema(0, name, query, columns, Optional.empty()));
          boolean replaces = statement.replace() && TableNames.isTaken(name, before);
          long id =
              replaces
                  ? redefine(statement.name(), made, before, transaction)
                  : transaction.createView(made);
          check(branch, id, transaction, versions);
          return 0L;
        });
  }

  /** Its id and comment stay. */
  private static long redefine(
      SqlIdentifier name, ViewSchema made, Snapshot before, Transaction transaction)
      throws StoreException, StatementException {
    ViewSchema old = find(name, before);
    transaction.alterView(
        new ViewSchema(old.id(), old.name(), made.sql(), made.columns(), old.comment()));
    return old.id();
  }

  /** A view that cannot be read is an error now, not when somebody reads it. */
  private static void check(String branch, long id, Transaction transaction, Versions versions)
      throws StoreException, StatementException {
    Snapshot after = transaction.snapshot();
    Versions with = versions.with(branch, after);
    Version version = with.require(branch);
    ViewSchema view = after.findView(id).orElseThrow();
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (ColumnInfo column : new QueryPlanner(with).columns(version, view)) {
      Tables.checkName("view " + view.name(), column.label(), names);
    }
  }

  long drop(SqlDropView statement) throws StoreException, StatementException {
    String branch = SeveralTables.branch(statement.names(), session.versions());
    return session.write(
        branch,
        (transaction, versions) ->
            DependentViews.around(
                statement.behavior(),
                session,
                branch,
                transaction,
                versions,
                () -> {
                  Snapshot before = versions.require(branch).snapshot();
                  Set<Long> dropped = new HashSet<>();
                  for (SqlIdentifier name : statement.names()) {
                    if (statement.ifExists() && isMissing(name, before)) {
                      continue;
                    }
                    long id = find(name, before).id();
                    if (dropped.add(id)) {
                      transaction.dropView(id);
                    }
                  }
                }));
  }

  /** For IF EXISTS, which warns. */
  private boolean isMissing(SqlIdentifier name, Snapshot at) {
    if (TableNames.isTaken(Tables.last(name), at)) {
      return false;
    }
    session.warn("no view " + Tables.last(name));
    return true;
  }

  long rename(SqlRenameView statement) throws StoreException, StatementException {
    String newName = Tables.last(statement.newName());
    return change(
        statement.name(),
        (view, transaction) -> transaction.alterView(Tables.checked(() -> view.withName(newName))));
  }

  long comment(SqlCommentOn statement, List<@Nullable Object> parameters)
      throws StoreException, StatementException {
    Optional<String> text = Literals.optionalText(statement.text(), parameters, "the comment");
    return change(
        statement.name(),
        (view, transaction) -> transaction.alterView(Tables.checked(() -> view.withComment(text))));
  }

  /** What becomes of a view. */
  @FunctionalInterface
  private interface Change {
    void make(ViewSchema view, Transaction transaction) throws StoreException;
  }

  private long change(SqlIdentifier name, Change change) throws StoreException, StatementException {
    String branch = Target.branch(name, session.versions());
    return session.write(
        branch,
        (transaction, versions) -> {
          Snapshot before = versions.require(branch).snapshot();
          change.make(find(name, before), transaction);
          return 0L;
        });
  }

  private static ViewSchema find(SqlIdentifier name, Snapshot at) throws StatementException {
    try {
      return TableNames.requireView(Tables.last(name), at);
    } catch (StatementException e) {
      throw e.at(name.getParserPosition());
    }
  }
}
