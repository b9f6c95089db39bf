package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.TensorScan;
import io.versor.engine.catalog.TensorTable;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.exec.BatchOperator;
import io.versor.engine.exec.ExecContext;
import io.versor.engine.exec.OperatorTree;
import io.versor.engine.exec.PlanLeaf;
import io.versor.engine.work.Work;
import io.versor.format.ScanEstimate;
import io.versor.format.type.StoreException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * A rewritten query and who runs it: batches of columns where every part of it has a kernel. Else
 * Calcite's own executor, which generates Java at the first run, and batches give it the rows of
 * those parts that have.
 */
final class PlannedQuery implements QueryPlan.Executable, Work.Owner {
  private final RelNode logical;
  private final List<RelDataType> types;
  private final ParameterTypes parameters;
  private final Optional<PointRead> point;
  private final Optional<KnownTotals> totals;
  private @Nullable Fallback fallback;

  /** Without parts that run on batches. */
  private @Nullable Fallback wholeFallback;

  private boolean spoiled;

  PlannedQuery(RelNode logical) {
    this.logical = logical;
    this.parameters = ParameterTypes.of(logical);
    this.point = PointRead.of(logical);
    this.totals = KnownTotals.of(logical);
    this.types =
        logical.getRowType().getFieldList().stream().map(RelDataTypeField::getType).toList();
  }

  @Override
  public RowCursor open(Run given) throws StoreException, StatementException {
    Run run = parameters.fit(given);
    Optional<RowCursor> known = totals.isPresent() ? totals.get().open(run) : Optional.empty();
    if (known.isPresent()) {
      return known.get();
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
    ExecContext context = BatchExecution.openContext(run);
    try {
      boolean[] computed = {false};
      Function<RelNode, Optional<PlanLeaf>> leaves = BatchExecution.leaves(run);
      Optional<BatchOperator> tree =
          OperatorTree.compile(
              logical,
              node -> {
                computed[0] |=
                    node instanceof TensorScan scan && !(scan.source() instanceof TensorTable);
                return leaves.apply(node);
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
      compiled = compiled(run, () -> Fallback.compileAround(logical, run));
      fallback = compiled;
    }
    // Parameters may be such that a part has no kernels any more.
    if (run.parameters().isEmpty() || compiled.parts().stream().allMatch(part -> part.runs(run))) {
      return compiled;
    }
    Fallback whole = wholeFallback;
    if (whole == null) {
      whole = compiled(run, () -> Fallback.compile(logical));
      wholeFallback = whole;
    }
    return whole;
  }

  private Fallback compiled(Run run, Work.Task<Fallback> compiler)
      throws StoreException, StatementException {
    try {
      return run.work().call(compiler, this);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      throw SqlErrors.of(e, (wrong, schema) -> "");
    }
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
    try (ExecContext context = BatchExecution.openContext(run)) {
      Function<RelNode, Optional<PlanLeaf>> leaves = BatchExecution.leaves(run);
      Optional<String> obstacle = OperatorTree.obstacle(logical, leaves, context);
      boolean batches = obstacle.isEmpty();
      RelNode root = batches ? logical : fallback(run).physical();
      List<BatchPart> parts = batches ? List.of() : fallback(run).parts();
      int threads = batches ? OperatorTree.threads(logical, leaves, context) : 1;
      Map<TensorScan, ScanEstimate> scans = new IdentityHashMap<>();
      estimate(root, run, scans);
      return new Explanation(root, parts, obstacle, threads, scans);
    }
  }

  @Override
  public void checkLiterals(Run run) throws StoreException, StatementException {
    List<RexNode> casts = TextLiterals.casts(logical);
    if (casts.isEmpty()) {
      return;
    }
    RelNode row = LogicalValues.createOneRow(logical.getCluster());
    RelNode values = LogicalProject.create(row, List.of(), casts, (List<String>) null, Set.of());
    try (RowCursor cursor = new PlannedQuery(values).open(run)) {
      for (int i = 0; cursor.next() && i < casts.size(); i++) {
        cursor.objectAt(i);
      }
    }
  }

  private void estimate(RelNode node, Run run, Map<TensorScan, ScanEstimate> scans)
      throws StoreException {
    if (node instanceof BatchPart part) {
      estimate(part.plan(), run, scans);
    }
    if (node instanceof TensorScan scan && !scans.containsKey(scan)) {
      VersorTable table = scan.source();
      FieldRequest all = ScanBounds.request(table, scan.fields(), scan.conditions(), run);
      boolean known = totals.isPresent() && totals.get().areKnown(run);
      FieldRequest request = known ? all.withFields(List.of()) : all;
      table.estimate(request, run.versions()).ifPresent(read -> scans.put(scan, read));
    }
    for (RelNode input : node.getInputs()) {
      estimate(input, run, scans);
    }
  }
}
