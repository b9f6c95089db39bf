package io.versor.engine.plan;

import io.versor.engine.catalog.TensorScan;
import io.versor.engine.catalog.VersorTable;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rex.RexNode;

/** A scan that gives rows to Calcite's generated code. */
final class EnumerableTensorScan extends TensorScan implements EnumerableRel {
  static final ConverterRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              TensorScan.class,
              Convention.NONE,
              EnumerableConvention.INSTANCE,
              "EnumerableTensorScanRule")
          .withRuleFactory(Rule::new)
          .toRule(Rule.class);

  private EnumerableTensorScan(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelOptTable table,
      VersorTable source,
      List<Integer> fields,
      List<RexNode> conditions,
      List<String> key) {
    super(cluster, traits, table, source, fields, conditions, key);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new EnumerableTensorScan(
        getCluster(), traits, table, source(), fields(), conditions(), key());
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    PhysType rows =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), prefer.preferArray());
    Expression scan =
        implementor.stash(new FallbackScan(source(), fields(), conditions()), FallbackScan.class);
    Expression opened = Expressions.call(scan, "open", implementor.getRootExpression());
    return implementor.result(rows, Blocks.toBlock(opened));
  }

  /** Makes these of logical scans. */
  static final class Rule extends ConverterRule {
    Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode node) {
      TensorScan scan = (TensorScan) node;
      return new EnumerableTensorScan(
          scan.getCluster(),
          scan.getTraitSet().replace(EnumerableConvention.INSTANCE),
          scan.getTable(),
          scan.source(),
          scan.fields(),
          scan.conditions(),
          scan.key());
    }
  }
}
