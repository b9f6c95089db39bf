package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code CREATE [OR REPLACE] VIEW v [(a, b)] AS query}. */
public final class SqlCreateView extends VersorStatement {
  private final boolean replace;
  private final SqlIdentifier name;
  private final @Nullable SqlNodeList columns;
  private final SqlNode query;

  public SqlCreateView(
      SqlParserPos pos,
      boolean replace,
      SqlIdentifier name,
      @Nullable SqlNodeList columns,
      SqlNode query) {
    super("CREATE VIEW", pos, name, columns, query);
    this.replace = replace;
    this.name = name;
    this.columns = columns;
    this.query = query;
  }

  public boolean replace() {
    return replace;
  }

  public SqlIdentifier name() {
    return name;
  }

  public Optional<SqlNodeList> columns() {
    return Optional.ofNullable(columns);
  }

  public SqlNode query() {
    return query;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, replace ? "CREATE OR REPLACE VIEW" : "CREATE VIEW", name);
    if (columns != null) {
      SqlWriter.Frame frame = writer.startList("(", ")");
      for (SqlNode column : columns) {
        writer.sep(",");
        column.unparse(writer, 0, 0);
      }
      writer.endList(frame);
    }
    optional(writer, "AS", query);
  }
}
