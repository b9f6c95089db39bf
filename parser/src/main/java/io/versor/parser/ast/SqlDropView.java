package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code DROP VIEW [IF EXISTS] v, ... [CASCADE | RESTRICT]}. */
public final class SqlDropView extends VersorStatement {
  private final boolean ifExists;
  private final List<SqlIdentifier> names;
  private final DropBehavior behavior;

  public SqlDropView(
      SqlParserPos pos, boolean ifExists, List<SqlIdentifier> names, DropBehavior behavior) {
    super("DROP VIEW", pos, names.toArray(SqlNode[]::new));
    this.ifExists = ifExists;
    this.names = List.copyOf(names);
    this.behavior = behavior;
  }

  public boolean ifExists() {
    return ifExists;
  }

  public List<SqlIdentifier> names() {
    return names;
  }

  public DropBehavior behavior() {
    return behavior;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    items(
        writer,
        ifExists ? "DROP VIEW IF EXISTS" : "DROP VIEW",
        new SqlNodeList(names, getParserPosition()));
    if (behavior != DropBehavior.UNSAID) {
      writer.keyword(behavior.name());
    }
  }
}
