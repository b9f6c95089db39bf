package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code MERGE BRANCH b [INTO c] [USING OURS] [MESSAGE 'm'] [SQUASH] [DRY RUN]}. */
public final class SqlMergeBranch extends VersorStatement {
  private final SqlNode source;
  private final @Nullable SqlIdentifier target;
  private final @Nullable String strategy;
  private final @Nullable SqlNode message;
  private final boolean squash;
  private final boolean dryRun;

  public SqlMergeBranch(
      SqlParserPos pos,
      SqlNode source,
      @Nullable SqlIdentifier target,
      @Nullable String strategy,
      @Nullable SqlNode message,
      boolean squash,
      boolean dryRun) {
    super("MERGE BRANCH", pos, source, target, message);
    this.source = source;
    this.target = target;
    this.strategy = strategy;
    this.message = message;
    this.squash = squash;
    this.dryRun = dryRun;
  }

  public SqlNode source() {
    return source;
  }

  public Optional<SqlIdentifier> target() {
    return Optional.ofNullable(target);
  }

  public Optional<String> strategy() {
    return Optional.ofNullable(strategy);
  }

  public Optional<SqlNode> message() {
    return Optional.ofNullable(message);
  }

  public boolean squash() {
    return squash;
  }

  public boolean dryRun() {
    return dryRun;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "MERGE BRANCH", source);
    optional(writer, "INTO", target);
    if (strategy != null) {
      keywords(writer, "USING " + strategy);
    }
    optional(writer, "MESSAGE", message);
    if (squash) {
      keywords(writer, "SQUASH");
    }
    if (dryRun) {
      keywords(writer, "DRY RUN");
    }
  }
}
