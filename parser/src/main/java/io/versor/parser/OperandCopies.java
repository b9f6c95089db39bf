package io.versor.parser;

import io.versor.parser.ast.VersorStatement;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.jspecify.annotations.Nullable;

/**
 * COALESCE, NULLIF, BETWEEN and others are planned as expressions that have an operand several
 * times; within each other, that multiplies with each level. Counted before anything else walks the
 * tree: {@code CASE x WHEN ...} has the same x in it for each WHEN, and whoever knows nothing of
 * that walks it as often.
 */
final class OperandCopies {
  /** Calls in an operand with its copies: planning that many takes about a second. */
  private static final long MOST = 2_500;

  /** Items of IN that count: long lists are usual, and nested they are refused for these alone. */
  private static final int FEW = 3;

  /** Calls below a node as they are written, and as they are planned. */
  private record Size(long written, long planned) {
    static final Size NONE = new Size(0, 0);

    /** What is planned stays far below an overflow: copies of more than MOST are refused. */
    Size plus(Size other, long times) {
      return new Size(written + other.written, planned + times * other.planned);
    }

    /** Only copies of copies grow without bound: a long IN list is no longer than its text. */
    boolean hasCopies() {
      return planned > written;
    }
  }

  /** Nodes in several places whose copies are counted where they are shared. */
  private final Map<SqlNode, Size> shared = new IdentityHashMap<>();

  private OperandCopies() {}

  static void check(SqlNode statement) throws StatementLimitException {
    OperandCopies copies = new OperandCopies();
    copies.size(statement);
    if (statement instanceof VersorStatement own) {
      for (SqlNode kept : own.keptExpressions()) {
        copies.size(kept);
      }
    }
  }

  private Size size(SqlNode node) throws StatementLimitException {
    Size known = shared.get(node);
    if (known != null) {
      return known;
    }
    Size size = Size.NONE;
    if (node instanceof SqlNodeList list) {
      for (SqlNode each : list) {
        size = each == null ? size : size.plus(size(each), 1);
      }
    } else if (node instanceof SqlCase choice) {
      SqlNode value = switched(choice);
      if (value != null) {
        int whens = choice.getWhenOperands().size();
        Size of = size(value);
        refuse(choice, of, whens);
        shared.put(value, Size.NONE);
        size = size.plus(of, whens);
      }
      size = size.plus(operands(choice), 1);
    } else if (node instanceof SqlCall call) {
      size = operands(call);
    }
    return size;
  }

  private Size operands(SqlCall call) throws StatementLimitException {
    Size size = new Size(1, 1);
    List<SqlNode> operands = call.getOperandList();
    for (int i = 0; i < operands.size(); i++) {
      SqlNode operand = operands.get(i);
      if (operand != null) {
        Size of = size(operand);
        long times = isFlattened(call, operand) ? 1 : times(call, i);
        refuse(call, of, times);
        size = size.plus(of, times);
      }
    }
    return size;
  }

  /** The x of CASE x WHEN, which the parser makes the left side of each of its conditions. */
  private static @Nullable SqlNode switched(SqlCase choice) {
    SqlNode value = null;
    for (SqlNode when : choice.getWhenOperands()) {
      if (!(when instanceof SqlBasicCall condition) || condition.operandCount() != 2) {
        return null;
      }
      SqlNode left = condition.operand(0);
      if (value != null && value != left) {
        return null;
      }
      value = left;
    }
    return choice.getWhenOperands().size() > 1 ? value : null;
  }

  private static void refuse(SqlCall call, Size operand, long times)
      throws StatementLimitException {
    if (times > 1 && operand.hasCopies() && times * operand.planned > MOST) {
      throw new StatementLimitException(
          call.getOperator().getName()
              + " around others of its kind is nested so deeply that planning it would take more"
              + " than "
              + MOST
              + " copies of an operand; compute the inner ones in a subquery in FROM",
          call.getParserPosition());
    }
  }

  /** COALESCE within COALESCE becomes one of all operands. */
  private static boolean isFlattened(SqlCall call, SqlNode operand) {
    return isCoalesce(call) && isCoalesce(operand);
  }

  private static boolean isCoalesce(SqlNode node) {
    return node instanceof SqlCall call
        && call.getOperator().getName().equalsIgnoreCase("COALESCE")
        && call.getFunctionQuantifier() == null;
  }

  /** How often parts of a row that is ordered are compared: as halves of halves. */
  private static int inRows(SqlNode operand) {
    int parts = operand.getKind() == SqlKind.ROW ? ((SqlCall) operand).operandCount() : 1;
    return 1 + Integer.SIZE - Integer.numberOfLeadingZeros(parts - 1);
  }

  /** How often an operand is in what a call is planned as. */
  private static long times(SqlCall call, int operand) {
    int count = call.operandCount();
    boolean first = operand == 0;
    return switch (call.getKind()) {
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          inRows(call.operand(operand));
      case BETWEEN -> {
        boolean symmetric =
            call.getOperator() instanceof SqlBetweenOperator between
                && between.flag == SqlBetweenOperator.Flag.SYMMETRIC;
        yield (first ? 2 : 1) * (symmetric ? 2 : 1) * inRows(call.operand(operand));
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
}
