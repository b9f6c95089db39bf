package io.versor.engine.catalog;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlBetweenOperator.Flag;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** BETWEEN as it is typed: Calcite's own writes the word ASYMMETRIC, too. */
final class PlainBetween extends SqlSpecialOperator {
  /** So that what holds an AND is in parentheses. */
  private static final int CLOSED = 100;

  private PlainBetween(String words) {
    super(words, SqlKind.BETWEEN, SqlStdOperatorTable.BETWEEN.getLeftPrec());
  }

  /** An expression that is only written, with this operator in place of Calcite's. */
  static SqlNode in(SqlNode expression) {
    SqlNode plain =
        expression.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                SqlNode inner = super.visit(call);
                return inner instanceof SqlCall between
                        && between.getOperator() instanceof SqlBetweenOperator operator
                        && operator.flag == Flag.ASYMMETRIC
                    ? new PlainBetween(operator.isNegated() ? "NOT BETWEEN" : "BETWEEN")
                        .createCall(between.getParserPosition(), between.getOperandList())
                    : inner;
              }
            });
    return plain == null ? expression : plain;
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
    call.operand(0).unparse(writer, leftPrec, getLeftPrec());
    writer.keyword(getName());
    call.operand(1).unparse(writer, CLOSED, CLOSED);
    writer.keyword("AND");
    call.operand(2).unparse(writer, getRightPrec(), rightPrec);
  }
}
