package io.versor.parser.ast;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CALL versor.merge_branch('b', strategy => 'OURS')}. */
public final class SqlCallProcedure extends VersorStatement {
  private final SqlIdentifier name;
  private final List<Argument> arguments;

  /** An argument, by name if it has one. */
  public record Argument(Optional<SqlIdentifier> name, SqlNode value) {}

  public SqlCallProcedure(SqlParserPos pos, SqlIdentifier name, List<Argument> arguments) {
    super("CALL", pos, arguments.stream().map(Argument::value).toArray(SqlNode[]::new));
    this.name = name;
    this.arguments = List.copyOf(arguments);
  }

  public SqlIdentifier name() {
    return name;
  }

  public List<Argument> arguments() {
    return arguments;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword("CALL");
    name.unparse(writer, 0, 0);
    SqlWriter.Frame frame = writer.startList("(", ")");
    for (Argument argument : arguments) {
      writer.sep(",");
      if (argument.name().isPresent()) {
        argument.name().get().unparse(writer, 0, 0);
        writer.print("=> ");
      }
      argument.value().unparse(writer, 0, 0);
    }
    writer.endList(frame);
  }
}
