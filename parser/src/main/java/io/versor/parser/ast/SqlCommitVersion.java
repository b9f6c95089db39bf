package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code COMMIT VERSION [MESSAGE 'm'] [AUTHOR 'a'] [ALLOW EMPTY]}. */
public final class SqlCommitVersion extends VersorStatement {
  private final @Nullable SqlNode message;
  private final @Nullable SqlNode author;
  private final boolean allowEmpty;

  public SqlCommitVersion(
      SqlParserPos pos, @Nullable SqlNode message, @Nullable SqlNode author, boolean allowEmpty) {
    super("COMMIT VERSION", pos, message, author);
    this.message = message;
    this.author = author;
    this.allowEmpty = allowEmpty;
  }

  public Optional<SqlNode> message() {
    return Optional.ofNullable(message);
  }

  public Optional<SqlNode> author() {
    return Optional.ofNullable(author);
  }

  public boolean allowEmpty() {
    return allowEmpty;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, "COMMIT VERSION");
    optional(writer, "MESSAGE", message);
    optional(writer, "AUTHOR", author);
    if (allowEmpty) {
      keywords(writer, "ALLOW EMPTY");
    }
  }
}
