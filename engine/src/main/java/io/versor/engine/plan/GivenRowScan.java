package io.versor.engine.plan;

import io.versor.engine.match.GivenRow;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.type.RelDataType;

/** The rows that an expression of MATCH_RECOGNIZE is computed of, given one after the other. */
public final class GivenRowScan extends AbstractRelNode implements EnumerableRel {
  static final ConverterRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              GivenRowScan.class, Convention.NONE, EnumerableConvention.INSTANCE, "GivenRowRule")
          .withRuleFactory(Rule::new)
          .toRule(Rule.class);

  private final int number;

  private GivenRowScan(RelOptCluster cluster, RelTraitSet traits, int number, RelDataType row) {
    super(cluster, traits);
    this.number = number;
    this.rowType = row;
  }

  static GivenRowScan of(RelOptCluster cluster, int number, RelDataType row) {
    return new GivenRowScan(cluster, cluster.traitSetOf(Convention.NONE), number, row);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new GivenRowScan(getCluster(), traits, number, rowType);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("number", number);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    return implementor.result(
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY, false),
        Blocks.toBlock(
            Expressions.call(
                GivenRow.class,
                "rows",
                implementor.getRootExpression(),
                Expressions.constant(number))));
  }

  /** Makes these ready for Calcite's executor. */
  static final class Rule extends ConverterRule {
    Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode node) {
      return node.copy(node.getTraitSet().replace(EnumerableConvention.INSTANCE), List.of());
    }
  }
}
