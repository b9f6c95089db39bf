package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code REVERT COMMIT 'x' [PARENT n] [INTO b] [USING OURS] [MESSAGE 'm']}, clauses in any order.
 */
public final class SqlRevertCommit extends VersorStatement {
  private final SqlNode commit;
  private final MergeClauses clauses;

  public SqlRevertCommit(SqlParserPos pos, SqlNode commit, MergeClauses clauses) {
    super("REVERT COMMIT", pos, clauses.operands(commit));
    this.commit = commit;
    this.clauses = clauses;
  }

  public SqlNode commit() {
    return commit;
  }

  public MergeClauses clauses() {
    return clauses;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "REVERT COMMIT", commit);
    clauses.unparse(writer);
  }
}
