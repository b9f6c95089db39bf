package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code SHOW LOG [x]}, {@code SHOW BRANCHES}, {@code SHOW DIFF [a] [b]} and the like. */
public final class SqlShow extends VersorStatement {
  private final ShowKind kind;
  private final List<SqlNode> arguments;

  /**
   * @param arguments revisions, or the table that is shown
   */
  public SqlShow(SqlParserPos pos, ShowKind kind, List<SqlNode> arguments) {
    super("SHOW", pos, arguments.toArray(SqlNode[]::new));
    this.kind = kind;
    this.arguments = List.copyOf(arguments);
  }

  public ShowKind kind() {
    return kind;
  }

  public List<SqlNode> arguments() {
    return arguments;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    keywords(writer, "SHOW " + kind.words());
    for (SqlNode argument : arguments) {
      argument.unparse(writer, 0, 0);
    }
  }
}
