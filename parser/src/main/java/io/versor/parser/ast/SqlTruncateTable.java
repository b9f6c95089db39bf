package io.versor.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code TRUNCATE [TABLE] t}. */
public final class SqlTruncateTable extends VersorStatement {
  private final SqlIdentifier table;

  public SqlTruncateTable(SqlParserPos pos, SqlIdentifier table) {
    super("TRUNCATE TABLE", pos, table);
    this.table = table;
  }

  public SqlIdentifier table() {
    return table;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "TRUNCATE TABLE", table);
  }
}
