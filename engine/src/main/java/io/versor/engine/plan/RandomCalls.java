package io.versor.engine.plan;

import io.versor.engine.function.ScalarOperators;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.plan.RelOptSamplingParameters;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Sample;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Numbers the calls of functions that give another value each time. Calcite computes equal
 * expressions of a row once, so that two calls would give one value; what refers to one call from
 * several places still sees one.
 */
final class RandomCalls extends RexShuttle {
  private final RexBuilder builder;
  private int calls;

  private RandomCalls(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode number(RelNode plan) {
    return number(plan, new RandomCalls(plan.getCluster().getRexBuilder()));
  }

  private static RelNode number(RelNode plan, RandomCalls random) {
    return BottomUp.nodes(plan, random::node);
  }

  private RelNode node(RelNode node) {
    if (node instanceof Sample sample) {
      return sampled(sample);
    }
    if (node instanceof Sort sort) {
      return FetchedSorts.of(sort);
    }
    RelNode visited = node.accept(this);
    return visited instanceof Filter filter ? SharedRows.of(filter) : visited;
  }

  /** TABLESAMPLE takes each row by chance, SYSTEM too; REPEATABLE by the same chance each time. */
  private RelNode sampled(Sample sample) {
    RelOptSamplingParameters how = sample.getSamplingParameters();
    RelDataType number = builder.getTypeFactory().createSqlType(SqlTypeName.DOUBLE);
    RexNode chance =
        how.isRepeatable()
            ? builder.makeCall(
                number,
                SqlStdOperatorTable.RAND,
                List.of(builder.makeExactLiteral(BigDecimal.valueOf(how.getRepeatableSeed()))))
            : builder.makeCall(
                number,
                ScalarOperators.RANDOM_NUMBER,
                List.of(builder.makeExactLiteral(BigDecimal.valueOf(++calls))));
    return LogicalFilter.create(
        sample.getInput(),
        builder.makeCall(
            SqlStdOperatorTable.LESS_THAN,
            chance,
            builder.makeApproxLiteral(how.sampleRate, number)));
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery subQuery) {
    RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
    return visited.clone(number(visited.rel, this));
  }

  @Override
  public RexNode visitCall(RexCall call) {
    String name = call.getOperator().getName();
    if (!call.getOperands().isEmpty()) {
      return super.visitCall(call);
    }
    if (RandomNames.NUMBERS.contains(name)) {
      return numbered(call, ScalarOperators.RANDOM_NUMBER);
    }
    return RandomNames.UUIDS.contains(name) ? numbered(call, ScalarOperators.RANDOM_UUID) : call;
  }

  private RexNode numbered(RexCall call, org.apache.calcite.sql.SqlOperator operator) {
    return builder.makeCall(
        call.getType(), operator, List.of(builder.makeExactLiteral(BigDecimal.valueOf(++calls))));
  }
}
