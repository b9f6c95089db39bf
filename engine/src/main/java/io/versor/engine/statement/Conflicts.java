package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.system.ConflictRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Statements on {@code "t$conflicts"} write to {@code t}. */
final class Conflicts {
  private Conflicts() {}

  /** The table whose conflicts a name is of; empty for the name of a table. */
  static Optional<SqlIdentifier> tableOf(SqlIdentifier name) {
    String last = name.names.get(name.names.size() - 1);
    int end = last.length() - ConflictRows.SUFFIX.length();
    if (end < 1
        || !last.regionMatches(true, end, ConflictRows.SUFFIX, 0, ConflictRows.SUFFIX.length())) {
      return Optional.empty();
    }
    return Optional.of(renamed(name, last.substring(0, end)));
  }

  /** The name of a table's conflicts. */
  static SqlIdentifier of(SqlIdentifier table) {
    String last = table.names.get(table.names.size() - 1);
    return renamed(table, last + ConflictRows.SUFFIX);
  }

  private static SqlIdentifier renamed(SqlIdentifier name, String last) {
    List<String> names = new ArrayList<>(name.names);
    names.set(names.size() - 1, last);
    return new SqlIdentifier(names, null, name.getParserPosition(), null);
  }

  /** The column of the table that setting a column of its conflicts writes. */
  static SqlIdentifier column(SqlIdentifier name) throws StatementException {
    String last = name.names.get(name.names.size() - 1);
    boolean ours =
        last.regionMatches(true, 0, ConflictRows.OURS, 0, ConflictRows.OURS.length())
            && last.length() > ConflictRows.OURS.length();
    if (!ours) {
      throw new StatementException(
          "25006",
          "of conflicts, only columns "
              + ConflictRows.OURS
              + "… can be set, found "
              + last
              + "; DELETE marks rows as resolved",
          name.getParserPosition().getLineNum(),
          name.getParserPosition().getColumnNum());
    }
    return renamed(name, last.substring(ConflictRows.OURS.length()));
  }

  /** The query for the rows of a table's conflicts. */
  static SqlNode rows(SqlIdentifier conflicts, Optional<SqlNode> condition) {
    return RowQuery.of(conflicts, null, null, List.of(), condition.orElse(null));
  }

  static StatementException refuseReturning(SqlNodeList returning) {
    return new StatementException(
            "0A000", "RETURNING of conflicts; SELECT what their table has now instead")
        .at(returning.get(0).getParserPosition());
  }
}
