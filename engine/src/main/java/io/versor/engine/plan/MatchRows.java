package io.versor.engine.plan;

import io.versor.engine.match.MatchOperator;
import io.versor.engine.match.MatchSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;

/**
 * MATCH_RECOGNIZE of the rows of the first input. The others compute its expressions, of rows that
 * they are given ({@link GivenRowScan}): so these are rewritten and compiled like any other.
 */
public final class MatchRows extends AbstractRelNode implements EnumerableRel {
  static final ConverterRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              MatchRows.class, Convention.NONE, EnumerableConvention.INSTANCE, "MatchRowsRule")
          .withRuleFactory(Rule::new)
          .toRule(Rule.class);

  private final List<RelNode> inputs;
  private final List<Integer> given;
  private final MatchSpec spec;
  private final String pattern;

  private MatchRows(
      RelOptCluster cluster,
      RelTraitSet traits,
      List<RelNode> inputs,
      List<Integer> given,
      RelDataType row,
      MatchSpec spec,
      String pattern) {
    super(cluster, traits);
    this.inputs = new ArrayList<>(inputs);
    this.given = List.copyOf(given);
    this.spec = spec;
    this.pattern = pattern;
    this.rowType = row;
  }

  /**
   * @param expressions projections of one column
   * @param given the numbers of the rows that each is given
   * @param pattern for EXPLAIN
   */
  static MatchRows of(
      RelNode rows,
      List<RelNode> expressions,
      List<Integer> given,
      RelDataType row,
      MatchSpec spec,
      String pattern) {
    RelOptCluster cluster = rows.getCluster();
    List<RelNode> inputs = new ArrayList<>();
    inputs.add(rows);
    inputs.addAll(expressions);
    return new MatchRows(
        cluster, cluster.traitSetOf(Convention.NONE), inputs, given, row, spec, pattern);
  }

  @Override
  public List<RelNode> getInputs() {
    return List.copyOf(inputs);
  }

  @Override
  public void replaceInput(int ordinal, RelNode input) {
    inputs.set(ordinal, input);
    recomputeDigest();
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> others) {
    return new MatchRows(getCluster(), traits, others, given, rowType, spec, pattern);
  }

  @Override
  public double estimateRowCount(RelMetadataQuery metadata) {
    return metadata.getRowCount(inputs.get(0));
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    RelWriter terms = super.explainTerms(writer);
    for (int i = 0; i < inputs.size(); i++) {
      terms.input(i == 0 ? "input" : "expression" + given.get(i - 1), inputs.get(i));
    }
    return terms
        .item("partitionBy", spec.partitionBy())
        .item("orderBy", spec.order())
        .item("pattern", pattern)
        .item("define", defined())
        .item("measures", spec.measures().number())
        .item("rows", spec.shown())
        .item("skip", spec.skip().to());
  }

  /** The expressions that are the conditions of variables. */
  private Map<String, Integer> defined() {
    Map<String, Integer> defined = new LinkedHashMap<>();
    for (int i = 0; i < spec.conditions().size(); i++) {
      String name = spec.variables().names().get(i);
      spec.conditions().get(i).ifPresent(formula -> defined.put(name, formula.number()));
    }
    return defined;
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    BlockBuilder block = new BlockBuilder();
    List<Expression> parts = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Result input = implementor.visitChild(this, i, (EnumerableRel) inputs.get(i), Prefer.ARRAY);
      parts.add(block.append("input" + i, input.block));
    }
    PhysType type =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY, false);
    block.add(
        Expressions.call(
            MatchOperator.class,
            "rows",
            implementor.getRootExpression(),
            parts.get(0),
            implementor.stash(given, Object.class),
            Expressions.newArrayInit(Enumerable.class, parts.subList(1, parts.size())),
            implementor.stash(spec, Object.class)));
    return implementor.result(type, block.toBlock());
  }

  /** Makes these ready for Calcite's executor. */
  static final class Rule extends ConverterRule {
    Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode node) {
      MatchRows match = (MatchRows) node;
      RelTraitSet traits = match.getTraitSet().replace(EnumerableConvention.INSTANCE);
      List<RelNode> inputs = new ArrayList<>();
      for (RelNode input : match.inputs) {
        inputs.add(convert(input, input.getTraitSet().replace(EnumerableConvention.INSTANCE)));
      }
      return match.copy(traits, inputs);
    }
  }
}
