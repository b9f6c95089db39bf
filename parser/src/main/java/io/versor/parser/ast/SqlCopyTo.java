package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code COPY t [(a, …)] TO 'file' [(options)]}, or of a query in parentheses. */
public final class SqlCopyTo extends SqlCopy {
  private final SqlNode source;

  /**
   * @param source a table's name, or a query
   * @param fields columns of the table; none for a query
   */
  public SqlCopyTo(
      SqlParserPos pos,
      SqlNode source,
      List<CopyField> fields,
      SqlNode file,
      List<CopyOption> options) {
    super(pos, source, fields, file, options, CopyErrors.STOP);
    this.source = source;
  }

  /** A table's name, or a query. */
  public SqlNode source() {
    return source;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword("COPY");
    if (source instanceof SqlIdentifier) {
      source.unparse(writer, 0, 0);
      unparseFields(writer);
    } else {
      SqlWriter.Frame frame = writer.startList("(", ")");
      source.unparse(writer, 0, 0);
      writer.endList(frame);
    }
    optional(writer, "TO", file());
    unparseOptions(writer);
  }
}
