package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code FROM (a JOIN b) AS c}: the rows of {@code SELECT * FROM a JOIN b}, by one name. */
public final class NamedJoins {
  private NamedJoins() {}

  /** What a name behind it is given to: a query for a join, others as they are. */
  public static SqlNode query(SqlNode table) {
    if (!(table instanceof SqlJoin)) {
      return table;
    }
    SqlParserPos place = table.getParserPosition();
    SqlNodeList all = new SqlNodeList(List.of(SqlIdentifier.star(place)), place);
    return new SqlSelect(
        place, null, all, table, null, null, null, null, null, null, null, null, null);
  }
}
