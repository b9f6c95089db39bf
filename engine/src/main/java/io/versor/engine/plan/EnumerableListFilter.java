package io.versor.engine.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/** A filter by a long list of values, for Calcite's generated code. */
public final class EnumerableListFilter extends SingleRel implements EnumerableRel {
  static final ConverterRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              LogicalFilter.class,
              filter -> list(filter).isPresent(),
              Convention.NONE,
              EnumerableConvention.INSTANCE,
              "EnumerableListFilterRule")
          .withRuleFactory(Rule::new)
          .toRule(Rule.class);

  private final ListedValues values;

  private EnumerableListFilter(
      RelOptCluster cluster, RelTraitSet traits, RelNode input, ListedValues values) {
    super(cluster, traits, input);
    this.values = values;
  }

  /** The part of a condition that is a list. */
  private static Optional<RexNode> list(LogicalFilter filter) {
    return RelOptUtil.conjunctions(filter.getCondition()).stream()
        .filter(part -> ListedValues.of(part).isPresent())
        .findFirst();
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new EnumerableListFilter(getCluster(), traits, inputs.get(0), values);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    String column = getRowType().getFieldNames().get(values.column());
    return super.explainTerms(writer)
        .item("column", column)
        .item(values.negated() ? "not in" : "in", values.size() + " values");
  }

  /** Next to nothing: wherever it can stand, it is better than generated code. */
  @Override
  public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery metadata) {
    return planner.getCostFactory().makeTinyCost();
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    BlockBuilder block = new BlockBuilder();
    Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
    Expression rows = block.append("input", input.block);
    block.add(
        Expressions.call(
            EnumerableListFilter.class,
            "passing",
            rows,
            implementor.getRootExpression(),
            implementor.stash(values, Object.class)));
    return implementor.result(input.physType, block.toBlock());
  }

  /**
   * Called by generated code.
   *
   * @param rows arrays, lists, or the values of the only column
   */
  public static <T> Enumerable<T> passing(Enumerable<T> rows, DataContext context, Object values) {
    ListedValues list = (ListedValues) values;
    ListedValues.Test test = list.test(context);
    int column = list.column();
    return rows.where(row -> test.passes(value(row, column)));
  }

  private static @Nullable Object value(@Nullable Object row, int column) {
    if (row instanceof Object[] values) {
      return values[column];
    }
    return row instanceof List<?> values ? values.get(column) : row;
  }

  /** Makes these of filters; what else the filter asks for is asked below. */
  static final class Rule extends ConverterRule {
    Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode node) {
      LogicalFilter filter = (LogicalFilter) node;
      RexNode list = list(filter).orElseThrow();
      List<RexNode> others =
          RelOptUtil.conjunctions(filter.getCondition()).stream()
              .filter(part -> part != list)
              .collect(Collectors.toList());
      RelNode input = filter.getInput();
      if (!others.isEmpty()) {
        RexNode rest = RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), others);
        input = filter.copy(filter.getTraitSet(), input, Objects.requireNonNull(rest));
      }
      RelTraitSet traits = filter.getTraitSet().replace(EnumerableConvention.INSTANCE);
      return new EnumerableListFilter(
          filter.getCluster(),
          traits,
          convert(input, input.getTraitSet().replace(EnumerableConvention.INSTANCE)),
          ListedValues.of(list).orElseThrow());
    }
  }
}
