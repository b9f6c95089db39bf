package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code CREATE [OR REPLACE] VIEW [IF NOT EXISTS] v [(a, b)] AS query}. */
public final class SqlCreateView extends VersorStatement {
  private final boolean replace;
  private final boolean ifNotExists;
  private final SqlIdentifier name;
  private final @Nullable SqlNodeList columns;
  private final SqlNode query;
  private final SqlParserPos as;

  /**
   * @param as from AS to the end of the query
   */
  public SqlCreateView(
      SqlParserPos pos,
      boolean replace,
      boolean ifNotExists,
      SqlIdentifier name,
      @Nullable SqlNodeList columns,
      SqlNode query,
      SqlParserPos as) {
    super("CREATE VIEW", pos, name, columns, query);
    this.replace = replace;
    this.ifNotExists = ifNotExists;
    this.name = name;
    this.columns = columns;
    this.query = query;
    this.as = as;
  }

  /** WITH CHECK OPTION is for views that rows are written to. */
  public static void refuseCheckOption(SqlParserPos pos) {
    throw SyntaxFault.absent(
        "WITH CHECK OPTION: rows are not written to views but to the tables they read; a CHECK of"
            + " the table holds for all of them",
        pos);
  }

  public boolean replace() {
    return replace;
  }

  public boolean ifNotExists() {
    return ifNotExists;
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

  /**
   * The query as it stands in the text of the statement, comments and all.
   *
   * @param sql what was parsed
   */
  public String queryText(String sql) {
    int from = SourceText.offset(sql, as.getLineNum(), as.getColumnNum());
    int to = SourceText.offset(sql, as.getEndLineNum(), as.getEndColumnNum()) + 1;
    return sql.substring(from + "AS".length(), to).strip();
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    String words = replace ? "CREATE OR REPLACE VIEW" : "CREATE VIEW";
    optional(writer, ifNotExists ? words + " IF NOT EXISTS" : words, name);
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
