package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code DROP BRANCH [IF EXISTS] b [FORCE]}. */
public final class SqlDropBranch extends VersorStatement {
  private final boolean ifExists;
  private final SqlNode name;
  private final boolean force;

  public SqlDropBranch(SqlParserPos pos, boolean ifExists, SqlNode name, boolean force) {
    super("DROP BRANCH", pos, name);
    this.ifExists = ifExists;
    this.name = name;
    this.force = force;
  }

  public boolean ifExists() {
    return ifExists;
  }

  public SqlNode name() {
    return name;
  }

  public boolean force() {
    return force;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, ifExists ? "DROP BRANCH IF EXISTS" : "DROP BRANCH");
    name.unparse(writer, 0, 0);
    if (force) {
      keywords(writer, "FORCE");
    }
  }
}
