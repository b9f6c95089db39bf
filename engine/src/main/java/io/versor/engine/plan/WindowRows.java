package io.versor.engine.plan;

import io.versor.engine.window.WindowOperator;
import io.versor.engine.window.WindowSpec;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.type.RelDataType;

/** Windows over rows; what they give stands behind the rows' own columns. */
public final class WindowRows extends SingleRel implements EnumerableRel {
  static final ConverterRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              WindowRows.class, Convention.NONE, EnumerableConvention.INSTANCE, "WindowRowsRule")
          .withRuleFactory(Rule::new)
          .toRule(Rule.class);

  private final List<WindowSpec> windows;

  private WindowRows(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      RelDataType row,
      List<WindowSpec> windows) {
    super(cluster, traits, input);
    this.rowType = row;
    this.windows = windows;
  }

  static WindowRows of(RelNode input, RelDataType row, List<WindowSpec> windows) {
    RelOptCluster cluster = input.getCluster();
    return new WindowRows(cluster, cluster.traitSetOf(Convention.NONE), input, row, windows);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new WindowRows(getCluster(), traits, inputs.get(0), rowType, windows);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    RelWriter terms = super.explainTerms(writer);
    for (int i = 0; i < windows.size(); i++) {
      terms.item("window" + i, windows.get(i).toString());
    }
    return terms;
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    BlockBuilder block = new BlockBuilder();
    Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
    Expression rows = block.append("input", input.block);
    PhysType type =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY, false);
    block.add(
        Expressions.call(
            WindowOperator.class,
            "rows",
            rows,
            Expressions.constant(getInput().getRowType().getFieldCount()),
            implementor.stash(windows, Object.class)));
    return implementor.result(type, block.toBlock());
  }

  /** Makes these ready for Calcite's executor. */
  static final class Rule extends ConverterRule {
    Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode node) {
      WindowRows windows = (WindowRows) node;
      RelTraitSet traits = windows.getTraitSet().replace(EnumerableConvention.INSTANCE);
      RelNode input = windows.getInput();
      return new WindowRows(
          windows.getCluster(),
          traits,
          convert(input, input.getTraitSet().replace(EnumerableConvention.INSTANCE)),
          windows.rowType,
          windows.windows);
    }
  }
}
