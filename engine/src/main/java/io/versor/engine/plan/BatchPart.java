package io.versor.engine.plan;

import io.versor.engine.exec.ExecContext;
import io.versor.engine.exec.OperatorTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * A part of a plan that runs on batches, within one that as a whole does not: to the rest it is a
 * leaf that gives rows.
 */
final class BatchPart extends AbstractRelNode implements EnumerableRel {
  static final ConverterRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              BatchPart.class, Convention.NONE, EnumerableConvention.INSTANCE, "BatchPartRule")
          .withRuleFactory(Rule::new)
          .toRule(Rule.class);

  private final RelNode plan;
  private final int number;

  private BatchPart(RelNode plan, int number, RelTraitSet traits) {
    super(plan.getCluster(), traits);
    this.plan = plan;
    this.number = number;
    this.rowType = plan.getRowType();
  }

  /**
   * A plan with its greatest parts that run on batches as leaves: those that do more than hand rows
   * of a table on.
   *
   * @param found gets the parts, by their numbers
   */
  static RelNode rewrite(RelNode plan, Run run, List<BatchPart> found) {
    Set<RelNode> parts;
    try (ExecContext context = BatchExecution.openContext(run)) {
      parts = OperatorTree.parts(plan, BatchExecution.leaves(run), context);
    }
    Map<RelDigest, BatchPart> known = new HashMap<>();
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            if (!parts.contains(node) || isPlain(node)) {
              return super.visit(node);
            }
            // Equal parts are one, so that what is around them is equal where it was: a recursive
            // query that is read twice must be, for its rows go through one table by its name.
            return known.computeIfAbsent(node.getRelDigest(), digest -> part(node, found));
          }
        });
  }

  private static BatchPart part(RelNode node, List<BatchPart> found) {
    RelTraitSet traits = node.getCluster().traitSetOf(Convention.NONE);
    BatchPart part = new BatchPart(node, found.size(), traits);
    found.add(part);
    return part;
  }

  private static boolean isPlain(RelNode node) {
    RelNode source = node;
    while (source instanceof Project) {
      source = source.getInput(0);
    }
    return source instanceof TableScan || source instanceof Values;
  }

  /** What it does. */
  RelNode plan() {
    return plan;
  }

  int number() {
    return number;
  }

  /** Whether it does so with these parameters, too. */
  boolean runs(Run run) {
    try (ExecContext context = BatchExecution.openContext(run)) {
      return OperatorTree.obstacle(plan, BatchExecution.leaves(run), context).isEmpty();
    }
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new BatchPart(plan, number, traits);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("part", number);
  }

  @Override
  public double estimateRowCount(RelMetadataQuery metadata) {
    return metadata.getRowCount(plan);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    PhysType type =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), prefer.preferArray());
    Expression rows = implementor.stash(new BatchPartRows(plan), BatchPartRows.class);
    Expression opened = Expressions.call(rows, "open", implementor.getRootExpression());
    return implementor.result(type, Blocks.toBlock(opened));
  }

  /** Makes these ready for Calcite's executor. */
  static final class Rule extends ConverterRule {
    Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode node) {
      return node.copy(
          node.getTraitSet().replace(EnumerableConvention.INSTANCE), new ArrayList<>());
    }
  }
}
