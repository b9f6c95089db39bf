package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code CREATE [OR REPLACE] BRANCH [IF NOT EXISTS] b [AS OF ...] [WITH CHANGES]}. */
public final class SqlCreateBranch extends VersorStatement {
  private final boolean replace;
  private final boolean ifNotExists;
  private final SqlNode name;
  private final @Nullable RevisionClause start;
  private final boolean withChanges;

  public SqlCreateBranch(
      SqlParserPos pos,
      boolean replace,
      boolean ifNotExists,
      SqlNode name,
      @Nullable RevisionClause start,
      boolean withChanges) {
    super("CREATE BRANCH", pos, name, start == null ? null : start.revision());
    this.replace = replace;
    this.ifNotExists = ifNotExists;
    this.name = name;
    this.start = start;
    this.withChanges = withChanges;
  }

  public boolean replace() {
    return replace;
  }

  public boolean ifNotExists() {
    return ifNotExists;
  }

  public SqlNode name() {
    return name;
  }

  public Optional<RevisionClause> start() {
    return Optional.ofNullable(start);
  }

  public boolean withChanges() {
    return withChanges;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, replace ? "CREATE OR REPLACE BRANCH" : "CREATE BRANCH");
    if (ifNotExists) {
      keywords(writer, "IF NOT EXISTS");
    }
    name.unparse(writer, 0, 0);
    revision(writer, start);
    if (withChanges) {
      keywords(writer, "WITH CHANGES");
    }
  }
}
