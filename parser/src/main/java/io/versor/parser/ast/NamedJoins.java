package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code FROM (a JOIN b) AS c}: the rows of {@code SELECT * FROM a JOIN b}, by one name; and those
 * of a MATCH_RECOGNIZE, by other names of columns.
 */
public final class NamedJoins {
  private NamedJoins() {}

  /**
   * What a name behind it is given to: a query for a join, others as they are.
   *
   * @param columns names of columns behind that name
   */
  public static SqlNode query(SqlNode table, @Nullable SqlNodeList columns) {
    boolean renamed = table instanceof SqlMatchRecognize && columns != null;
    if (!(table instanceof SqlJoin) && !renamed) {
      return table;
    }
    SqlParserPos place = table.getParserPosition();
    SqlNodeList all = new SqlNodeList(List.of(SqlIdentifier.star(place)), place);
    return new SqlSelect(
        place, null, all, table, null, null, null, null, null, null, null, null, null);
  }
}
