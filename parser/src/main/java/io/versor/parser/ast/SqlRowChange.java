package io.versor.parser.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE, DELETE or MERGE INTO, maybe with {@code WITH x AS (...)} in front. */
public abstract class SqlRowChange extends VersorStatement {
  private SqlNodeList with = SqlNodeList.EMPTY;

  SqlRowChange(String name, SqlParserPos pos, @Nullable SqlNode... operands) {
    super(name, pos, operands);
  }

  /** For the parser, which reads WITH first: tables that every query of the statement may read. */
  public SqlRowChange under(SqlNodeList tables) {
    with = tables;
    return this;
  }

  /** A statement within WITH. */
  public static RuntimeException absentIn(String word, SqlParserPos pos) {
    return SyntaxFault.absent(
        "WITH has queries only, found "
            + word.toUpperCase(Locale.ROOT)
            + "; run that statement by itself before, in the same transaction, and read what its"
            + " RETURNING gives",
        pos);
  }

  @Override
  public List<SqlNode> getOperandList() {
    List<SqlNode> all = new ArrayList<>(with);
    all.addAll(super.getOperandList());
    return all;
  }

  /** The tables in WITH, each a {@link SqlWithItem}; empty: none. */
  public SqlNodeList with() {
    return with;
  }

  @Override
  public final void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    if (with.isEmpty()) {
      unparse(writer);
      return;
    }
    SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.WITH, "WITH", "");
    if (((SqlWithItem) with.get(0)).recursive.booleanValue()) {
      writer.keyword("RECURSIVE");
    }
    for (SqlNode item : with) {
      writer.sep(",");
      item.unparse(writer, 0, 0);
    }
    writer.endList(frame);
    unparse(writer);
  }

  /** What stands behind WITH. */
  abstract void unparse(SqlWriter writer);
}
