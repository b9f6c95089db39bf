package io.versor.parser.ast;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code CREATE TABLE [IF NOT EXISTS] t (...)} or {@code CREATE TABLE t AS query}. */
public final class SqlCreateTable extends VersorStatement {
  private final boolean ifNotExists;
  private final SqlIdentifier name;
  private final List<ColumnDeclaration> columns;
  private final List<TableConstraint> constraints;
  private final @Nullable SqlNode query;

  public SqlCreateTable(
      SqlParserPos pos,
      boolean ifNotExists,
      SqlIdentifier name,
      List<ColumnDeclaration> columns,
      List<TableConstraint> constraints,
      @Nullable SqlNode query) {
    super("CREATE TABLE", pos, name, query);
    this.ifNotExists = ifNotExists;
    this.name = name;
    this.columns = List.copyOf(columns);
    this.constraints = List.copyOf(constraints);
    this.query = query;
  }

  public boolean ifNotExists() {
    return ifNotExists;
  }

  public SqlIdentifier name() {
    return name;
  }

  /** Empty when they are the query's. */
  public List<ColumnDeclaration> columns() {
    return columns;
  }

  public List<TableConstraint> constraints() {
    return constraints;
  }

  public Optional<SqlNode> query() {
    return Optional.ofNullable(query);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, ifNotExists ? "CREATE TABLE IF NOT EXISTS" : "CREATE TABLE", name);
    if (!columns.isEmpty()) {
      SqlWriter.Frame frame = writer.startList("(", ")");
      for (ColumnDeclaration column : columns) {
        writer.sep(",");
        column.unparse(writer);
      }
      for (TableConstraint constraint : constraints) {
        writer.sep(",");
        constraint.unparse(writer);
      }
      writer.endList(frame);
    }
    optional(writer, "AS", query);
  }
}
