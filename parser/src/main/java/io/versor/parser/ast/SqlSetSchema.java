package io.versor.parser.ast;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code SET SCHEMA 'b'}. */
public final class SqlSetSchema extends VersorStatement {
  private final SqlNode schema;

  public SqlSetSchema(SqlParserPos pos, SqlNode schema) {
    super("SET SCHEMA", pos, schema);
    this.schema = schema;
  }

  public SqlNode schema() {
    return schema;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, "SET SCHEMA", schema);
  }
}
