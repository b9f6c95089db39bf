package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code ALTER BRANCH b RENAME TO c}. */
public final class SqlRenameBranch extends VersorStatement {
  private final SqlNode name;
  private final SqlNode newName;

  public SqlRenameBranch(SqlParserPos pos, SqlNode name, SqlNode newName) {
    super("ALTER BRANCH", pos, name, newName);
    this.name = name;
    this.newName = newName;
  }

  public SqlNode name() {
    return name;
  }

  public SqlNode newName() {
    return newName;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, "ALTER BRANCH");
    name.unparse(writer, 0, 0);
    optional(writer, "RENAME TO", newName);
  }
}
