package io.versor.engine.plan;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Window functions as Calcite's executor can run them: it adds up in the type of the argument,
 * whatever the type of the sum, takes times for ints, and its NTILE gives groups whose sizes differ
 * by more than one.
 */
final class WindowCalls extends RexShuttle {
  private final RexBuilder builder;

  private WindowCalls(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode rewrite(RelNode plan) {
    WindowCalls calls = new WindowCalls(plan.getCluster().getRexBuilder());
    return BottomUp.expressions(plan, calls);
  }

  @Override
  public RexNode visitOver(RexOver over) {
    return switch (over.getAggOperator().getKind()) {
      case SUM, SUM0 -> sum(over);
      case NTILE -> ntile(over);
      case PERCENT_RANK -> percentRank(over);
      case CUME_DIST -> cumeDist(over);
      case FIRST_VALUE -> TimeNumbers.window(first(over), builder);
      case MIN, MAX, COUNT, LAST_VALUE, NTH_VALUE -> TimeNumbers.window(over, builder);
      default -> over;
    };
  }

  /** Calcite's FIRST_VALUE reads a row before it asks whether the frame has one. */
  private RexOver first(RexOver over) {
    if (!mayBeEmpty(over.getWindow())) {
      return over;
    }
    RexWindow window = over.getWindow();
    return (RexOver)
        builder.makeOver(
            over.getType(),
            SqlStdOperatorTable.NTH_VALUE,
            List.of(over.getOperands().get(0), builder.makeExactLiteral(BigDecimal.ONE)),
            window.partitionKeys,
            window.orderKeys,
            window.getLowerBound(),
            window.getUpperBound(),
            window.getExclude(),
            window.isRows(),
            true,
            false,
            over.isDistinct(),
            over.ignoreNulls());
  }

  /** Whether a frame need not have its own row in it. */
  private static boolean mayBeEmpty(RexWindow window) {
    return window.getLowerBound().isFollowing() || window.getUpperBound().isPreceding();
  }

  private RexNode sum(RexOver over) {
    RexNode argument = over.getOperands().get(0);
    RelDataType from = argument.getType();
    RelDataType to = over.getType();
    boolean widens =
        to.getSqlTypeName() == SqlTypeName.DECIMAL || to.getSqlTypeName() == SqlTypeName.DOUBLE;
    if (!widens || from.getSqlTypeName() == to.getSqlTypeName()) {
      return over;
    }
    RelDataType wide = builder.getTypeFactory().createTypeWithNullability(to, from.isNullable());
    RexWindow window = over.getWindow();
    return builder.makeOver(
        to,
        over.getAggOperator(),
        List.of(builder.makeCast(wide, argument)),
        window.partitionKeys,
        window.orderKeys,
        window.getLowerBound(),
        window.getUpperBound(),
        window.getExclude(),
        window.isRows(),
        true,
        false,
        over.isDistinct(),
        over.ignoreNulls());
  }

  /**
   * The first {@code rows MOD n} groups have a row more than the others: with {@code least = rows /
   * n} and {@code longer = (rows MOD n) * (least + 1)} rows in them, row r (from 0) is in group r /
   * (least + 1) if r is below {@code longer}, else in group (r - longer) / least + rows MOD n.
   */
  private RexNode ntile(RexOver over) {
    RelDataType type = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    RexWindow window = over.getWindow();
    RexNode number =
        whole(
            type,
            SqlStdOperatorTable.ROW_NUMBER,
            window,
            window.orderKeys,
            RexWindowBounds.CURRENT_ROW);
    RexNode rows = rows(type, window);
    RexNode one = builder.makeBigintLiteral(BigDecimal.ONE);
    RexNode groups = builder.makeCast(type, over.getOperands().get(0));
    RexNode row = call(type, SqlStdOperatorTable.MINUS, number, one);
    RexNode least = call(type, SqlStdOperatorTable.DIVIDE_INTEGER, rows, groups);
    RexNode more = call(type, SqlStdOperatorTable.MOD, rows, groups);
    RexNode most = call(type, SqlStdOperatorTable.PLUS, least, one);
    RexNode longer = call(type, SqlStdOperatorTable.MULTIPLY, more, most);
    RexNode early = call(type, SqlStdOperatorTable.DIVIDE_INTEGER, row, most);
    RexNode late =
        call(
            type,
            SqlStdOperatorTable.PLUS,
            more,
            call(
                type,
                SqlStdOperatorTable.DIVIDE_INTEGER,
                call(type, SqlStdOperatorTable.MINUS, row, longer),
                least));
    RexNode group =
        builder.makeCall(
            type,
            SqlStdOperatorTable.CASE,
            List.of(builder.makeCall(SqlStdOperatorTable.LESS_THAN, row, longer), early, late));
    return builder.makeCast(over.getType(), call(type, SqlStdOperatorTable.PLUS, group, one));
  }

  /** (RANK - 1) / (rows of the partition - 1), 0 for a single row. */
  private RexNode percentRank(RexOver over) {
    RelDataType type = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    RexWindow window = over.getWindow();
    RexNode one = builder.makeBigintLiteral(BigDecimal.ONE);
    RexNode rank =
        builder.makeOver(
            type,
            SqlStdOperatorTable.RANK,
            List.of(),
            window.partitionKeys,
            window.orderKeys,
            RexWindowBounds.UNBOUNDED_PRECEDING,
            RexWindowBounds.CURRENT_ROW,
            window.getExclude(),
            false,
            true,
            false,
            false,
            false);
    RexNode rows = rows(type, window);
    RexNode ratio =
        ratio(
            over.getType(),
            call(type, SqlStdOperatorTable.MINUS, rank, one),
            call(type, SqlStdOperatorTable.MINUS, rows, one));
    return builder.makeCall(
        over.getType(),
        SqlStdOperatorTable.CASE,
        List.of(
            builder.makeCall(SqlStdOperatorTable.EQUALS, rows, one),
            builder.makeZeroLiteral(over.getType()),
            ratio));
  }

  /** Rows up to this one and its equals, of those of the partition. */
  private RexNode cumeDist(RexOver over) {
    RelDataType type = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    RexWindow window = over.getWindow();
    RexNode before =
        whole(
            type, SqlStdOperatorTable.COUNT, window, window.orderKeys, RexWindowBounds.CURRENT_ROW);
    return ratio(over.getType(), before, rows(type, window));
  }

  private RexNode rows(RelDataType type, RexWindow window) {
    return whole(
        type,
        SqlStdOperatorTable.COUNT,
        window,
        com.google.common.collect.ImmutableList.of(),
        RexWindowBounds.UNBOUNDED_FOLLOWING);
  }

  private RexNode ratio(RelDataType type, RexNode part, RexNode all) {
    return call(
        type,
        SqlStdOperatorTable.DIVIDE,
        builder.makeCast(type, part),
        builder.makeCast(type, all));
  }

  private RexNode call(RelDataType type, SqlOperator operator, RexNode left, RexNode right) {
    return builder.makeCall(type, operator, List.of(left, right));
  }

  /** A function of the rows of a partition, up to a bound. */
  private RexNode whole(
      RelDataType type,
      SqlAggFunction function,
      RexWindow window,
      com.google.common.collect.ImmutableList<RexFieldCollation> order,
      org.apache.calcite.rex.RexWindowBound to) {
    return builder.makeOver(
        type,
        function,
        List.of(),
        window.partitionKeys,
        order,
        RexWindowBounds.UNBOUNDED_PRECEDING,
        to,
        window.getExclude(),
        function.getKind() == SqlKind.ROW_NUMBER,
        true,
        false,
        false,
        false);
  }
}
