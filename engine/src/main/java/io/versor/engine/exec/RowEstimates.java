package io.versor.engine.exec;

import java.math.BigDecimal;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * About how many rows nodes of a plan give: enough to tell the small side of a join, and asked of
 * no statistics but the sizes of tables.
 */
final class RowEstimates {
  private static final double EQUAL = 0.1;
  private static final double OTHER = 0.5;
  private static final double GROUPS = 0.1;

  private final Function<RelNode, Optional<PlanLeaf>> leaves;

  /** A node may be there twice: each is looked at once. */
  private final Map<RelNode, Double> known = new IdentityHashMap<>();

  RowEstimates(Function<RelNode, Optional<PlanLeaf>> leaves) {
    this.leaves = leaves;
  }

  double of(RelNode node) {
    Double estimate = known.get(node);
    if (estimate == null) {
      estimate = Math.max(1, estimate(node));
      known.put(node, estimate);
    }
    return estimate;
  }

  private double estimate(RelNode node) {
    Optional<PlanLeaf> leaf = leaves.apply(node);
    if (leaf.isPresent()) {
      return leaf.get().estimatedRows();
    }
    if (node instanceof Values values) {
      return values.getTuples().size();
    }
    if (node instanceof Filter filter) {
      double rows = of(filter.getInput());
      for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
        rows *= condition.getKind() == SqlKind.EQUALS ? EQUAL : OTHER;
      }
      return rows;
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate.getGroupSet().isEmpty() ? 1 : of(aggregate.getInput()) * GROUPS;
    }
    if (node instanceof Sort sort) {
      double rows = of(sort.getInput());
      BigDecimal fetch =
          sort.fetch instanceof RexLiteral literal ? literal.getValueAs(BigDecimal.class) : null;
      return fetch == null ? rows : Math.min(rows, fetch.doubleValue());
    }
    if (node instanceof Join join) {
      return Math.max(
          of(join.getLeft()), join.getJoinType().projectsRight() ? of(join.getRight()) : 1);
    }
    double rows = 0;
    for (RelNode input : node.getInputs()) {
      rows += of(input);
    }
    return rows;
  }
}
