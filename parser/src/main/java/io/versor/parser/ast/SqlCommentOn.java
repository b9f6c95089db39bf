package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code COMMENT ON TABLE t IS 'x'}, {@code COMMENT ON COLUMN t.c IS NULL}, and on a view. */
public final class SqlCommentOn extends VersorStatement {
  /** What is commented on. */
  public enum Kind {
    TABLE,
    COLUMN,
    VIEW
  }

  private final Kind kind;
  private final SqlIdentifier name;
  private final @Nullable SqlNode text;

  public SqlCommentOn(SqlParserPos pos, Kind kind, SqlIdentifier name, @Nullable SqlNode text) {
    super("COMMENT ON", pos, name, text);
    this.kind = kind;
    this.name = name;
    this.text = text;
  }

  public Kind kind() {
    return kind;
  }

  public SqlIdentifier name() {
    return name;
  }

  public Optional<SqlNode> text() {
    return Optional.ofNullable(text);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "COMMENT ON " + kind, name);
    keywords(writer, "IS");
    if (text == null) {
      keywords(writer, "NULL");
    } else {
      text.unparse(writer, 0, 0);
    }
  }
}
