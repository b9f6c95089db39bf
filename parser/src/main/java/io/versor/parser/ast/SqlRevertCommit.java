package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code REVERT COMMIT 'x' [PARENT n]}. */
public final class SqlRevertCommit extends VersorStatement {
  private final SqlNode commit;
  private final int parent;

  public SqlRevertCommit(SqlParserPos pos, SqlNode commit, int parent) {
    super("REVERT COMMIT", pos, commit);
    this.commit = commit;
    this.parent = parent;
  }

  public SqlNode commit() {
    return commit;
  }

  public int parent() {
    return parent;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "REVERT COMMIT", commit);
    if (parent > 0) {
      keywords(writer, "PARENT");
      writer.print(parent);
    }
  }
}
