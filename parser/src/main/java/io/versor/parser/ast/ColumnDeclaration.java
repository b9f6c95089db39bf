package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;

/**
 * A column as it is declared.
 *
 * @param notNull whether NOT NULL was said
 * @param defaultValue an expression
 * @param comment a character literal
 */
public record ColumnDeclaration(
    SqlIdentifier name,
    SqlDataTypeSpec type,
    boolean notNull,
    Optional<SqlNode> defaultValue,
    boolean primaryKey,
    boolean unique,
    Optional<SqlNode> check,
    Optional<SqlNode> comment) {
  void unparse(SqlWriter writer) {
    name.unparse(writer, 0, 0);
    type.unparse(writer, 0, 0);
    if (notNull) {
      VersorStatement.keywords(writer, "NOT NULL");
    }
    defaultValue.ifPresent(value -> VersorStatement.optional(writer, "DEFAULT", value));
    if (primaryKey) {
      VersorStatement.keywords(writer, "PRIMARY KEY");
    }
    if (unique) {
      VersorStatement.keywords(writer, "UNIQUE");
    }
    if (check.isPresent()) {
      writer.keyword("CHECK");
      SqlWriter.Frame frame = writer.startList("(", ")");
      check.get().unparse(writer, 0, 0);
      writer.endList(frame);
    }
    comment.ifPresent(text -> VersorStatement.optional(writer, "COMMENT", text));
  }
}
