package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code ALTER TABLE t ...}. */
public final class SqlAlterTable extends VersorStatement {
  private final boolean ifExists;
  private final SqlIdentifier name;
  private final TableAlteration alteration;

  public SqlAlterTable(
      SqlParserPos pos, boolean ifExists, SqlIdentifier name, TableAlteration alteration) {
    super("ALTER TABLE", pos, operands(name, alteration));
    this.ifExists = ifExists;
    this.name = name;
    this.alteration = alteration;
  }

  /** Properties can be parameters, which are looked for among operands. */
  private static SqlNode[] operands(SqlIdentifier name, TableAlteration alteration) {
    return alteration instanceof TableAlteration.SetProperty set
        ? new SqlNode[] {name, set.key(), set.value()}
        : new SqlNode[] {name};
  }

  public boolean ifExists() {
    return ifExists;
  }

  public SqlIdentifier name() {
    return name;
  }

  public TableAlteration alteration() {
    return alteration;
  }

  @Override
  public List<SqlNode> keptExpressions() {
    if (alteration instanceof TableAlteration.AddColumn add) {
      return add.column().expressions();
    }
    if (alteration instanceof TableAlteration.AddConstraint add) {
      return add.constraint().condition().stream().toList();
    }
    return alteration instanceof TableAlteration.SetDefault set
        ? set.value().stream().toList()
        : List.of();
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, ifExists ? "ALTER TABLE IF EXISTS" : "ALTER TABLE", name);
    alteration.unparse(writer);
  }
}
