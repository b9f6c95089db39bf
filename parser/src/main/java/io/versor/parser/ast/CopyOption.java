package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * An option of COPY, {@code FORMAT csv} or {@code HEADER}.
 *
 * @param values literals, parameters, and words as identifiers; none for an option that stands
 *     alone
 */
public record CopyOption(SqlIdentifier name, List<SqlNode> values) {
  public CopyOption {
    values = List.copyOf(values);
  }
}
