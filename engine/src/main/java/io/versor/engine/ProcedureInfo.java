package io.versor.engine;

import java.util.List;
import java.util.Optional;

/**
 * A procedure of the schema {@code versor}, or a table function.
 *
 * @param remarks what it does, in a sentence
 * @param parameters in the order in which arguments without names are taken
 * @param columns of the row it returns; none of a table function
 */
public record ProcedureInfo(
    String name, String remarks, List<Parameter> parameters, List<ColumnInfo> columns) {
  public ProcedureInfo {
    parameters = List.copyOf(parameters);
    columns = List.copyOf(columns);
  }

  /**
   * A parameter.
   *
   * @param jdbcType of {@link java.sql.Types}
   * @param typeName in SQL
   * @param required whether a call must give it; the others come after it
   * @param defaultText what stands for it where it is not given, as SQL; empty if that depends on
   *     the session or store
   */
  public record Parameter(
      String name,
      int jdbcType,
      String typeName,
      boolean required,
      Optional<String> defaultText,
      String remarks) {}
}
