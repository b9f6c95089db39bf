package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code COMMENT ON TABLE t IS 'x'}, {@code COMMENT ON COLUMN t.c IS NULL}. */
public final class SqlCommentOn extends VersorStatement {
  private final boolean column;
  private final SqlIdentifier name;
  private final @Nullable SqlNode text;

  public SqlCommentOn(
      SqlParserPos pos, boolean column, SqlIdentifier name, @Nullable SqlNode text) {
    super("COMMENT ON", pos, name, text);
    this.column = column;
    this.name = name;
    this.text = text;
  }

  public boolean column() {
    return column;
  }

  public SqlIdentifier name() {
    return name;
  }

  public Optional<SqlNode> text() {
    return Optional.ofNullable(text);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, column ? "COMMENT ON COLUMN" : "COMMENT ON TABLE", name);
    keywords(writer, "IS");
    if (text == null) {
      keywords(writer, "NULL");
    } else {
      text.unparse(writer, 0, 0);
    }
  }
}
