package io.versor.parser.ast;

import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;

/** What ALTER TABLE does. */
public sealed interface TableAlteration {
  void unparse(SqlWriter writer);

  /** {@code ADD COLUMN [IF NOT EXISTS] c type ...}. */
  record AddColumn(boolean ifNotExists, ColumnDeclaration column) implements TableAlteration {
    @Override
    public void unparse(SqlWriter writer) {
      VersorStatement.keywords(writer, ifNotExists ? "ADD COLUMN IF NOT EXISTS" : "ADD COLUMN");
      column.unparse(writer);
    }
  }

  /** {@code DROP COLUMN [IF EXISTS] c}. */
  record DropColumn(boolean ifExists, SqlIdentifier column) implements TableAlteration {
    @Override
    public void unparse(SqlWriter writer) {
      VersorStatement.optional(writer, ifExists ? "DROP COLUMN IF EXISTS" : "DROP COLUMN", column);
    }
  }

  /** {@code ADD [CONSTRAINT c] ...}. */
  record AddConstraint(TableConstraint constraint) implements TableAlteration {
    @Override
    public void unparse(SqlWriter writer) {
      VersorStatement.keywords(writer, "ADD");
      constraint.unparse(writer);
    }
  }

  /** {@code DROP CONSTRAINT [IF EXISTS] c}. */
  record DropConstraint(boolean ifExists, SqlIdentifier constraint) implements TableAlteration {
    @Override
    public void unparse(SqlWriter writer) {
      VersorStatement.optional(
          writer, ifExists ? "DROP CONSTRAINT IF EXISTS" : "DROP CONSTRAINT", constraint);
    }
  }

  /** {@code RENAME COLUMN a TO b}. */
  record RenameColumn(SqlIdentifier column, SqlIdentifier newName) implements TableAlteration {
    @Override
    public void unparse(SqlWriter writer) {
      VersorStatement.optional(writer, "RENAME COLUMN", column);
      VersorStatement.optional(writer, "TO", newName);
    }
  }

  /** {@code RENAME TO u}. */
  record RenameTable(SqlIdentifier newName) implements TableAlteration {
    @Override
    public void unparse(SqlWriter writer) {
      VersorStatement.optional(writer, "RENAME TO", newName);
    }
  }

  /** {@code ALTER COLUMN c SET NOT NULL} or {@code DROP NOT NULL}. */
  record SetNotNull(SqlIdentifier column, boolean notNull) implements TableAlteration {
    @Override
    public void unparse(SqlWriter writer) {
      VersorStatement.optional(writer, "ALTER COLUMN", column);
      VersorStatement.keywords(writer, notNull ? "SET NOT NULL" : "DROP NOT NULL");
    }
  }

  /** {@code ALTER COLUMN c SET DEFAULT x} or {@code DROP DEFAULT}. */
  record SetDefault(SqlIdentifier column, Optional<SqlNode> value) implements TableAlteration {
    @Override
    public void unparse(SqlWriter writer) {
      VersorStatement.optional(writer, "ALTER COLUMN", column);
      if (value.isPresent()) {
        VersorStatement.optional(writer, "SET DEFAULT", value.get());
      } else {
        VersorStatement.keywords(writer, "DROP DEFAULT");
      }
    }
  }

  /** {@code [ALTER COLUMN c] SET PROPERTY 'k' = 'v'}; NULL takes it away, as UNSET does. */
  record SetProperty(Optional<SqlIdentifier> column, SqlNode key, SqlNode value)
      implements TableAlteration {
    @Override
    public void unparse(SqlWriter writer) {
      column.ifPresent(name -> VersorStatement.optional(writer, "ALTER COLUMN", name));
      VersorStatement.optional(writer, "SET PROPERTY", key);
      writer.print("= ");
      value.unparse(writer, 0, 0);
    }
  }
}
