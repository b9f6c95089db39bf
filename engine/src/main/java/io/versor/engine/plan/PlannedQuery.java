package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlExplainLevel;
import org.jspecify.annotations.Nullable;

/** A rewritten query and who runs it. Generating Java takes long, so it waits for the first run. */
final class PlannedQuery implements QueryPlan.Executable {
  private final RelNode logical;
  private @Nullable Fallback fallback;

  PlannedQuery(RelNode logical) {
    this.logical = logical;
  }

  private Fallback fallback() throws StoreException, StatementException {
    Fallback compiled = fallback;
    if (compiled == null) {
      try {
        compiled = Fallback.compile(logical);
      } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
        throw SqlErrors.of(e, (wrong, schema) -> "");
      }
      fallback = compiled;
    }
    return compiled;
  }

  @Override
  public RowCursor open(Run run) throws StoreException, StatementException {
    return fallback().open(run);
  }

  @Override
  public String explain() throws StoreException, StatementException {
    return RelOptUtil.toString(fallback().physical(), SqlExplainLevel.EXPPLAN_ATTRIBUTES);
  }
}
