package io.versor.parser.ast;

import java.math.BigDecimal;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Parts of the patterns of MATCH_RECOGNIZE that Calcite has no words for. The others are calls of
 * its PATTERN operators.
 */
public final class RowPatterns {
  /** {@code ()}: no row. */
  public static final SqlOperator NOTHING = part("()");

  /** {@code ^}: before the first row of a partition. */
  public static final SqlOperator FIRST_ROW = part("^");

  /** {@code $}: behind the last row of a partition. */
  public static final SqlOperator LAST_ROW = part("$");

  /** A repetition without an upper bound has this one. */
  public static final int NO_BOUND = -1;

  /** Rows that ALL ROWS PER MATCH shows beside those of matches. */
  public enum OtherRows {
    /** {@code OMIT EMPTY MATCHES}. */
    NONE,
    /** {@code SHOW EMPTY MATCHES}: where matches of no row begin. */
    EMPTY_MATCHES,
    /** {@code WITH UNMATCHED ROWS}: those and rows that are in no match. */
    UNMATCHED
  }

  private static final SqlOperator WITH_OTHERS = part("WITH OTHER ROWS");

  private RowPatterns() {}

  private static SqlOperator part(String name) {
    return new SqlSpecialOperator(name, SqlKind.OTHER) {
      @Override
      public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        throw new UnsupportedOperationException("a pattern has no type");
      }
    };
  }

  /**
   * A part of a pattern that is repeated.
   *
   * @param most null for as often as there are rows
   */
  public static SqlNode repeated(
      SqlNode part,
      SqlLiteral least,
      @Nullable SqlLiteral most,
      boolean reluctant,
      SqlParserPos place) {
    int from = times(least);
    int to = most == null ? NO_BOUND : times(most);
    if (most != null && to < from) {
      throw SyntaxFault.at("{" + from + "," + to + "} has no number in it", place);
    }
    return SqlStdOperatorTable.PATTERN_QUANTIFIER.createCall(
        place,
        part,
        SqlLiteral.createExactNumeric(Integer.toString(from), place),
        SqlLiteral.createExactNumeric(Integer.toString(to), place),
        SqlLiteral.createBoolean(reluctant, place));
  }

  private static int times(SqlLiteral number) {
    BigDecimal value = number.getValueAs(BigDecimal.class);
    try {
      return value.intValueExact();
    } catch (ArithmeticException e) {
      throw SyntaxFault.at(
          "a part of a pattern stands there {"
              + value.toPlainString()
              + "} times; expected a whole"
              + " number below 2147483648",
          number.getParserPosition());
    }
  }

  /** The pattern, with which other rows are shown. */
  public static SqlNode with(OtherRows others, SqlNode pattern) {
    SqlParserPos place = pattern.getParserPosition();
    return WITH_OTHERS.createCall(place, SqlLiteral.createSymbol(others, place), pattern);
  }

  /** Which rows {@link #with} has put to a pattern. */
  public static OtherRows others(SqlNode pattern) {
    return ((SqlLiteral) ((SqlCall) pattern).operand(0)).getValueAs(OtherRows.class);
  }

  /** The pattern that {@link #with} was given. */
  public static SqlNode pattern(SqlNode pattern) {
    return ((SqlCall) pattern).operand(1);
  }
}
