package io.versor.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code TRUNCATE [TABLE] t [RESTART IDENTITY | CONTINUE IDENTITY]}. */
public final class SqlTruncateTable extends VersorStatement {
  private final SqlIdentifier table;
  private final boolean restart;

  public SqlTruncateTable(SqlParserPos pos, SqlIdentifier table, boolean restart) {
    super("TRUNCATE TABLE", pos, table);
    this.table = table;
    this.restart = restart;
  }

  /** Whether the numbers of its identity columns begin anew. */
  public boolean restart() {
    return restart;
  }

  public SqlIdentifier table() {
    return table;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "TRUNCATE TABLE", table);
    if (restart) {
      keywords(writer, "RESTART IDENTITY");
    }
  }
}
