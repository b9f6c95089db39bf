package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.format.type.StoreException;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;

/** Tables that one statement names in a list. */
final class SeveralTables {
  private SeveralTables() {}

  /** The branch that all of them are on: a statement writes one. */
  static String branch(List<SqlIdentifier> tables, Versions versions)
      throws StoreException, StatementException {
    String branch = Target.branch(tables.get(0), versions);
    for (SqlIdentifier table : tables) {
      String other = Target.branch(table, versions);
      if (!other.equals(branch)) {
        throw new StatementException(
                "0A000",
                "one statement writes one branch, found "
                    + branch
                    + " and "
                    + other
                    + "; use a statement for each")
            .at(table.getParserPosition());
      }
    }
    return branch;
  }
}
