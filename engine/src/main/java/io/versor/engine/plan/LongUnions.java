package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalUnion;

/**
 * Many queries that UNION puts together as one node. Calcite's converter nests them, the first two
 * the deepest, and everything that walks a plan would go down and up through all of them.
 */
final class LongUnions extends RelHomogeneousShuttle {
  /** Fewer are left as they are. */
  private static final int FEWEST = 9;

  private LongUnions() {}

  static RelNode rewrite(RelNode plan) {
    return plan.accept(new LongUnions());
  }

  @Override
  public RelNode visit(LogicalUnion union) {
    List<RelNode> queries = new ArrayList<>();
    RelNode first = union;
    while (first instanceof LogicalUnion nested
        && nested.all == union.all
        && nested.getInputs().size() == 2
        && RelOptUtil.areRowTypesEqual(nested.getRowType(), union.getRowType(), false)) {
      queries.add(0, nested.getInput(1));
      first = nested.getInput(0);
    }
    queries.add(0, first);
    if (queries.size() < FEWEST) {
      return super.visit((RelNode) union);
    }
    queries.replaceAll(query -> query.accept(this));
    return LogicalUnion.create(queries, union.all);
  }
}
