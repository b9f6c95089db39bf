package io.versor.engine.system;

import io.versor.engine.ProcedureInfo;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.DerivedTables;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.format.Snapshot;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.sql.Types;
import java.util.List;
import java.util.Optional;

/** Table functions of the schema {@code versor}. */
final class TableFunctions {
  /** Two full commit ids and what is around them fit; the planner looks the name up again. */
  private static final int MAX_NAME = 250;

  private static final ProcedureInfo.Parameter TABLE =
      text("table_name", "the table, named by a text", true);

  private static final ProcedureInfo.Parameter REVISION =
      text("revision", "the state to look back from; else the uncommitted one", false);

  private static final ProcedureInfo.Parameter FROM =
      text("from_revision", "the state before; else the last commit", false);

  private static final ProcedureInfo.Parameter TO =
      text("to_revision", "the state after; else the uncommitted one", false);

  /** In the order of their names. */
  static final List<ProcedureInfo> ALL =
      List.of(
          function("blame", "The commit that last set each cell of a table.", TABLE, REVISION),
          function("changes", "Changed rows in the words of a change feed.", TABLE, FROM, TO),
          function("columns", "Columns of a table, with their types.", TABLE),
          function("diff", "Changed rows, as they were and as they are.", TABLE, FROM, TO),
          function("diff_summary", "What changed in each table and tensor, counted.", FROM, TO),
          function("history", "Every version of every row of a table.", TABLE, REVISION),
          function(
              "log",
              "Commits along first parents; of 'a..b' all that b reaches and a does not.",
              text("revision", "a revision, or a range of two", true)),
          function("schema_diff", "What changed in the columns of each table.", FROM, TO));

  private static ProcedureInfo function(
      String name, String remarks, ProcedureInfo.Parameter... parameters) {
    return new ProcedureInfo(name, remarks, List.of(parameters), List.of());
  }

  private static ProcedureInfo.Parameter text(String name, String remarks, boolean required) {
    return new ProcedureInfo.Parameter(
        name, Types.VARCHAR, "VARCHAR", required, Optional.empty(), remarks);
  }

  private TableFunctions() {}

  static VersorTable call(
      String function,
      List<Optional<String>> arguments,
      String name,
      Versions versions,
      DerivedTables derived)
      throws StoreException, StatementException {
    return switch (function) {
      case "diff_summary" -> summary(arguments, name, versions);
      case "diff" -> RowDiffs.table(arguments, name, versions);
      case "changes" -> RowChanges.table(arguments, name, versions);
      case "schema_diff" -> schemas(arguments, name, versions);
      case "history" -> RowHistories.table(arguments, name, versions);
      case "blame" -> Blames.table(arguments, name, versions);
      case "log" -> log(arguments, name);
      case "columns" -> TableDescriptions.columns(arguments, name, versions, derived);
      default ->
          throw new StatementException(
              "42883", "no table function versor." + function + SystemSchema.near(function));
    };
  }

  static StatementException wrongCount(String function, int found, String expected) {
    return new StatementException(
        "42883", "versor." + function + " with " + found + " arguments, expected " + expected);
  }

  /** The table an argument names, of a function whose columns are those of the table. */
  static String table(List<Optional<String>> arguments, int most, String function, String expected)
      throws StatementException {
    if (arguments.isEmpty() || arguments.size() > most) {
      throw wrongCount(function, arguments.size(), expected);
    }
    return arguments
        .get(0)
        .orElseThrow(
            () ->
                new StatementException(
                    "42P18",
                    "the columns of versor."
                        + function
                        + " are those of its table, so name the table by a text, found ? or NULL"));
  }

  /** Of a revision along first parents; of {@code a..b}, all that b reaches and a does not. */
  private static VersorTable log(List<Optional<String>> arguments, String name)
      throws StatementException {
    if (arguments.size() != 1) {
      throw wrongCount("log", arguments.size(), "log(revision), log('a..b')");
    }
    String revision = arguments.get(0).orElse("HEAD");
    int dots = revision.indexOf("..");
    return new CursorTable(
        TableSchema.of(shortened(name), List.of(SystemTables.commitColumns())),
        (request, versions) ->
            SystemTables.rows(
                dots < 0
                    ? versions.store().log(commit(revision, versions))
                    : versions
                        .store()
                        .log(
                            commit(revision.substring(0, dots), versions),
                            commit(revision.substring(dots + 2), versions))));
  }

  /** Nothing at an end of a range is HEAD, as in git. */
  private static CommitId commit(String revision, Versions versions) throws StoreException {
    String named = revision.isBlank() ? "HEAD" : revision.strip();
    return versions.store().resolveCommit(named, versions.branch()).id();
  }

  private static VersorTable summary(
      List<Optional<String>> arguments, String name, Versions versions)
      throws StoreException, StatementException {
    if (arguments.size() > 2) {
      throw wrongCount("diff_summary", arguments.size(), "diff_summary(from, to)");
    }
    Optional<Snapshot> from = from(arguments, 0, versions);
    Optional<Snapshot> to = to(arguments, 1, versions);
    return new SystemTable(
        TableSchema.of(shortened(name), List.of(DiffSummary.columns())),
        (sink, now) -> DiffSummary.fill(sink, now, from, to));
  }

  private static VersorTable schemas(
      List<Optional<String>> arguments, String name, Versions versions)
      throws StoreException, StatementException {
    if (arguments.size() > 2) {
      throw wrongCount("schema_diff", arguments.size(), "schema_diff(from, to)");
    }
    Optional<Snapshot> from = from(arguments, 0, versions);
    Snapshot to = to(arguments, 1, versions).orElseThrow();
    return new SystemTable(
        TableSchema.of(shortened(name), List.of(SchemaDiff.columns())),
        (sink, now) -> SchemaDiff.fill(sink, from, to));
  }

  /** Names of tables are bounded; a longer one is cut. */
  static String shortened(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
  }

  /** The revision an argument names; the last commit if there is no such argument. */
  static Optional<Snapshot> from(List<Optional<String>> arguments, int at, Versions versions)
      throws StoreException {
    if (at < arguments.size() && arguments.get(at).isPresent()) {
      return Optional.of(versions.state(arguments.get(at).get()));
    }
    Version current = versions.require(versions.current());
    return DiffSummary.committed(versions, current.snapshot());
  }

  /** The revision an argument names; the uncommitted state if there is no such argument. */
  static Optional<Snapshot> to(List<Optional<String>> arguments, int at, Versions versions)
      throws StoreException {
    return Optional.of(
        at < arguments.size() && arguments.get(at).isPresent()
            ? versions.state(arguments.get(at).get())
            : versions.require(versions.current()).snapshot());
  }

  /**
   * Tells whether {@link #to} gives the same commit in the versions of a later statement, so that
   * what is made of it stays. Never in a view, which is read in versions of its own.
   */
  static CursorTable.Alike alike(
      Snapshot state, List<Optional<String>> arguments, int at, Versions versions) {
    if (state.commit().isEmpty() || versions.isOfView()) {
      return later -> false;
    }
    return later -> to(arguments, at, later).orElseThrow().commit().equals(state.commit());
  }
}
