package io.versor.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code ALTER TABLE t ...}. */
public final class SqlAlterTable extends VersorStatement {
  private final SqlIdentifier name;
  private final TableAlteration alteration;

  public SqlAlterTable(SqlParserPos pos, SqlIdentifier name, TableAlteration alteration) {
    super("ALTER TABLE", pos, name);
    this.name = name;
    this.alteration = alteration;
  }

  public SqlIdentifier name() {
    return name;
  }

  public TableAlteration alteration() {
    return alteration;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "ALTER TABLE", name);
    alteration.unparse(writer);
  }
}
