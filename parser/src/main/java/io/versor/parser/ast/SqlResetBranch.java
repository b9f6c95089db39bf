package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code RESET BRANCH [b] [TO COMMIT 'x' HARD|SOFT]}. */
public final class SqlResetBranch extends VersorStatement {
  private final @Nullable SqlNode name;
  private final @Nullable SqlNode commit;
  private final boolean soft;

  public SqlResetBranch(
      SqlParserPos pos, @Nullable SqlNode name, @Nullable SqlNode commit, boolean soft) {
    super("RESET BRANCH", pos, name, commit);
    this.name = name;
    this.commit = commit;
    this.soft = soft;
  }

  public Optional<SqlNode> name() {
    return Optional.ofNullable(name);
  }

  public Optional<SqlNode> commit() {
    return Optional.ofNullable(commit);
  }

  public boolean soft() {
    return soft;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, "RESET BRANCH");
    if (name != null) {
      name.unparse(writer, 0, 0);
    }
    optional(writer, "TO COMMIT", commit);
    if (commit != null) {
      keywords(writer, soft ? "SOFT" : "HARD");
    }
  }
}
