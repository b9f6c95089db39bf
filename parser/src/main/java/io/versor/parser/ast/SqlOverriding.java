package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code OVERRIDING SYSTEM VALUE} or {@code OVERRIDING USER VALUE} and the rows of an INSERT: who
 * has the say over identity columns.
 */
public final class SqlOverriding extends SqlCall {
  private static final SqlOperator OPERATOR = new SqlSpecialOperator("OVERRIDING", SqlKind.OTHER);

  private final boolean system;
  private final SqlNode rows;

  /**
   * @param system whether the rows' values are stored, else numbers take their places
   * @param rows VALUES or a query
   */
  public SqlOverriding(SqlParserPos pos, boolean system, SqlNode rows) {
    super(pos);
    this.system = system;
    this.rows = rows;
  }

  public boolean system() {
    return system;
  }

  public SqlNode rows() {
    return rows;
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(rows);
  }

  @Override
  public SqlNode clone(SqlParserPos pos) {
    return new SqlOverriding(pos, system, rows);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    VersorStatement.keywords(writer, system ? "OVERRIDING SYSTEM VALUE" : "OVERRIDING USER VALUE");
    rows.unparse(writer, 0, 0);
  }
}
