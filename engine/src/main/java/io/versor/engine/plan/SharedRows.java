package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.keep.KeptRows;
import io.versor.engine.type.Carried;
import io.versor.engine.work.Poll;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query in WITH that is random, the same wherever it is read: who comes first keeps them
 * for the others.
 */
public final class SharedRows extends SingleRel implements EnumerableRel {
  static final ConverterRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              SharedRows.class, Convention.NONE, EnumerableConvention.INSTANCE, "SharedRowsRule")
          .withRuleFactory(Rule::new)
          .toRule(Rule.class);

  /** Under which the context of an execution has the rows that were kept. */
  static final String KEPT = "versor.kept";

  private final int number;

  private SharedRows(RelOptCluster cluster, RelTraitSet traits, RelNode input, int number) {
    super(cluster, traits, input);
    this.number = number;
  }

  /** What {@link SharedSyntax} has marked; other filters as they are. */
  static RelNode of(Filter filter) {
    if (!(filter.getCondition() instanceof RexCall call)
        || call.getOperator() != SharedSyntax.MARK) {
      return filter;
    }
    RelNode input = filter.getInput();
    if (!RelOptUtil.getVariablesUsed(input).isEmpty()) {
      throw new Carried(
          new StatementException(
              "0A000",
              "a random query in WITH that is read more than once cannot read rows of the query"
                  + " around it; write it as a subquery in FROM, which is read once"));
    }
    if (!RoundRows.scanned(input).isEmpty()) { // those of the first round would be kept
      throw new Carried(
          new StatementException(
              "0A000",
              "a random query in WITH that is read more than once cannot read rows of the round"
                  + " before in WITH RECURSIVE; write it as a subquery in FROM, which is read"
                  + " once"));
    }
    Integer number = ((RexLiteral) call.getOperands().get(0)).getValueAs(Integer.class);
    return new SharedRows(
        filter.getCluster(), filter.getTraitSet(), input, java.util.Objects.requireNonNull(number));
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new SharedRows(getCluster(), traits, inputs.get(0), number);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("number", number);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    BlockBuilder block = new BlockBuilder();
    Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
    Expression rows = block.append("input", input.block);
    PhysType type =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), prefer.preferArray());
    block.add(
        Expressions.call(
            SharedRows.class,
            "rows",
            implementor.getRootExpression(),
            Expressions.constant(number),
            rows,
            Expressions.constant(getRowType().getFieldCount())));
    return implementor.result(type, block.toBlock());
  }

  /** Called by generated code. */
  public static Enumerable<?> rows(
      DataContext context, int number, Enumerable<?> input, int columns) {
    return new AbstractEnumerable<@Nullable Object>() {
      @Override
      public Enumerator<@Nullable Object> enumerator() {
        return Linq4j.enumerator(kept(context, number, input, columns));
      }
    };
  }

  @SuppressWarnings("unchecked") // the context's own
  private static List<@Nullable Object> kept(
      DataContext context, int number, Enumerable<?> input, int columns) {
    var all =
        (Map<Integer, List<@Nullable Object>>) java.util.Objects.requireNonNull(context.get(KEPT));
    List<@Nullable Object> known = all.get(number);
    if (known != null) {
      return known;
    }
    KeptRows kept = new KeptRows("the rows of a random query in WITH");
    List<@Nullable Object> rows = new ArrayList<>();
    try (Enumerator<?> source = input.enumerator()) {
      while (source.moveNext()) {
        Poll.poll();
        Object row = source.current();
        Object shared = columns > 1 && row instanceof List<?> values ? values.toArray() : row;
        kept.addRow(shared);
        rows.add(shared);
      }
    }
    all.put(number, rows);
    return rows;
  }

  /** Makes these ready for Calcite's executor. */
  static final class Rule extends ConverterRule {
    Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode node) {
      SharedRows shared = (SharedRows) node;
      RelTraitSet traits = shared.getTraitSet().replace(EnumerableConvention.INSTANCE);
      RelNode input = shared.getInput();
      return new SharedRows(
          shared.getCluster(),
          traits,
          convert(input, input.getTraitSet().replace(EnumerableConvention.INSTANCE)),
          shared.number);
    }
  }
}
