package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.ProcedureInfo;
import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A procedure: what a call is checked against, what tools are told, and what it does.
 *
 * @param parameters in order; those a call must give come first
 * @param columns of the row it returns
 * @param variant other columns it may return
 */
record Procedure(
    String name,
    String remarks,
    List<Parameter> parameters,
    List<ColumnInfo> columns,
    Optional<Variant> variant,
    Action action) {

  /** Columns that a flag brings, when a call gives it as TRUE. */
  record Variant(String flag, List<ColumnInfo> columns) {}

  Procedure(
      String name,
      String remarks,
      List<Parameter> parameters,
      List<ColumnInfo> columns,
      Action action) {
    this(name, remarks, parameters, columns, Optional.empty(), action);
  }

  /** What it does. */
  @FunctionalInterface
  interface Action {
    Answer run(Operations operations, Arguments arguments)
        throws StoreException, StatementException;
  }

  int required() {
    return (int) parameters.stream().filter(Parameter::required).count();
  }

  List<String> parameterNames() {
    return parameters.stream().map(Parameter::name).toList();
  }

  /** How it is called, for messages: {@code merge_branch(source [, target, strategy])}. */
  String signature() {
    String first = joined(parameters.subList(0, required()));
    String rest = joined(parameters.subList(required(), parameters.size()));
    String between = first.isEmpty() || rest.isEmpty() ? "" : " ";
    String optional =
        rest.isEmpty() ? "" : between + "[" + (first.isEmpty() ? "" : ", ") + rest + "]";
    return "versor." + name + "(" + first + optional + ")";
  }

  private static String joined(List<Parameter> some) {
    return some.stream().map(Parameter::name).collect(Collectors.joining(", "));
  }

  ProcedureInfo info() {
    return new ProcedureInfo(
        name,
        remarks,
        parameters.stream()
            .map(
                each ->
                    new ProcedureInfo.Parameter(
                        each.name(),
                        each.type().jdbcType(),
                        each.type().typeName(),
                        each.required(),
                        each.defaultText(),
                        each.remarks()))
            .toList(),
        columns);
  }
}
