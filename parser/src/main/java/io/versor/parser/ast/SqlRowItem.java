package io.versor.parser.ast;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Of {@code SET (a, b) = (SELECT x, y ...)}, what one of the columns becomes. */
public final class SqlRowItem extends SqlCall {
  private static final SqlOperator OPERATOR = new SqlSpecialOperator("SET ROW", SqlKind.OTHER);

  private final SqlNode query;
  private final int item;
  private final int items;

  private SqlRowItem(SqlParserPos pos, SqlNode query, int item, int items) {
    super(pos);
    this.query = query;
    this.item = item;
    this.items = items;
  }

  /**
   * What each of several columns becomes.
   *
   * @param given in parentheses: a value for each, or one query
   */
  public static List<SqlNode> of(SqlNodeList given, List<SqlIdentifier> columns) {
    if (given.size() == 1 && given.get(0).isA(SqlKind.QUERY)) {
      List<SqlNode> all = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        all.add(new SqlRowItem(given.getParserPosition(), given.get(0), i, columns.size()));
      }
      return all;
    }
    if (given.size() != columns.size()) {
      throw SyntaxFault.at(
          given.size() + " values for " + columns.size() + " columns", given.getParserPosition());
    }
    return given.getList();
  }

  /** The query, which gives as many columns as there are items, and one row or none. */
  public SqlNode query() {
    return query;
  }

  /** Which column of the query it is, from 0. */
  public int item() {
    return item;
  }

  /** How many columns the query gives. */
  public int items() {
    return items;
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(query);
  }

  @Override
  public SqlNode clone(SqlParserPos pos) {
    return new SqlRowItem(pos, query, item, items);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    SqlWriter.Frame frame = writer.startList("(", ")");
    query.unparse(writer, 0, 0);
    writer.endList(frame);
  }
}
