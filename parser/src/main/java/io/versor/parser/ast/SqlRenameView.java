package io.versor.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code ALTER VIEW v RENAME TO w}. */
public final class SqlRenameView extends VersorStatement {
  private final SqlIdentifier name;
  private final SqlIdentifier newName;

  public SqlRenameView(SqlParserPos pos, SqlIdentifier name, SqlIdentifier newName) {
    super("ALTER VIEW", pos, name, newName);
    this.name = name;
    this.newName = newName;
  }

  public SqlIdentifier name() {
    return name;
  }

  public SqlIdentifier newName() {
    return newName;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "ALTER VIEW", name);
    optional(writer, "RENAME TO", newName);
  }
}
