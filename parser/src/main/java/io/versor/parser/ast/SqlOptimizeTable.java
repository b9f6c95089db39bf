package io.versor.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code OPTIMIZE TABLE t}. */
public final class SqlOptimizeTable extends VersorStatement {
  private final SqlIdentifier table;

  public SqlOptimizeTable(SqlParserPos pos, SqlIdentifier table) {
    super("OPTIMIZE TABLE", pos, table);
    this.table = table;
  }

  public SqlIdentifier table() {
    return table;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "OPTIMIZE TABLE", table);
  }
}
