package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code RESOLVE CONFLICTS ON t USING OURS [WHERE condition]}. */
public final class SqlResolveConflicts extends VersorStatement {
  private final SqlIdentifier table;
  private final boolean theirs;
  private final @Nullable SqlNode condition;

  /**
   * @param condition on columns of the table's conflicts; null: all of them
   */
  public SqlResolveConflicts(
      SqlParserPos pos, SqlIdentifier table, boolean theirs, @Nullable SqlNode condition) {
    super("RESOLVE CONFLICTS", pos, table, condition);
    this.table = table;
    this.theirs = theirs;
    this.condition = condition;
  }

  public SqlIdentifier table() {
    return table;
  }

  public boolean theirs() {
    return theirs;
  }

  public Optional<SqlNode> condition() {
    return Optional.ofNullable(condition);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "RESOLVE CONFLICTS ON", table);
    keywords(writer, theirs ? "USING THEIRS" : "USING OURS");
    if (condition != null) {
      optional(writer, "WHERE", condition);
    }
  }
}
