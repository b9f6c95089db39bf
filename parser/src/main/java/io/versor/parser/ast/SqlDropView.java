package io.versor.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code DROP VIEW [IF EXISTS] v}. */
public final class SqlDropView extends VersorStatement {
  private final boolean ifExists;
  private final SqlIdentifier name;

  public SqlDropView(SqlParserPos pos, boolean ifExists, SqlIdentifier name) {
    super("DROP VIEW", pos, name);
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
    optional(writer, ifExists ? "DROP VIEW IF EXISTS" : "DROP VIEW", name);
  }
}
