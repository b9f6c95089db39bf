package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code SQUASH HISTORY [OF BRANCH b] FROM COMMIT c TO COMMIT d [DRY RUN]}. */
public final class SqlSquashHistory extends VersorStatement {
  private final @Nullable SqlNode branch;
  private final SqlNode from;
  private final SqlNode to;
  private final boolean dryRun;

  public SqlSquashHistory(
      SqlParserPos pos, @Nullable SqlNode branch, SqlNode from, SqlNode to, boolean dryRun) {
    super("SQUASH HISTORY", pos, branch, from, to);
    this.branch = branch;
    this.from = from;
    this.to = to;
    this.dryRun = dryRun;
  }

  public Optional<SqlNode> branch() {
    return Optional.ofNullable(branch);
  }

  public SqlNode from() {
    return from;
  }

  public SqlNode to() {
    return to;
  }

  public boolean dryRun() {
    return dryRun;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, "SQUASH HISTORY");
    optional(writer, "OF BRANCH", branch);
    optional(writer, "FROM COMMIT", from);
    optional(writer, "TO COMMIT", to);
    if (dryRun) {
      keywords(writer, "DRY RUN");
    }
  }
}
