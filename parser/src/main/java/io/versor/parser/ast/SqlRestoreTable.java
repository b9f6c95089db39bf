package io.versor.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code RESTORE TABLE t TO COMMIT 'x'}. */
public final class SqlRestoreTable extends VersorStatement {
  private final SqlIdentifier table;
  private final SqlNode commit;

  public SqlRestoreTable(SqlParserPos pos, SqlIdentifier table, SqlNode commit) {
    super("RESTORE TABLE", pos, table, commit);
    this.table = table;
    this.commit = commit;
  }

  public SqlIdentifier table() {
    return table;
  }

  public SqlNode commit() {
    return commit;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "RESTORE TABLE", table);
    optional(writer, "TO COMMIT", commit);
  }
}
