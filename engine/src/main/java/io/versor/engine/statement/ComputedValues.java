package io.versor.engine.statement;

import io.versor.engine.ParameterInfo;
import io.versor.engine.StatementException;
import io.versor.engine.plan.Infos;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expressions of a row with the plan that computes them.
 *
 * @param shape empty where the plan is of the expressions as they are
 * @param own makes a plan of the expressions as they are
 */
record ComputedValues(QueryPlan plan, @Nullable RowShape shape, Planner own) {
  /** Plans expressions as they are. */
  @FunctionalInterface
  interface Planner {
    QueryPlan plan(Run run) throws StoreException, StatementException;
  }

  /** Types of parameters inside of the expressions. */
  void describe(@Nullable ParameterInfo[] infos) {
    for (int i = 0; i < plan.parameters().size(); i++) {
      int parameter = shape == null ? i : shape.sources().get(i);
      if (parameter >= 0
          && parameter < infos.length
          && infos[parameter] == null
          && plan.parameters().get(i) != Infos.ANY) {
        infos[parameter] = plan.parameters().get(i);
      }
    }
  }

  /** The values, in the order of the expressions. */
  List<@Nullable Object> compute(Run run) throws StoreException, StatementException {
    if (shape == null) {
      return values(plan, run);
    }
    List<@Nullable Object> parameters = new ArrayList<>(shape.values().size());
    shape.values().forEach(value -> parameters.add(value.of(run.parameters())));
    try {
      return values(plan, run.with(parameters));
    } catch (StatementException e) {
      if (!e.sqlState().startsWith("22") && !e.sqlState().startsWith("42")) {
        throw e;
      }
      return values(own.plan(run), run); // which tells the error of these, with their parameters
    }
  }

  private static List<@Nullable Object> values(QueryPlan plan, Run run)
      throws StoreException, StatementException {
    List<@Nullable Object> values = new ArrayList<>(plan.columns().size());
    try (RowCursor rows = plan.executable().open(run)) {
      if (!rows.next()) {
        throw new IllegalStateException("a query without FROM gave no row");
      }
      for (int i = 0; i < plan.columns().size(); i++) {
        values.add(rows.objectAt(i));
      }
    }
    return values;
  }
}
