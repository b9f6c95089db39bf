package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CHERRY PICK COMMIT 'x'}. */
public final class SqlCherryPick extends VersorStatement {
  private final SqlNode commit;

  public SqlCherryPick(SqlParserPos pos, SqlNode commit) {
    super("CHERRY PICK", pos, commit);
    this.commit = commit;
  }

  public SqlNode commit() {
    return commit;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "CHERRY PICK COMMIT", commit);
  }
}
