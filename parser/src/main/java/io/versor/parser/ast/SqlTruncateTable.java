package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code TRUNCATE [TABLE] t, ... [RESTART IDENTITY | CONTINUE IDENTITY]}. */
public final class SqlTruncateTable extends VersorStatement {
  private final List<SqlIdentifier> tables;
  private final boolean restart;

  public SqlTruncateTable(SqlParserPos pos, List<SqlIdentifier> tables, boolean restart) {
    super("TRUNCATE TABLE", pos, tables.toArray(SqlNode[]::new));
    this.tables = List.copyOf(tables);
    this.restart = restart;
  }

  /** Whether the numbers of their identity columns begin anew. */
  public boolean restart() {
    return restart;
  }

  public List<SqlIdentifier> tables() {
    return tables;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    items(writer, "TRUNCATE TABLE", new SqlNodeList(tables, getParserPosition()));
    if (restart) {
      keywords(writer, "RESTART IDENTITY");
    }
  }
}
