package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code COPY t [(a FROM 'A', …)] FROM 'file' [(options)] [ON ERROR …]}. */
public final class SqlCopyFrom extends SqlCopy {
  private final SqlIdentifier table;
  private final CopyErrors errors;

  public SqlCopyFrom(
      SqlParserPos pos,
      SqlIdentifier table,
      List<CopyField> fields,
      SqlNode file,
      List<CopyOption> options,
      CopyErrors errors) {
    super(pos, table, fields, file, options, errors);
    this.table = table;
    this.errors = errors;
  }

  public SqlIdentifier table() {
    return table;
  }

  public CopyErrors errors() {
    return errors;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "COPY", table);
    unparseFields(writer);
    optional(writer, "FROM", file());
    unparseOptions(writer);
    if (errors.skip()) {
      keywords(writer, "ON ERROR SKIP");
      optional(writer, "INTO", errors.into().orElse(null));
      optional(writer, "MAX ERRORS", errors.most().orElse(null));
    }
  }
}
