package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * NOT IN with NULLs is planned with its subquery twice, once for the values and once to count them;
 * nested, that doubles at each level.
 */
final class SubqueryCopies {
  /** Operators that are copies of others: planning some hundred takes seconds. */
  private static final long MOST = 1_000;

  /** Such subqueries within each other; one more takes twice the time, and five a second or two. */
  private static final int MOST_LEVELS = 5;

  /** Each becomes a join, and planning takes time with the square of them. */
  private static final int MOST_SUBQUERIES = 200;

  private int subqueries;
  private long operators;
  private long written;

  private SubqueryCopies() {}

  static void check(RelNode plan) {
    SubqueryCopies copies = new SubqueryCopies();
    copies.count(plan, 0);
    if (copies.operators - copies.written > MOST) {
      throw new Carried(
          new StatementException(
              "54001",
              "subqueries of NOT IN, or of IN that is a value, are nested so deeply that planning"
                  + " them would take more than "
                  + MOST
                  + " operators; use NOT EXISTS, or leave NULLs out"));
    }
  }

  private void count(RelNode plan, int levels) {
    if (levels > MOST_LEVELS) {
      throw new Carried(
          new StatementException(
              "54001",
              "subqueries of NOT IN, or of IN that is a value, are nested more than "
                  + MOST_LEVELS
                  + " deep; use NOT EXISTS, or leave NULLs out"));
    }
    long times = 1L << levels;
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        written++;
        operators += times;
        if (operators - written > MOST) {
          return;
        }
        List<RexNode> asked =
            node instanceof Filter filter
                ? RelOptUtil.conjunctions(filter.getCondition())
                : List.of();
        node.accept(
            new RexShuttle() {
              @Override
              public RexNode visitSubQuery(RexSubQuery query) {
                if (++subqueries > MOST_SUBQUERIES) {
                  throw tooMany();
                }
                boolean twice =
                    query.getKind() == SqlKind.IN && !asked.contains(query) && hasNulls(query);
                count(query.rel, twice ? levels + 1 : levels);
                return super.visitSubQuery(query);
              }
            });
        super.visit(node, ordinal, parent);
      }
    }.go(plan);
  }

  private static Carried tooMany() {
    return new Carried(
        new StatementException(
            "54001",
            "more than "
                + MOST_SUBQUERIES
                + " subqueries as values or in conditions; at most so many are taken, join the"
                + " tables that they read"));
  }

  private static boolean hasNulls(RexSubQuery query) {
    return query.getOperands().stream().anyMatch(operand -> operand.getType().isNullable())
        || query.rel.getRowType().getFieldList().stream()
            .map(RelDataTypeField::getType)
            .anyMatch(type -> type.isNullable());
  }
}
