package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CLONE [STORE] TO 'folder'}. */
public final class SqlClone extends VersorStatement {
  private final SqlNode folder;

  public SqlClone(SqlParserPos pos, SqlNode folder) {
    super("CLONE", pos, folder);
    this.folder = folder;
  }

  /** A text or a parameter. */
  public SqlNode folder() {
    return folder;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "CLONE TO", folder);
  }
}
