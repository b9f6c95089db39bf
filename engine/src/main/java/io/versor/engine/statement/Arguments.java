package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.StatementException;
import io.versor.format.ref.NearNames;
import io.versor.format.type.StoreException;
import io.versor.parser.ast.SqlCallProcedure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call by the names of the procedure's parameters. NULL and what is not given
 * are the same.
 */
final class Arguments {
  /** Characters of a wrong value that a message shows. */
  private static final int MAX_FOUND = 60;

  private final Procedure procedure;
  private final SessionState session;
  private final @Nullable SqlNode[] nodes;
  private final List<@Nullable Object> bound;

  private Arguments(
      Procedure procedure,
      SessionState session,
      @Nullable SqlNode[] nodes,
      List<@Nullable Object> bound) {
    this.procedure = procedure;
    this.session = session;
    this.nodes = nodes;
    this.bound = bound;
  }

  /**
   * Says which parameter each argument is for, and checks all that can be checked before there are
   * values.
   */
  static Arguments of(Procedure procedure, SqlCallProcedure call, SessionState session)
      throws StatementException {
    @Nullable SqlNode[] nodes = new SqlNode[procedure.parameters().size()];
    boolean named = false;
    int position = 0;
    for (SqlCallProcedure.Argument argument : call.arguments()) {
      int at;
      if (argument.name().isPresent()) {
        named = true;
        at = named(procedure, argument.name().get());
      } else if (named) {
        throw wrong(
            "42601", "an argument without a name cannot follow one with a name", argument.value());
      } else if (position == nodes.length) {
        throw wrong(
            "42883",
            call.arguments().size() + " arguments, expected " + procedure.signature(),
            argument.value());
      } else {
        at = position++;
      }
      if (nodes[at] != null) {
        throw wrong(
            "42601",
            "argument " + procedure.parameters().get(at).name() + " is given twice",
            argument.name().map(SqlNode.class::cast).orElse(argument.value()));
      }
      nodes[at] = checked(procedure.parameters().get(at), argument.value());
    }
    for (int i = 0; i < nodes.length; i++) {
      if (nodes[i] == null && procedure.parameters().get(i).required()) {
        throw wrong(
            "42883",
            "argument "
                + procedure.parameters().get(i).name()
                + " is missing, expected "
                + procedure.signature(),
            call);
      }
    }
    return new Arguments(procedure, session, nodes, List.of());
  }

  private static int named(Procedure procedure, SqlIdentifier name) throws StatementException {
    List<String> names = procedure.parameterNames();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name.getSimple())) {
        return i;
      }
    }
    throw wrong(
        "42883",
        "no parameter "
            + name.getSimple()
            + " of "
            + procedure.signature()
            + NearNames.question(name.getSimple(), names),
        name);
  }

  /** A literal of the parameter's type, a name for a text, or something only a call will know. */
  private static SqlNode checked(Parameter parameter, SqlNode node) throws StatementException {
    if (node instanceof SqlDynamicParam) {
      return node;
    }
    Optional<Literals.Value> literal =
        node instanceof SqlIdentifier id
            ? Optional.of(parameters -> Literals.name(id))
            : Literals.find(node);
    if (literal.isEmpty()) {
      throw wrong(
          "42601",
          "argument " + parameter.name() + " is " + parameter.expected() + " or ?, found " + node,
          node);
    }
    Object value = literal.get().of(List.of());
    if (value != null && parameter.read(value, false).isEmpty()) {
      throw wrong(
          "42883",
          "argument " + parameter.name() + " is " + parameter.expected() + ", found " + node,
          node);
    }
    return node;
  }

  private static StatementException wrong(String state, String message, SqlNode where) {
    SqlParserPos at = where.getParserPosition();
    return new StatementException(state, message, at.getLineNum(), at.getColumnNum());
  }

  /** The same arguments with the values of parameters. */
  Arguments with(List<@Nullable Object> parameters) {
    return new Arguments(procedure, session, nodes, parameters);
  }

  /** Columns of what the call returns; those of a variant only if a literal says so. */
  List<ColumnInfo> columns() throws StatementException {
    Optional<Procedure.Variant> variant = procedure.variant();
    if (variant.isPresent()) {
      int at = procedure.parameterNames().indexOf(variant.get().flag());
      if (!(nodes[at] instanceof SqlDynamicParam) && flag(variant.get().flag())) {
        return variant.get().columns();
      }
    }
    return procedure.columns();
  }

  /** Which parameter of the procedure each {@code ?} is, in order. */
  List<Parameter> parametersOf(int count) {
    Parameter[] found = new Parameter[count];
    for (int i = 0; i < nodes.length; i++) {
      if (nodes[i] instanceof SqlDynamicParam parameter) {
        found[parameter.getIndex()] = procedure.parameters().get(i);
      }
    }
    return Arrays.asList(found);
  }

  private Optional<Object> value(String name) throws StatementException {
    int at = procedure.parameterNames().indexOf(name);
    if (at < 0) {
      throw new IllegalArgumentException(procedure.name() + " has no parameter " + name);
    }
    Parameter parameter = procedure.parameters().get(at);
    SqlNode node = nodes[at];
    Object given = null;
    if (node instanceof SqlIdentifier id) {
      given = Literals.name(id);
    } else if (node != null) {
      given = Literals.find(node).orElseThrow().of(bound);
    }
    if (given == null) {
      if (parameter.required()) {
        throw new StatementException(
            "22004",
            "argument "
                + name
                + " of versor."
                + procedure.name()
                + " is NULL, expected "
                + parameter.expected());
      }
      return Optional.empty();
    }
    Optional<Object> read = parameter.read(given, node instanceof SqlDynamicParam);
    if (read.isEmpty()) {
      throw new StatementException(
          "22023",
          "argument "
              + name
              + " of versor."
              + procedure.name()
              + " is "
              + parameter.expected()
              + ", found "
              + shortened(given));
    }
    return read;
  }

  private static String shortened(Object value) {
    String text = value instanceof String ? "'" + value + "'" : value.toString();
    return value.getClass().isArray()
        ? "a " + value.getClass().getSimpleName()
        : text.length() <= MAX_FOUND ? text : text.substring(0, MAX_FOUND) + "…";
  }

  Optional<String> find(String name) throws StatementException {
    return value(name).map(String.class::cast);
  }

  String text(String name) throws StatementException {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException(name + " is read as if it were required"));
  }

  boolean flag(String name) throws StatementException {
    return value(name).map(Boolean.class::cast).orElse(false);
  }

  Optional<Integer> number(String name) throws StatementException {
    return value(name).map(Integer.class::cast);
  }

  /** The branch an argument names; the current one if there is no such argument. */
  String branch(String name) throws StoreException, StatementException {
    Optional<String> given = find(name);
    return given.isPresent() ? given.get() : session.writableBranch();
  }
}
