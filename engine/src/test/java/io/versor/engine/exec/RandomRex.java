package io.versor.engine.exec;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import com.google.common.collect.TreeRangeSet;
import io.versor.engine.type.VersorTypeFactory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** Random expressions over the columns of {@link RandomBatch}, all of which have kernels. */
final class RandomRex {
  private static final List<SqlOperator> COMPARISONS =
      List.of(
          SqlStdOperatorTable.EQUALS,
          SqlStdOperatorTable.NOT_EQUALS,
          SqlStdOperatorTable.LESS_THAN,
          SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
          SqlStdOperatorTable.GREATER_THAN,
          SqlStdOperatorTable.GREATER_THAN_OR_EQUAL);
  private static final List<SqlOperator> TESTS =
      List.of(
          SqlStdOperatorTable.IS_TRUE,
          SqlStdOperatorTable.IS_NOT_TRUE,
          SqlStdOperatorTable.IS_FALSE,
          SqlStdOperatorTable.IS_NOT_FALSE,
          SqlStdOperatorTable.NOT,
          SqlStdOperatorTable.IS_NULL,
          SqlStdOperatorTable.IS_NOT_NULL);

  private final Random random;
  private final RexBuilder rex;
  private final RelDataType integer;
  private final RelDataType bigint;
  private final RelDataType real;

  RandomRex(Random random, VersorTypeFactory factory) {
    this.random = random;
    this.rex = new RexBuilder(factory);
    this.integer =
        factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.INTEGER), true);
    this.bigint =
        factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.BIGINT), true);
    this.real = factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.DOUBLE), true);
  }

  private <T> T oneOf(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  private RexNode column(int... columns) {
    int column = columns[random.nextInt(columns.length)];
    return rex.makeInputRef(KernelPropertyTest.sqlType(column), column);
  }

  RexNode condition(int depth) {
    if (depth == 0) {
      return column(5);
    }
    return switch (random.nextInt(10)) {
      case 0 ->
          rex.makeCall(
              SqlStdOperatorTable.AND,
              condition(depth - 1),
              condition(depth - 1),
              condition(depth - 1));
      case 1 -> rex.makeCall(SqlStdOperatorTable.OR, condition(depth - 1), condition(depth - 1));
      case 2 -> rex.makeCall(oneOf(TESTS), condition(depth - 1));
      case 3 -> rex.makeCall(oneOf(COMPARISONS), text(depth), text(depth));
      case 4 -> in();
      case 5 -> {
        int of = oneOf(List.of(7, 8));
        yield rex.makeCall(oneOf(COMPARISONS), column(of), column(of));
      }
      case 6 -> rex.makeCall(oneOf(TESTS.subList(5, 7)), column(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
      case 7 -> rex.makeCall(oneOf(COMPARISONS), column(3, 2), column(0, 2, 3, 9, 11));
      default -> rex.makeCall(oneOf(COMPARISONS), whole(depth - 1), integer(depth - 1));
    };
  }

  /** As the planner has IN and BETWEEN, alternatives here because the model has no ranges. */
  private RexNode in() {
    TreeRangeSet<BigDecimal> ranges = TreeRangeSet.create();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      BigDecimal low = BigDecimal.valueOf(random.nextInt(12) - 6, random.nextInt(2));
      ranges.add(
          random.nextBoolean()
              ? Range.singleton(low)
              : oneOf(
                  List.of(
                      Range.openClosed(low, low.add(BigDecimal.ONE)),
                      Range.closedOpen(low, low.add(BigDecimal.ONE)),
                      Range.lessThan(low))));
    }
    return new SargCall(rex, column(0, 1, 3, 9, 11), ImmutableRangeSet.copyOf(ranges)).call();
  }

  private RexNode text(int depth) {
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(4)) {
      case 0 -> column(4, 6);
      case 1 -> rex.makeLiteral(oneOf(List.of("cat", "ab", "", "\u00e9x")));
      case 2 -> column(4);
      default -> {
        RexNode first = column(4);
        yield rex.makeCall(
            first.getType(),
            SqlStdOperatorTable.CASE,
            List.of(condition(depth - 1), first, column(4, 6)));
      }
    };
  }

  RexNode value(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> text(depth);
      case 1 -> condition(depth);
      default -> number(depth);
    };
  }

  /** Whole numbers, decimals of few digits, or doubles. */
  private RexNode number(int depth) {
    if (depth <= 0) {
      return switch (random.nextInt(3)) {
        case 0 -> column(0, 1, 2, 3, 9, 10, 11);
        case 1 -> rex.makeExactLiteral(BigDecimal.valueOf(random.nextInt(9) - 4));
        default -> column(0, 2);
      };
    }
    return switch (random.nextInt(7)) {
      case 0 -> whole(depth);
      case 1 -> {
        RexNode right = rex.makeAbstractCast(real, column(0, 3, 10), false);
        yield rex.makeCall(
            oneOf(
                List.of(
                    SqlStdOperatorTable.PLUS,
                    SqlStdOperatorTable.MINUS,
                    SqlStdOperatorTable.MULTIPLY,
                    SqlStdOperatorTable.DIVIDE)),
            column(2),
            right);
      }
      case 2 -> rex.makeAbstractCast(oneOf(List.of(integer, bigint)), column(0, 1, 9, 11), false);
      case 3 ->
          rex.makeCall(
              oneOf(
                  List.of(
                      SqlStdOperatorTable.PLUS,
                      SqlStdOperatorTable.MINUS,
                      SqlStdOperatorTable.MULTIPLY)),
              column(3),
              column(3, 9));
      case 4 -> {
        RexNode other = whole(depth - 1);
        yield rex.makeCall(
            bigint,
            SqlStdOperatorTable.CASE,
            List.of(
                condition(depth - 1),
                rex.makeAbstractCast(bigint, other, false),
                rex.makeAbstractCast(bigint, column(0, 1), false)));
      }
      default -> number(0);
    };
  }

  private RexNode integer(int depth) {
    return random.nextBoolean()
        ? whole(depth)
        : rex.makeExactLiteral(BigDecimal.valueOf(random.nextInt(9) - 4));
  }

  private RexNode whole(int depth) {
    if (depth <= 0) {
      return column(0, 1, 9, 11);
    }
    return rex.makeCall(
        oneOf(
            List.of(
                SqlStdOperatorTable.PLUS,
                SqlStdOperatorTable.MINUS,
                SqlStdOperatorTable.MULTIPLY,
                SqlStdOperatorTable.DIVIDE,
                SqlStdOperatorTable.MOD)),
        whole(depth - 1),
        whole(depth - 1));
  }
}
