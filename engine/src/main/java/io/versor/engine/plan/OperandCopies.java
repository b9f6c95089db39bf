package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * COALESCE, NULLIF, BETWEEN and others are planned as expressions that have an operand several
 * times; within each other, that multiplies with each level. Counted before anything is copied.
 */
final class OperandCopies {
  /** Calls in an operand with its copies: planning that many takes about a second. */
  private static final long MOST = 5_000;

  /** Items of IN that count: long lists are usual, and nested they are refused for these alone. */
  private static final int FEW = 3;

  /** Calls below a node as they are written, and as they are planned. */
  private record Size(long written, long planned) {
    static final Size NONE = new Size(0, 0);

    Size plus(Size other, long times) {
      return new Size(written + other.written, planned + times * other.planned);
    }

    /** Only copies of copies grow without bound: a long IN list is no longer than its text. */
    boolean hasCopies() {
      return planned > written;
    }
  }

  private OperandCopies() {}

  static void check(SqlNode query) {
    size(query);
  }

  private static Size size(SqlNode node) {
    Size size = Size.NONE;
    if (node instanceof SqlNodeList list) {
      for (SqlNode each : list) {
        size = each == null ? size : size.plus(size(each), 1);
      }
    } else if (node instanceof SqlCall call) {
      size = new Size(1, 1);
      List<SqlNode> operands = call.getOperandList();
      for (int i = 0; i < operands.size(); i++) {
        SqlNode operand = operands.get(i);
        if (operand != null) {
          Size of = size(operand);
          long times = times(call, i);
          if (times > 1 && of.hasCopies() && times * of.planned > MOST) {
            throw tooMany(call);
          }
          size = size.plus(of, times);
        }
      }
    }
    return size;
  }

  /** How often an operand is in what a call is planned as. */
  private static long times(SqlCall call, int operand) {
    int count = call.operandCount();
    boolean first = operand == 0;
    if (call instanceof SqlCase cases) {
      return first ? cases.getWhenOperands().size() : 1;
    }
    return switch (call.getKind()) {
      case BETWEEN -> {
        boolean symmetric =
            call.getOperator() instanceof SqlBetweenOperator between
                && between.flag == SqlBetweenOperator.Flag.SYMMETRIC;
        yield (first ? 2 : 1) * (symmetric ? 2 : 1);
      }
      case IN, NOT_IN ->
          first && call.operand(1) instanceof SqlNodeList list ? Math.min(list.size(), FEW) : 1;
      case SOME, ALL -> first ? 2 : 1;
      case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> 3;
      default ->
          switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "COALESCE" -> operand < count - 1 ? 2 : 1;
            case "NULLIF", "NVL", "IFNULL" -> first ? 2 : 1;
            case "DECODE" -> first ? count - 1 : 2;
            case "GREATEST", "LEAST" -> count + 1;
            default -> 1;
          };
    };
  }

  private static Carried tooMany(SqlCall call) {
    SqlParserPos place = call.getParserPosition();
    return new Carried(
        new StatementException(
            "54001",
            call.getOperator().getName()
                + " around others of its kind is nested so deeply that planning it would take more"
                + " than "
                + MOST
                + " copies of an operand; compute the inner ones in a subquery in FROM",
            place.getLineNum(),
            place.getColumnNum()));
  }
}
