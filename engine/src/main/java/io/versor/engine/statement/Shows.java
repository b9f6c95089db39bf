package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.plan.SqlErrors;
import io.versor.parser.VersorParser;
import io.versor.parser.ast.SqlShow;
import java.util.Optional;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;

/** SHOW as the query over system tables that it is short for. */
final class Shows {
  private Shows() {}

  static SqlNode query(SqlShow show) throws StatementException {
    String sql =
        switch (show.kind()) {
          case LOG ->
              show.from().isPresent()
                  ? "SELECT * FROM TABLE(versor.log(" + argument(show.from()) + "))"
                  : "SELECT * FROM versor.log";
          case BRANCHES -> "SELECT * FROM versor.branches";
          case TAGS -> "SELECT * FROM versor.tags";
          case STATUS -> "SELECT * FROM versor.status";
          case TABLES -> "SELECT DISTINCT table_name FROM versor.tensors ORDER BY table_name";
          case DIFF -> diff(show);
        };
    try {
      return VersorParser.parse(sql);
    } catch (SqlParseException e) {
      throw SqlErrors.syntax(e);
    }
  }

  private static String diff(SqlShow show) throws StatementException {
    if (show.from().isEmpty()) {
      return "SELECT * FROM TABLE(versor.diff_summary())";
    }
    String arguments =
        show.to().isEmpty()
            ? argument(show.from())
            : argument(show.from()) + ", " + argument(show.to());
    return "SELECT * FROM TABLE(versor.diff_summary(" + arguments + "))";
  }

  private static String argument(Optional<SqlNode> node) throws StatementException {
    SqlNode given = node.orElseThrow();
    if (given instanceof SqlDynamicParam) {
      return "?";
    }
    String text =
        given instanceof SqlIdentifier id
            ? String.join(".", id.names)
            : given instanceof SqlLiteral literal ? String.valueOf(literal.toValue()) : null;
    if (text == null) {
      throw new StatementException("42601", "a revision is a text, found " + given);
    }
    return "'" + text.replace("'", "''") + "'";
  }
}
