package io.versor.parser.ast;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;

/**
 * A constraint of a table.
 *
 * @param columns of a key; of a check the column that it stands behind, if it does
 * @param condition of a check
 */
public record TableConstraint(
    Kind kind,
    Optional<SqlIdentifier> name,
    List<SqlIdentifier> columns,
    Optional<SqlNode> condition) {
  /** What is constrained. */
  public enum Kind {
    PRIMARY_KEY("PRIMARY KEY"),
    UNIQUE("UNIQUE"),
    CHECK("CHECK");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }
  }

  public TableConstraint {
    columns = List.copyOf(columns);
  }

  void unparse(SqlWriter writer) {
    unparseKind(writer);
    if (kind == Kind.CHECK) {
      unparseCondition(writer);
      return;
    }
    SqlWriter.Frame frame = writer.startList("(", ")");
    for (SqlIdentifier column : columns) {
      writer.sep(",");
      column.unparse(writer, 0, 0);
    }
    writer.endList(frame);
  }

  /** Without its column, which stands before it. */
  void unparseBehindColumn(SqlWriter writer) {
    unparseKind(writer);
    unparseCondition(writer);
  }

  private void unparseKind(SqlWriter writer) {
    name.ifPresent(given -> VersorStatement.optional(writer, "CONSTRAINT", given));
    VersorStatement.keywords(writer, kind.sql);
  }

  private void unparseCondition(SqlWriter writer) {
    if (condition.isPresent()) {
      SqlWriter.Frame frame = writer.startList("(", ")");
      condition.get().unparse(writer, 0, 0);
      writer.endList(frame);
    }
  }
}
