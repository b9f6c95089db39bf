package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.QueryPlan;
import io.versor.engine.plan.QueryPlanner;
import io.versor.engine.plan.Selects;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Plans of the rows of one statement. Many rows are computed by one plan for each shape they have:
 * planning and compiling takes a thousand times longer than computing.
 */
final class RowPlans {
  /** Expressions computed by one query: generated code has limits, too. */
  private static final int MAX_EXPRESSIONS = 200;

  /** Rows that are planned one by one. */
  private static final int FEW = 8;

  private final Versions versions;
  private final List<@Nullable Object> parameters;
  private final CommonTables common;
  private final boolean shared;
  private final Map<String, Optional<QueryPlan>> shapes = new HashMap<>();

  /**
   * @param common what queries in the expressions may read besides tables
   * @param rows of the statement
   */
  RowPlans(Versions versions, List<@Nullable Object> parameters, CommonTables common, int rows) {
    this.versions = versions;
    this.parameters = parameters;
    this.common = common;
    this.shared = rows > FEW;
  }

  /** Plans of the expressions of one row. */
  List<ComputedValues> of(List<SqlNode> expressions) throws StoreException, StatementException {
    List<ComputedValues> plans = new ArrayList<>();
    for (int from = 0; from < expressions.size(); from += MAX_EXPRESSIONS) {
      int to = Math.min(expressions.size(), from + MAX_EXPRESSIONS);
      plans.add(part(List.copyOf(expressions.subList(from, to))));
    }
    return plans;
  }

  private ComputedValues part(List<SqlNode> expressions) throws StoreException, StatementException {
    ComputedValues.Planner own = run -> plan(expressions, run.versions(), run.parameters());
    RowShape shape = shared ? RowShape.of(expressions) : null;
    if (shape != null && shape.isWhole()) {
      String key = shape.key();
      Optional<QueryPlan> plan = shapes.get(key);
      if (plan == null) {
        plan = plan(shape);
        shapes.put(key, plan);
      }
      if (plan.isPresent()) {
        return new ComputedValues(plan.get(), shape, own);
      }
    }
    return new ComputedValues(plan(expressions, versions, parameters), null, own);
  }

  /** Empty for what cannot be planned so; then the row's own plan says why, or can. */
  private Optional<QueryPlan> plan(RowShape shape) throws StoreException, StatementException {
    try {
      return Optional.of(plan(shape.items(), versions, List.of()));
    } catch (StatementException e) {
      if (e.sqlState().startsWith("42") || e.sqlState().startsWith("22")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private QueryPlan plan(List<SqlNode> expressions, Versions now, List<@Nullable Object> values)
      throws StoreException, StatementException {
    SqlNode query = Selects.of(SqlParserPos.ZERO, Selects.named(expressions, "e"), null, null);
    return new QueryPlanner(now).plan(common.around(query), values);
  }
}
