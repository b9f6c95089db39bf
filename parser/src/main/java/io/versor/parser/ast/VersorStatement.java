package io.versor.parser.ast;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A statement of Versor's own. Its operands are the nodes a parameter or an error can be in. */
public abstract class VersorStatement extends SqlCall {
  private final SqlOperator operator;
  private final List<SqlNode> operands = new ArrayList<>();

  /**
   * @param name of the statement, for messages
   * @param operands those that are there; others are null
   */
  protected VersorStatement(String name, SqlParserPos pos, @Nullable SqlNode... operands) {
    super(pos);
    this.operator = new SqlSpecialOperator(name, SqlKind.OTHER_DDL);
    for (SqlNode operand : operands) {
      if (operand != null) {
        this.operands.add(operand);
      }
    }
  }

  @Override
  public SqlOperator getOperator() {
    return operator;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return Collections.unmodifiableList(operands);
  }

  /** Expressions that a table keeps, which take no parameters. */
  public List<SqlNode> keptExpressions() {
    return List.of();
  }

  @Override
  public SqlNode clone(SqlParserPos pos) {
    throw new UnsupportedOperationException("statements are not rewritten");
  }

  /** Writes words as keywords, one after the other. */
  static void keywords(SqlWriter writer, String words) {
    for (String word : words.split(" ")) {
      writer.keyword(word);
    }
  }

  /** Writes {@code AS OF BRANCH 'x'} and the like, if it is there. */
  static void revision(SqlWriter writer, @Nullable RevisionClause clause) {
    if (clause != null) {
      keywords(writer, "AS OF " + clause.kind());
      clause.revision().unparse(writer, 0, 0);
    }
  }

  static void optional(SqlWriter writer, String words, @Nullable SqlNode node) {
    if (node != null) {
      keywords(writer, words);
      node.unparse(writer, 0, 0);
    }
  }

  static void list(SqlWriter writer, SqlNodeList items) {
    SqlWriter.Frame frame = writer.startList("(", ")");
    items.unparse(writer, 0, 0);
    writer.endList(frame);
  }

  /** Writes words and what follows them, if there is anything. */
  static void items(SqlWriter writer, String words, SqlNodeList items) {
    if (!items.isEmpty()) {
      keywords(writer, words);
      items.unparse(writer, 0, 0);
    }
  }

  /** Writes words and the tables that follow them, if there are any. */
  static void tables(SqlWriter writer, String words, @Nullable SqlNode tables) {
    if (tables != null) {
      keywords(writer, words);
      SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.FROM_LIST);
      tables.unparse(writer, 0, 0);
      writer.endList(frame);
    }
  }
}
