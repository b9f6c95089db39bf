package io.versor.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code DROP TABLE [IF EXISTS] t}. */
public final class SqlDropTable extends VersorStatement {
  private final boolean ifExists;
  private final SqlIdentifier name;

  public SqlDropTable(SqlParserPos pos, boolean ifExists, SqlIdentifier name) {
    super("DROP TABLE", pos, name);
    this.ifExists = ifExists;
    this.name = name;
  }

  public boolean ifExists() {
    return ifExists;
  }

  public SqlIdentifier name() {
    return name;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, ifExists ? "DROP TABLE IF EXISTS" : "DROP TABLE", name);
  }
}
