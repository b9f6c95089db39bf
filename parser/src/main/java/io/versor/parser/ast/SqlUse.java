package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code USE BRANCH b}, {@code CHECKOUT BRANCH b}, {@code USE COMMIT 'x'}, {@code USE TAG 'v'}. */
public final class SqlUse extends VersorStatement {
  private final VersionKind kind;
  private final SqlNode revision;

  public SqlUse(SqlParserPos pos, VersionKind kind, SqlNode revision) {
    super("USE", pos, revision);
    this.kind = kind;
    this.revision = revision;
  }

  public VersionKind kind() {
    return kind;
  }

  public SqlNode revision() {
    return revision;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, "USE " + kind);
    revision.unparse(writer, 0, 0);
  }
}
