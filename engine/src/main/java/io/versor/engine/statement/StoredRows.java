package io.versor.engine.statement;

import io.versor.engine.Cancellation;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.Versions;
import io.versor.engine.function.FileAccess;
import io.versor.engine.plan.RowConditions;
import io.versor.engine.plan.Run;
import io.versor.engine.work.StatementMemory;
import io.versor.engine.work.Work;
import io.versor.engine.work.Workers;
import io.versor.format.RowCheck;
import io.versor.format.ScanRequest;
import io.versor.format.Store;
import io.versor.format.TableScan;
import io.versor.format.TableSnapshot;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * CHECK constraints of rows that are in a table already: what a merge made, or a new constraint.
 */
public final class StoredRows implements RowCheck {
  /** What USER is in a condition that no session evaluates. */
  private static final String NOBODY = "";

  private final Store store;
  private final BufferAllocator allocator;
  private final Workers workers;
  private final Clock clock;

  public StoredRows(Store store, BufferAllocator allocator, Workers workers, Clock clock) {
    this.store = store;
    this.allocator = allocator;
    this.workers = workers;
    this.clock = clock;
  }

  @Override
  public void check(TableSnapshot table, Optional<long[]> rowIds) throws StoreException {
    String branch = store.branches().get(0).name();
    Work work = new Work(Cancellation.NEVER, workers);
    Versions versions =
        new Versions(store, store.branchNames(), branch, branch, store::head, work, List.of());
    StatementMemory memory = StatementMemory.of(store);
    Run run =
        new Run(versions, allocator, List.of(), clock.instant(), FileAccess.none(), NOBODY, memory);
    try {
      check(new RowConditions(table.schema(), versions), table, rowIds, run);
    } catch (StatementException e) {
      throw new StoreException(
          Code.CHECK_VIOLATION,
          "CHECK of " + table.schema().name() + " cannot be evaluated: " + e.getMessage(),
          e);
    }
  }

  /**
   * @param rowIds empty = all rows
   */
  static void check(RowConditions conditions, TableSnapshot table, Optional<long[]> rowIds, Run run)
      throws StoreException, StatementException {
    TableSchema schema = table.schema();
    List<Integer> columns = conditions.columns();
    ScanRequest request =
        ScanRequest.of(columns.stream().map(at -> schema.columns().get(at).id()).toList());
    if (rowIds.isPresent()) {
      request = request.withRowIds(rowIds.get());
    }
    try (TableScan scan = table.openScan(request, run.allocator())) {
      while (scan.next()) {
        run.check();
        int[] selection = scan.selection();
        Map<Integer, HeapColumn> samples = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          ColumnBuilder builder = new ColumnBuilder(schema.columns().get(columns.get(i)).type());
          for (int k = 0; k < scan.selected(); k++) {
            builder.append(scan.column(i), selection == null ? k : selection[k]);
          }
          samples.put(columns.get(i), builder.column());
        }
        if (scan.selected() > 0) {
          conditions.check(samples, run);
        }
      }
    }
  }
}
