package io.versor.parser.ast;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Frames of windows that are counted in groups of peers. Calcite knows frames of ROWS and of RANGE
 * alone: so these are frames of ROWS whose offsets are marked, and where there are no offsets,
 * frames of RANGE, which mean the same.
 */
public final class GroupFrames {
  private static final SqlFunction OFFSET =
      new SqlFunction(
          "GROUPS",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0,
          InferTypes.FIRST_KNOWN,
          OperandTypes.EXACT_NUMERIC,
          SqlFunctionCategory.SYSTEM) {
        @Override
        public RelDataType deriveType(
            SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
          return validateOperands(validator, scope, call); // not to be found by its name
        }
      };

  private static final Set<String> BEHIND_NAMES =
      Set.of(")", "PARTITION", "ORDER", "ROWS", "RANGE", "GROUPS", "ALLOW", "DISALLOW");

  private GroupFrames() {}

  /**
   * Whether a window begins with its frame, and not with the name of another one.
   *
   * @param unit whether the first word is ROWS, RANGE or GROUPS, which may be names as well
   * @param next what stands behind it
   */
  public static boolean begins(boolean unit, String next) {
    return unit && !BEHIND_NAMES.contains(next.toUpperCase(Locale.ROOT));
  }

  /** Whether an offset counts groups; it is the operand then. */
  public static boolean isOffset(@Nullable RexNode offset) {
    return offset instanceof RexCall call && call.getOperator() == OFFSET;
  }

  /** The same window, whose frame was written in GROUPS. */
  public static SqlWindow of(SqlWindow window) {
    SqlNode from = window.getLowerBound();
    SqlNode to = window.getUpperBound();
    if (to == null) {
      to = SqlWindow.createCurrentRow(SqlParserPos.ZERO); // GROUPS 1 PRECEDING
    }
    boolean counts = hasOffset(from) || hasOffset(to);
    window.setRows(SqlLiteral.createBoolean(counts, window.getParserPosition()));
    window.setLowerBound(counts ? marked(from, SqlWindow.FOLLOWING_OPERATOR) : from);
    window.setUpperBound(counts ? marked(to, SqlWindow.PRECEDING_OPERATOR) : to);
    return window;
  }

  private static boolean hasOffset(@Nullable SqlNode bound) {
    return bound instanceof SqlCall;
  }

  /** The row's own group is the one that is 0 groups away. */
  private static @Nullable SqlNode marked(@Nullable SqlNode bound, SqlOperator ownGroup) {
    if (bound instanceof SqlCall call) {
      SqlNode offset = call.operand(0);
      SqlNode marked = OFFSET.createCall(offset.getParserPosition(), offset);
      return call.getOperator().createCall(call.getParserPosition(), marked);
    }
    if (bound == null || !SqlWindow.isCurrentRow(bound)) {
      return bound;
    }
    SqlParserPos place = bound.getParserPosition();
    SqlNode none = SqlLiteral.createExactNumeric("0", place);
    return ownGroup.createCall(place, OFFSET.createCall(place, none));
  }
}
