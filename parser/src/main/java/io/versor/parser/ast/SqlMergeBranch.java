package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code MERGE BRANCH b [INTO c] [USING OURS] [MESSAGE 'm'] [SQUASH] [DRY RUN]}, clauses in any
 * order.
 */
public final class SqlMergeBranch extends VersorStatement {
  private final SqlNode source;
  private final MergeClauses clauses;

  public SqlMergeBranch(SqlParserPos pos, SqlNode source, MergeClauses clauses) {
    super("MERGE BRANCH", pos, clauses.operands(source));
    this.source = source;
    this.clauses = clauses;
  }

  public SqlNode source() {
    return source;
  }

  public MergeClauses clauses() {
    return clauses;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "MERGE BRANCH", source);
    clauses.unparse(writer);
  }
}
