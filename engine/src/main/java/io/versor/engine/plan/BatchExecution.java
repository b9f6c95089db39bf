package io.versor.engine.plan;

import io.versor.engine.catalog.TensorScan;
import io.versor.engine.exec.ExecContext;
import io.versor.engine.exec.PlanLeaf;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;

/** What batch operators need of an execution. */
final class BatchExecution {
  private BatchExecution() {}

  /** Caller closes. */
  static ExecContext openContext(Run run) {
    return new ExecContext(
        run.allocator(),
        run.parameters(),
        run.now(),
        run.memory(),
        run::check,
        run.work().helpers());
  }

  /** How the nodes that read tables are read. */
  static Function<RelNode, Optional<PlanLeaf>> leaves(Run run) {
    return node ->
        node instanceof TensorScan scan ? Optional.of(new ScanLeaf(scan, run)) : Optional.empty();
  }
}
