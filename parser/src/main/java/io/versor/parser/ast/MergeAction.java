package io.versor.parser.ast;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What a WHEN clause of MERGE INTO does with a row. */
public sealed interface MergeAction {
  /** The nodes a parameter or an error can be in. */
  List<SqlNode> operands();

  void unparse(SqlWriter writer);

  /**
   * {@code UPDATE SET c = e, ...}; as many values as columns, each may be DEFAULT or one of the
   * columns of a query.
   */
  record Update(SqlNodeList columns, SqlNodeList values) implements MergeAction {
    @Override
    public List<SqlNode> operands() {
      return List.of(columns, values);
    }

    @Override
    public void unparse(SqlWriter writer) {
      VersorStatement.keywords(writer, "UPDATE");
      unparseAssignments(writer);
    }

    void unparseAssignments(SqlWriter writer) {
      VersorStatement.keywords(writer, "SET");
      SqlWriter.Frame frame = writer.startList("", "");
      for (int i = 0; i < columns.size(); ) {
        writer.sep(",", i > 0);
        int next = i + (values.get(i) instanceof SqlRowItem row ? row.items() : 1);
        if (values.get(i) instanceof SqlRowItem) {
          VersorStatement.list(
              writer, new SqlNodeList(columns.subList(i, next), columns.getParserPosition()));
        } else {
          columns.get(i).unparse(writer, 0, 0);
        }
        writer.keyword("=");
        values.get(i).unparse(writer, 0, 0);
        i = next;
      }
      writer.endList(frame);
    }
  }

  /** {@code DELETE}. */
  record Delete() implements MergeAction {
    @Override
    public List<SqlNode> operands() {
      return List.of();
    }

    @Override
    public void unparse(SqlWriter writer) {
      VersorStatement.keywords(writer, "DELETE");
    }
  }

  /**
   * {@code INSERT [(c, ...)] [OVERRIDING {SYSTEM | USER} VALUE] VALUES (e, ...)}.
   *
   * @param pos of the values
   * @param columns empty: all of the table's
   * @param values empty: DEFAULT VALUES
   */
  record Insert(
      SqlParserPos pos,
      List<SqlIdentifier> columns,
      Overriding overriding,
      Optional<SqlNodeList> values)
      implements MergeAction {
    public Insert {
      columns = List.copyOf(columns);
    }

    @Override
    public List<SqlNode> operands() {
      return values.<List<SqlNode>>map(List::of).orElse(List.of());
    }

    @Override
    public void unparse(SqlWriter writer) {
      VersorStatement.keywords(writer, "INSERT");
      if (!columns.isEmpty()) {
        VersorStatement.list(writer, new SqlNodeList(columns, pos));
      }
      overriding.unparse(writer);
      if (values.isPresent()) {
        VersorStatement.keywords(writer, "VALUES");
        VersorStatement.list(writer, values.get());
      } else {
        VersorStatement.keywords(writer, "DEFAULT VALUES");
      }
    }
  }

  /** {@code DO NOTHING}. */
  record Nothing() implements MergeAction {
    @Override
    public List<SqlNode> operands() {
      return List.of();
    }

    @Override
    public void unparse(SqlWriter writer) {
      VersorStatement.keywords(writer, "DO NOTHING");
    }
  }
}
