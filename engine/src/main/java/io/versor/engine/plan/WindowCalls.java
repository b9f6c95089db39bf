package io.versor.engine.plan;

import com.google.common.collect.ImmutableList;
import io.versor.engine.function.Aggregates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
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
      case FIRST_VALUE, LAST_VALUE, NTH_VALUE, LAG, LEAD ->
          over.ignoreNulls() ? present(over) : value(over);
      case MIN, MAX, COUNT, OTHER_FUNCTION -> TimeNumbers.window(over, builder);
      default -> over;
    };
  }

  private RexNode value(RexOver over) {
    RexWindow window = over.getWindow();
    boolean mayBeEmpty = Windows.mayBeEmpty(window.getLowerBound(), window.getUpperBound());
    return switch (over.getAggOperator().getKind()) {
      case FIRST_VALUE -> TimeNumbers.window(mayBeEmpty ? first(over) : over, builder);
      case LAST_VALUE -> mayBeEmpty ? last(over) : TimeNumbers.window(over, builder);
      case NTH_VALUE -> TimeNumbers.window(over, builder);
      default -> over;
    };
  }

  /** Calcite's FIRST_VALUE reads a row before it asks whether the frame has one. */
  private RexOver first(RexOver over) {
    RexNode one = builder.makeExactLiteral(BigDecimal.ONE);
    return (RexOver)
        Windows.over(
            builder,
            over,
            over.getType(),
            SqlStdOperatorTable.NTH_VALUE,
            List.of(over.getOperands().get(0), one));
  }

  /** So does its LAST_VALUE; ours leaves NULLs out, so they are put into arrays. */
  private RexNode last(RexOver over) {
    RexNode value = over.getOperands().get(0);
    RelDataTypeFactory types = builder.getTypeFactory();
    RelDataType array = types.createArrayType(nullable(value.getType()), -1);
    RexNode boxed =
        builder.makeCall(array, SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR, List.of(value));
    RexNode found =
        Windows.over(builder, over, nullable(array), Aggregates.LAST_PRESENT, List.of(boxed));
    RexNode one = builder.makeExactLiteral(BigDecimal.ONE);
    return builder.makeCall(over.getType(), SqlStdOperatorTable.ITEM, List.of(found, one));
  }

  private RelDataType nullable(RelDataType type) {
    return builder.getTypeFactory().createTypeWithNullability(type, true);
  }

  /** IGNORE NULLS, which Calcite's executor does not know. */
  private RexNode present(RexOver over) {
    RexNode value = over.getOperands().get(0);
    SqlKind kind = over.getAggOperator().getKind();
    if (!value.getType().isNullable()) {
      return value((RexOver) respecting(over));
    }
    return switch (kind) {
      case FIRST_VALUE -> present(over, Aggregates.FIRST_PRESENT);
      case LAST_VALUE -> present(over, Aggregates.LAST_PRESENT);
      case NTH_VALUE -> present(over, Aggregates.NTH_PRESENT);
      default -> before(over, kind == SqlKind.LEAD);
    };
  }

  private RexNode respecting(RexOver over) {
    return Windows.over(builder, over, over.getType(), over.getAggOperator(), over.getOperands());
  }

  private RexNode present(RexOver over, SqlAggFunction function) {
    List<RexNode> operands = new ArrayList<>(over.getOperands());
    if (operands.size() > 1) {
      operands.set(1, number(operands.get(1)));
    }
    return timed(Windows.over(builder, over, nullable(over.getType()), function, operands));
  }

  private RexNode timed(RexNode over) {
    return TimeNumbers.window((RexOver) over, builder);
  }

  private RexNode number(RexNode count) {
    RelDataType type = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    return builder.makeCast(
        builder.getTypeFactory().createTypeWithNullability(type, count.getType().isNullable()),
        count);
  }

  /**
   * The rows before this one, in the opposite order for LEAD: those after it would be gone through
   * for each row anew. Where there is no order, they are.
   */
  private RexNode before(RexOver over, boolean lead) {
    RexWindow window = over.getWindow();
    List<RexNode> operands = over.getOperands();
    RexNode one = builder.makeBigintLiteral(BigDecimal.ONE);
    RexNode number = operands.size() > 1 ? number(operands.get(1)) : one;
    boolean forward = lead && window.orderKeys.isEmpty();
    RexNode found =
        timed(
            Windows.over(
                builder,
                window,
                nullable(operands.get(0).getType()),
                forward ? Aggregates.NTH_PRESENT : Aggregates.NTH_LAST_PRESENT,
                List.of(operands.get(0), number),
                lead ? opposite(window.orderKeys) : window.orderKeys,
                forward ? RexWindowBounds.following(one) : RexWindowBounds.UNBOUNDED_PRECEDING,
                forward ? RexWindowBounds.UNBOUNDED_FOLLOWING : RexWindowBounds.preceding(one),
                true,
                false));
    RexNode typed = cast(found, nullable(over.getType()));
    if (operands.size() < 3) {
      return typed;
    }
    return builder.makeCall(
        over.getType(),
        SqlStdOperatorTable.CASE,
        List.of(
            builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, typed),
            typed,
            cast(operands.get(2), nullable(over.getType()))));
  }

  private RexNode cast(RexNode node, RelDataType type) {
    return node.getType().getSqlTypeName() == type.getSqlTypeName()
        ? node
        : builder.makeCast(type, node);
  }

  private static ImmutableList<RexFieldCollation> opposite(ImmutableList<RexFieldCollation> order) {
    ImmutableList.Builder<RexFieldCollation> opposite = ImmutableList.builder();
    for (RexFieldCollation key : order) {
      boolean down = key.getDirection().isDescending();
      boolean nullsFirst =
          key.getNullDirection() == RelFieldCollation.NullDirection.FIRST
              || key.getNullDirection() == RelFieldCollation.NullDirection.UNSPECIFIED && down;
      opposite.add(
          new RexFieldCollation(
              key.left,
              down
                  ? EnumSet.of(nullsFirst ? SqlKind.NULLS_LAST : SqlKind.NULLS_FIRST)
                  : EnumSet.of(
                      SqlKind.DESCENDING, nullsFirst ? SqlKind.NULLS_LAST : SqlKind.NULLS_FIRST)));
    }
    return opposite.build();
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
    return Windows.over(
        builder, over, to, over.getAggOperator(), List.of(builder.makeCast(wide, argument)));
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
        whole(
            type, SqlStdOperatorTable.RANK, window, window.orderKeys, RexWindowBounds.CURRENT_ROW);
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
        ImmutableList.of(),
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
      ImmutableList<RexFieldCollation> order,
      RexWindowBound to) {
    return Windows.over(
        builder,
        window,
        type,
        function,
        List.of(),
        order,
        RexWindowBounds.UNBOUNDED_PRECEDING,
        to,
        function.getKind() == SqlKind.ROW_NUMBER,
        false);
  }
}
