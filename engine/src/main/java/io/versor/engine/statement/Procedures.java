package io.versor.engine.statement;

import io.versor.engine.ParameterInfo;
import io.versor.engine.Prepared;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.format.ref.NearNames;
import io.versor.parser.ast.SqlCallProcedure;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;

/** {@code CALL versor.xxx(…)}. */
final class Procedures {
  private final Operations operations;

  Procedures(Operations operations) {
    this.operations = operations;
  }

  Prepared prepare(SqlCallProcedure call) throws StatementException {
    Procedure procedure = find(call.name());
    return new Call(call, procedure, Arguments.of(procedure, call, operations.session()));
  }

  private static Procedure find(SqlIdentifier name) throws StatementException {
    String last = name.names.get(name.names.size() - 1);
    boolean ours = name.names.size() == 2 && name.names.get(0).equalsIgnoreCase(Versions.SYSTEM);
    for (Procedure procedure : ProcedureList.ALL) {
      if (ours && procedure.name().equalsIgnoreCase(last)) {
        return procedure;
      }
    }
    List<String> names = ProcedureList.ALL.stream().map(Procedure::name).toList();
    throw new StatementException(
        "42883",
        "no procedure "
            + Literals.name(name)
            + NearNames.question(last, names)
            + (ours ? "" : "; procedures are in the schema " + Versions.SYSTEM),
        name.getParserPosition().getLineNum(),
        name.getParserPosition().getColumnNum());
  }

  private final class Call extends RowStatement {
    private final List<Parameter> parameters;

    Call(SqlCallProcedure call, Procedure procedure, Arguments arguments)
        throws StatementException {
      super(
          operations.session(),
          call,
          arguments.columns(),
          values -> procedure.action().run(operations, arguments.with(values)));
      this.parameters = arguments.parametersOf(Literals.parameterCount(call));
    }

    @Override
    public List<ParameterInfo> parameters() {
      return parameters.stream()
          .map(
              each ->
                  new ParameterInfo(
                      each.type().jdbcType(), each.type().typeName(), 0, 0, !each.required()))
          .toList();
    }

    @Override
    public List<String> parameterNames() {
      return parameters.stream().map(Parameter::name).toList();
    }
  }
}
