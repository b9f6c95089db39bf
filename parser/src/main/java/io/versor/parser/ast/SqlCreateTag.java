package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code CREATE TAG v [AS OF ...] [MESSAGE 'm']}. */
public final class SqlCreateTag extends VersorStatement {
  private final SqlNode name;
  private final @Nullable RevisionClause target;
  private final @Nullable SqlNode message;

  public SqlCreateTag(
      SqlParserPos pos, SqlNode name, @Nullable RevisionClause target, @Nullable SqlNode message) {
    super("CREATE TAG", pos, name, target == null ? null : target.revision(), message);
    this.name = name;
    this.target = target;
    this.message = message;
  }

  public SqlNode name() {
    return name;
  }

  public Optional<RevisionClause> target() {
    return Optional.ofNullable(target);
  }

  public Optional<SqlNode> message() {
    return Optional.ofNullable(message);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "CREATE TAG", name);
    revision(writer, target);
    optional(writer, "MESSAGE", message);
  }
}
