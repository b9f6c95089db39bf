package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code EXPIRE HISTORY [OF BRANCH b] {OLDER THAN interval | BEFORE COMMIT c} [KEEP LAST n] [DRY
 * RUN]}.
 */
public final class SqlExpireHistory extends VersorStatement {
  private final @Nullable SqlNode branch;
  private final @Nullable SqlNode age;
  private final @Nullable SqlNode commit;
  private final @Nullable SqlNode last;
  private final boolean dryRun;

  /** Of an age and a commit one is there. */
  public SqlExpireHistory(
      SqlParserPos pos,
      @Nullable SqlNode branch,
      @Nullable SqlNode age,
      @Nullable SqlNode commit,
      @Nullable SqlNode last,
      boolean dryRun) {
    super("EXPIRE HISTORY", pos, branch, age, commit, last);
    this.branch = branch;
    this.age = age;
    this.commit = commit;
    this.last = last;
    this.dryRun = dryRun;
  }

  public Optional<SqlNode> branch() {
    return Optional.ofNullable(branch);
  }

  public Optional<SqlNode> age() {
    return Optional.ofNullable(age);
  }

  public Optional<SqlNode> commit() {
    return Optional.ofNullable(commit);
  }

  /** How many of the last commits stay. */
  public Optional<SqlNode> last() {
    return Optional.ofNullable(last);
  }

  public boolean dryRun() {
    return dryRun;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, "EXPIRE HISTORY");
    optional(writer, "OF BRANCH", branch);
    optional(writer, "OLDER THAN", age);
    optional(writer, "BEFORE COMMIT", commit);
    optional(writer, "KEEP LAST", last);
    if (dryRun) {
      keywords(writer, "DRY RUN");
    }
  }
}
