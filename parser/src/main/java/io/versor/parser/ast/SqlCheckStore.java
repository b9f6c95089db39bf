package io.versor.parser.ast;

import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CHECK STORE [REPAIR]}. */
public final class SqlCheckStore extends VersorStatement {
  private final boolean repair;

  public SqlCheckStore(SqlParserPos pos, boolean repair) {
    super("CHECK STORE", pos);
    this.repair = repair;
  }

  public boolean repair() {
    return repair;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, repair ? "CHECK STORE REPAIR" : "CHECK STORE");
  }
}
