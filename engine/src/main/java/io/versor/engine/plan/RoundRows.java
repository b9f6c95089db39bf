package io.versor.engine.plan;

import io.versor.engine.keep.CountedOperators;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.schema.TransientTable;

/**
 * What is computed anew in each round of WITH RECURSIVE. Calcite's groups and sets are made once,
 * before the first round, and would give the same rows in all of them.
 */
final class RoundRows extends SingleRel implements EnumerableRel {
  private RoundRows(RelNode input) {
    super(input.getCluster(), input.getTraitSet(), input);
  }

  static RelNode in(RelNode plan) {
    return BottomUp.nodes(
        plan,
        node ->
            (node instanceof Aggregate || node instanceof SetOp) && !scanned(node).isEmpty()
                ? new RoundRows(node)
                : node);
  }

  /** Recursive queries that a node reads and that begin above it. */
  static Set<String> scanned(RelNode node) {
    Set<String> names = new HashSet<>();
    if (node instanceof TableScan scan && scan.getTable().unwrap(TransientTable.class) != null) {
      names.add(String.join(".", scan.getTable().getQualifiedName()));
    }
    node.getInputs().forEach(input -> names.addAll(scanned(input)));
    if (node instanceof RepeatUnion union && union.getTransientTable() != null) {
      names.remove(String.join(".", union.getTransientTable().getQualifiedName()));
    }
    return names;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new RoundRows(inputs.get(0));
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    Result rows = implementor.visitChild(this, 0, (EnumerableRel) getInput(), prefer);
    return implementor.result(
        rows.physType,
        Blocks.toBlock(
            Expressions.call(CountedOperators.class, "anew", Expressions.lambda(rows.block))));
  }
}
