package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code t AS OF COMMIT 'x'} in FROM. */
public final class SqlVersionedTable extends SqlCall {
  /** A table read in another version. */
  public static final SqlOperator OPERATOR = new SqlSpecialOperator("AS OF", SqlKind.OTHER);

  private final SqlNode table;
  private final VersionKind kind;
  private final SqlNode revision;

  /**
   * @param table an identifier, or a table with hints
   */
  public SqlVersionedTable(SqlParserPos pos, SqlNode table, RevisionClause clause) {
    super(pos);
    this.table = table;
    this.kind = clause.kind();
    this.revision = clause.revision();
  }

  public SqlNode table() {
    return table;
  }

  public VersionKind kind() {
    return kind;
  }

  /** A character literal or a dynamic parameter. */
  public SqlNode revision() {
    return revision;
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(table, revision);
  }

  @Override
  public SqlNode clone(SqlParserPos pos) {
    return new SqlVersionedTable(pos, table, new RevisionClause(kind, revision));
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    table.unparse(writer, 0, 0);
    VersorStatement.revision(writer, new RevisionClause(kind, revision));
  }
}
