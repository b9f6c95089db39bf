package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code BACKUP TO 'folder'}. */
public final class SqlBackup extends VersorStatement {
  private final SqlNode folder;

  public SqlBackup(SqlParserPos pos, SqlNode folder) {
    super("BACKUP", pos, folder);
    this.folder = folder;
  }

  /** A text or a parameter. */
  public SqlNode folder() {
    return folder;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "BACKUP TO", folder);
  }
}
