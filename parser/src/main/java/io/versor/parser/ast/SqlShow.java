package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code SHOW LOG [x]}, {@code SHOW BRANCHES}, {@code SHOW DIFF [a] [b]} and the like. */
public final class SqlShow extends VersorStatement {
  private final ShowKind kind;
  private final @Nullable SqlNode from;
  private final @Nullable SqlNode to;

  public SqlShow(SqlParserPos pos, ShowKind kind, @Nullable SqlNode from, @Nullable SqlNode to) {
    super("SHOW", pos, from, to);
    this.kind = kind;
    this.from = from;
    this.to = to;
  }

  public ShowKind kind() {
    return kind;
  }

  public Optional<SqlNode> from() {
    return Optional.ofNullable(from);
  }

  public Optional<SqlNode> to() {
    return Optional.ofNullable(to);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, "SHOW " + kind);
    if (from != null) {
      from.unparse(writer, 0, 0);
    }
    if (to != null) {
      to.unparse(writer, 0, 0);
    }
  }
}
