package io.versor.parser.ast;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE TABLE [IF NOT EXISTS] t (...)} or {@code CREATE TABLE t [(c, ...)] AS query [WITH
 * [NO] DATA]}.
 */
public final class SqlCreateTable extends VersorStatement {
  private final boolean ifNotExists;
  private final SqlIdentifier name;
  private final List<ColumnDeclaration> columns;
  private final List<LikeClause> likes;
  private final List<TableConstraint> constraints;
  private final SqlNodeList names;
  private final @Nullable SqlNode query;
  private final boolean data;

  public SqlCreateTable(
      SqlParserPos pos,
      boolean ifNotExists,
      SqlIdentifier name,
      List<ColumnDeclaration> columns,
      List<LikeClause> likes,
      List<TableConstraint> constraints,
      SqlNodeList names,
      @Nullable SqlNode query,
      boolean data) {
    super("CREATE TABLE", pos, name, query);
    this.ifNotExists = ifNotExists;
    this.name = name;
    this.columns = List.copyOf(columns);
    this.likes = List.copyOf(likes);
    this.constraints = List.copyOf(constraints);
    this.names = names;
    this.query = query;
    this.data = data;
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

  /** Tables whose columns it takes, in their places. */
  public List<LikeClause> likes() {
    return likes;
  }

  public List<TableConstraint> constraints() {
    return constraints;
  }

  /** What the columns of the query are called; empty: what it calls them. */
  public SqlNodeList names() {
    return names;
  }

  public Optional<SqlNode> query() {
    return Optional.ofNullable(query);
  }

  /** Whether the rows of the query are taken, not its columns alone. */
  public boolean data() {
    return data;
  }

  @Override
  public List<SqlNode> keptExpressions() {
    return Stream.concat(
            columns.stream().flatMap(column -> column.expressions().stream()),
            constraints.stream().flatMap(each -> each.condition().stream()))
        .toList();
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    optional(writer, ifNotExists ? "CREATE TABLE IF NOT EXISTS" : "CREATE TABLE", name);
    if (!columns.isEmpty() || !likes.isEmpty()) {
      SqlWriter.Frame frame = writer.startList("(", ")");
      for (int i = 0; i <= columns.size(); i++) {
        for (LikeClause like : likes) {
          if (like.place() == i) {
            writer.sep(",");
            like.unparse(writer);
          }
        }
        if (i < columns.size()) {
          writer.sep(",");
          columns.get(i).unparse(writer);
        }
      }
      for (TableConstraint constraint : constraints) {
        writer.sep(",");
        constraint.unparse(writer);
      }
      writer.endList(frame);
    }
    if (!names.isEmpty()) {
      list(writer, names);
    }
    optional(writer, "AS", query);
    if (!data) {
      keywords(writer, "WITH NO DATA");
    }
  }
}
