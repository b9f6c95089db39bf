package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code t FOR SYSTEM_TIME ALL}: every version of every row. */
public final class SqlSystemTimeAll extends SqlCall {
  private static final SqlOperator OPERATOR =
      new SqlSpecialOperator("FOR SYSTEM_TIME ALL", SqlKind.OTHER);

  private final SqlNode table;

  public SqlSystemTimeAll(SqlParserPos pos, SqlNode table) {
    super(pos);
    this.table = table;
  }

  public SqlNode table() {
    return table;
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(table);
  }

  @Override
  public SqlNode clone(SqlParserPos pos) {
    return new SqlSystemTimeAll(pos, table);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    table.unparse(writer, 0, 0);
    VersorStatement.keywords(writer, "FOR SYSTEM_TIME ALL");
  }
}
