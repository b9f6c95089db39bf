package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code DROP TAG [IF EXISTS] v}. */
public final class SqlDropTag extends VersorStatement {
  private final boolean ifExists;
  private final SqlNode name;

  public SqlDropTag(SqlParserPos pos, boolean ifExists, SqlNode name) {
    super("DROP TAG", pos, name);
    this.ifExists = ifExists;
    this.name = name;
  }

  public boolean ifExists() {
    return ifExists;
  }

  public SqlNode name() {
    return name;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, ifExists ? "DROP TAG IF EXISTS" : "DROP TAG", name);
  }
}
