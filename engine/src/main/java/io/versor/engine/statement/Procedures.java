package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.Prepared;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.format.ref.NearNames;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * {@code CALL versor.xxx(…)}: the version statements with the branch as their last argument, for
 * callers that share connections.
 */
final class Procedures {
  private static final List<String> NAMES =
      List.of(
          "commit_version",
          "create_branch",
          "drop_branch",
          "rename_branch",
          "create_tag",
          "drop_tag",
          "merge_branch",
          "reset_branch",
          "optimize_table");

  private final SessionState session;
  private final VersionStatements versions;

  Procedures(SessionState session, VersionStatements versions) {
    this.session = session;
    this.versions = versions;
  }

  /** Arguments of a call, by place; NULL and missing ones are the same. */
  private record Arguments(
      String procedure, List<SqlNode> nodes, List<@Nullable Object> parameters) {
    Optional<String> find(int i) throws StatementException {
      if (i >= nodes.size()) {
        return Optional.empty();
      }
      SqlNode node = nodes.get(i);
      if (node instanceof SqlIdentifier id) {
        return Optional.of(Literals.name(id));
      }
      Optional<Literals.Value> value = Literals.find(node);
      if (value.isEmpty()) {
        throw new StatementException(
            "42601",
            "arguments of versor." + procedure + " are texts or ?, found " + node,
            node.getParserPosition().getLineNum(),
            node.getParserPosition().getColumnNum());
      }
      return Optional.ofNullable(value.get().of(parameters)).map(Object::toString);
    }

    String require(int i, String what) throws StatementException {
      Optional<String> found = find(i);
      if (found.isEmpty()) {
        throw new StatementException(
            "22004", "versor." + procedure + ": argument " + (i + 1) + ", " + what + ", is NULL");
      }
      return found.get();
    }
  }

  @FunctionalInterface
  private interface Action {
    List<List<@Nullable Object>> run(Arguments arguments) throws StoreException, StatementException;
  }

  Prepared prepare(SqlCall call) throws StatementException {
    SqlNode inner = call.operand(0);
    if (!(inner instanceof SqlCall procedure)
        || !(procedure.getOperator() instanceof SqlFunction function)) {
      throw unknown(call, inner.toString());
    }
    List<String> names =
        function.getSqlIdentifier() == null
            ? List.of(function.getName())
            : function.getSqlIdentifier().names;
    String name = names.get(names.size() - 1).toLowerCase(Locale.ROOT);
    if (names.size() != 2 || !names.get(0).equalsIgnoreCase(Versions.SYSTEM)) {
      throw unknown(call, String.join(".", names));
    }
    List<SqlNode> nodes = procedure.getOperandList();
    for (SqlNode node : nodes) {
      if (node.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
        throw new StatementException(
            "0A000", "arguments by name are not supported; give them in order");
      }
    }
    return switch (name) {
      case "commit_version" -> commit(call, nodes);
      case "create_branch" ->
          statement(call, name, nodes, 1, 2, VersionStatements.BRANCH_COLUMNS, this::createBranch);
      case "drop_branch" ->
          statement(
              call,
              name,
              nodes,
              1,
              1,
              VersionStatements.BRANCH_COLUMNS,
              arguments -> versions.dropBranch(arguments.require(0, "the branch"), false, false));
      case "rename_branch" ->
          statement(
              call,
              name,
              nodes,
              2,
              2,
              VersionStatements.BRANCH_COLUMNS,
              arguments ->
                  versions.renameBranch(
                      arguments.require(0, "the branch"), arguments.require(1, "its new name")));
      case "create_tag" ->
          statement(
              call,
              name,
              nodes,
              1,
              3,
              VersionStatements.TAG_COLUMNS,
              arguments ->
                  versions.createTag(
                      arguments.require(0, "the tag"),
                      Optional.empty(),
                      arguments.find(1),
                      arguments.find(2)));
      case "drop_tag" ->
          statement(
              call,
              name,
              nodes,
              1,
              1,
              VersionStatements.TAG_COLUMNS,
              arguments -> versions.dropTag(arguments.require(0, "the tag"), false));
      case "merge_branch" ->
          statement(call, name, nodes, 1, 3, VersionStatements.MERGE_COLUMNS, this::merge);
      case "reset_branch" ->
          statement(
              call,
              name,
              nodes,
              0,
              1,
              VersionStatements.BRANCH_COLUMNS,
              arguments -> versions.resetBranch(branch(arguments, 0)));
      case "optimize_table" ->
          statement(
              call,
              name,
              nodes,
              1,
              2,
              VersionStatements.OPTIMIZE_COLUMNS,
              arguments ->
                  versions.optimize(
                      new SqlIdentifier(
                          List.of(branch(arguments, 1), arguments.require(0, "the table")),
                          call.getParserPosition())));
      default -> throw unknown(call, name);
    };
  }

  private Prepared commit(SqlCall call, List<SqlNode> nodes) throws StatementException {
    return statement(
        call,
        "commit_version",
        nodes,
        0,
        2,
        VersionStatements.COMMIT_COLUMNS,
        arguments ->
            versions.commit(arguments.find(0), Optional.empty(), false, branch(arguments, 1)));
  }

  private List<List<@Nullable Object>> createBranch(Arguments arguments)
      throws StoreException, StatementException {
    return versions.createBranch(
        arguments.require(0, "the branch"),
        Optional.empty(),
        arguments.find(1),
        false,
        false,
        false);
  }

  private List<List<@Nullable Object>> merge(Arguments arguments)
      throws StoreException, StatementException {
    return versions.merge(
        arguments.require(0, "the branch to merge"),
        branch(arguments, 1),
        arguments.find(2),
        Optional.empty(),
        false,
        false);
  }

  private String branch(Arguments arguments, int i) throws StoreException, StatementException {
    Optional<String> given = arguments.find(i);
    return given.isPresent() ? given.get() : session.writableBranch();
  }

  private Prepared statement(
      SqlCall call,
      String name,
      List<SqlNode> nodes,
      int least,
      int most,
      List<ColumnInfo> columns,
      Action action)
      throws StatementException {
    if (nodes.size() < least || nodes.size() > most) {
      throw new StatementException(
          "42883",
          "versor."
              + name
              + " with "
              + nodes.size()
              + " arguments, expected "
              + (least == most ? String.valueOf(least) : least + " to " + most),
          call.getParserPosition().getLineNum(),
          call.getParserPosition().getColumnNum());
    }
    return new RowStatement(
        session, call, columns, parameters -> action.run(new Arguments(name, nodes, parameters)));
  }

  private static StatementException unknown(SqlCall call, String name) {
    return new StatementException(
        "42883",
        "no procedure "
            + name
            + NearNames.question(name, NAMES)
            + "; they are in the schema versor",
        call.getParserPosition().getLineNum(),
        call.getParserPosition().getColumnNum());
  }
}
