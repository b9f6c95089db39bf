package io.versor.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code IMPORT DEEPLAKE 'path' INTO t [BRANCHES a, b]}. */
public final class SqlImport extends VersorStatement {
  private final SqlIdentifier format;
  private final SqlNode path;
  private final SqlIdentifier table;
  private final SqlNodeList branches;

  /**
   * @param branches names or parameters; none = all
   */
  public SqlImport(
      SqlParserPos pos,
      SqlIdentifier format,
      SqlNode path,
      SqlIdentifier table,
      SqlNodeList branches) {
    super("IMPORT", pos, format, path, table, branches);
    this.format = format;
    this.path = path;
    this.table = table;
    this.branches = branches;
  }

  public SqlIdentifier format() {
    return format;
  }

  public SqlNode path() {
    return path;
  }

  public SqlIdentifier table() {
    return table;
  }

  public SqlNodeList branches() {
    return branches;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "IMPORT", format);
    path.unparse(writer, 0, 0);
    optional(writer, "INTO", table);
    if (!branches.isEmpty()) {
      optional(writer, "BRANCHES", branches);
    }
  }
}
