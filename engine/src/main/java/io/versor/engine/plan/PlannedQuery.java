package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.TensorScan;
import io.versor.engine.catalog.TensorTable;
import io.versor.engine.exec.BatchOperator;
import io.versor.engine.exec.ExecContext;
import io.versor.engine.exec.OperatorTree;
import io.versor.engine.exec.PlanLeaf;
import io.versor.engine.work.Work;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/**
 * A rewritten query and who runs it: batches of columns where every part of it has a kernel, else
 * Calcite's own executor, which generates Java at the first run.
 */
final class PlannedQuery implements QueryPlan.Executable, Work.Owner {
  /** What the operators of one statement may keep in memory. */
  private static final long BUDGET_BYTES = 1L << 30;

  private final RelNode logical;
  private final List<RelDataType> types;
  private final ParameterTypes parameters;
  private final Optional<PointRead> point;
  private final Optional<RowCount> rowCount;
  private @Nullable Fallback fallback;
  private boolean spoiled;

  PlannedQuery(RelNode logical) {
    this.logical = logical;
    this.parameters = ParameterTypes.of(logical);
    this.point = PointRead.of(logical);
    this.rowCount = RowCount.of(logical);
    this.types =
        logical.getRowType().getFieldList().stream().map(RelDataTypeField::getType).toList();
  }

  @Override
  public RowCursor open(Run given) throws StoreException, StatementException {
    Run run = parameters.fit(given);
    if (rowCount.isPresent()) {
      return rowCount.get().open(run);
    }
    Optional<RowCursor> rows =
        point.isPresent() && parameters.areWhole(run) ? point.get().open(run) : Optional.empty();
    if (rows.isPresent()) {
      return rows.get();
    }
    Optional<RowCursor> batches = openBatches(run);
    if (batches.isPresent()) {
      return batches.get();
    }
    parameters.checkWhole(run);
    return fallback(run).open(run);
  }

  private Optional<RowCursor> openBatches(Run run) throws StoreException, StatementException {
    ExecContext context = context(run);
    try {
      boolean[] computed = {false};
      Optional<BatchOperator> tree =
          OperatorTree.compile(
              logical,
              node -> {
                if (node instanceof TensorScan scan) {
                  computed[0] |= !(scan.source() instanceof TensorTable);
                  return Optional.of(new ScanLeaf(scan, run));
                }
                return Optional.empty();
              },
              context);
      if (tree.isPresent()) {
        // What computes history may be long without a row, and so without asking to go on.
        Work detached = computed[0] ? run.work() : null;
        return Optional.of(new BatchCursor(tree.get(), context, types, detached));
      }
      context.close();
      return Optional.empty();
    } catch (RuntimeException e) {
      context.close();
      throw SqlErrors.of(e, (wrong, schema) -> "");
    }
  }

  private Fallback fallback(Run run) throws StoreException, StatementException {
    Fallback compiled = fallback;
    if (compiled == null) {
      try {
        compiled = run.work().call(() -> Fallback.compile(logical), this);
      } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
        throw SqlErrors.of(e, (wrong, schema) -> "");
      }
      fallback = compiled;
    }
    return compiled;
  }

  @Override
  public void left() {
    spoiled = true; // the planner would be used by two threads
  }

  @Override
  public void release() {}

  @Override
  public boolean isSpoiled() {
    return spoiled;
  }

  @Override
  public Explanation explain(Run given) throws StoreException, StatementException {
    Run run = parameters.fit(given);
    try (ExecContext context = context(run)) {
      Function<RelNode, Optional<PlanLeaf>> leaves =
          node ->
              node instanceof TensorScan scan
                  ? Optional.of(new ScanLeaf(scan, run))
                  : Optional.empty();
      Optional<String> obstacle = OperatorTree.obstacle(logical, leaves, context);
      return obstacle.isPresent()
          ? new Explanation(fallback(run).physical(), obstacle, 1)
          : new Explanation(logical, obstacle, OperatorTree.threads(logical, leaves, context));
    }
  }

  private static ExecContext context(Run run) {
    return new ExecContext(
        run.allocator(),
        run.parameters(),
        run.now(),
        BUDGET_BYTES,
        run::check,
        run.work().helpers());
  }
}
