package io.versor.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code RESOLVE CONFLICTS ON t USING OURS}. */
public final class SqlResolveConflicts extends VersorStatement {
  private final SqlIdentifier table;
  private final boolean theirs;

  public SqlResolveConflicts(SqlParserPos pos, SqlIdentifier table, boolean theirs) {
    super("RESOLVE CONFLICTS", pos, table);
    this.table = table;
    this.theirs = theirs;
  }

  public SqlIdentifier table() {
    return table;
  }

  public boolean theirs() {
    return theirs;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "RESOLVE CONFLICTS ON", table);
    keywords(writer, theirs ? "USING THEIRS" : "USING OURS");
  }
}
