package io.versor.parser.ast;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;

/**
 * A column as it is declared.
 *
 * @param notNull whether NOT NULL was said
 * @param defaultValue an expression
 * @param constraints that stand behind it; keys are of this column alone
 * @param comment a character literal
 */
public record ColumnDeclaration(
    SqlIdentifier name,
    SqlDataTypeSpec type,
    boolean notNull,
    Optional<SqlNode> defaultValue,
    Optional<IdentityDeclaration> identity,
    List<TableConstraint> constraints,
    Optional<SqlNode> comment) {
  public ColumnDeclaration {
    constraints = List.copyOf(constraints);
  }

  /** Whether it is declared to be the primary key. */
  public boolean isPrimaryKey() {
    return constraints.stream().anyMatch(each -> each.kind() == TableConstraint.Kind.PRIMARY_KEY);
  }

  /** Its default and its conditions. */
  List<SqlNode> expressions() {
    return Stream.concat(
            defaultValue.stream(), constraints.stream().flatMap(each -> each.condition().stream()))
        .toList();
  }

  void unparse(SqlWriter writer) {
    name.unparse(writer, 0, 0);
    type.unparse(writer, 0, 0);
    if (notNull) {
      VersorStatement.keywords(writer, "NOT NULL");
    }
    defaultValue.ifPresent(value -> VersorStatement.optional(writer, "DEFAULT", value));
    identity.ifPresent(declared -> declared.unparse(writer));
    constraints.forEach(constraint -> constraint.unparseBehindColumn(writer));
    comment.ifPresent(text -> VersorStatement.optional(writer, "COMMENT", text));
  }
}
