package io.versor.format;

import io.versor.format.ref.BranchEntry;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.PackSink;
import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkTree;
import io.versor.format.tree.TreeFolder;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Lays tables out anew: {@link Store#optimize}. Thread-safe. */
final class Optimizer {
  private final Core core;

  Optimizer(Core core) {
    this.core = core;
  }

  OptimizeResult optimize(BranchEntry branch, long tableId) throws StoreException {
    LiveBranch live = core.live(branch.id());
    long before = chunks(branch, tableId);
    core.checkpointer.run(
        live,
        (state, sink) -> {
          TableState table = state.tables().get(tableId);
          return table == null ? state : state.relaid(folded(table, sink));
        });
    return new OptimizeResult(before, chunks(branch, tableId));
  }

  private long chunks(BranchEntry branch, long tableId) throws StoreException {
    Snapshot now = new Snapshot(core, core.live(branch.id()).refresh(), branch.display());
    Optional<TableSnapshot> table = now.findTable(tableId);
    if (table.isEmpty()) {
      throw new StoreException(
          Code.NO_SUCH_TABLE, now.display() + " has no table with id " + Long.toHexString(tableId));
    }
    long chunks = 0;
    for (Column column : table.get().schema().columns()) {
      chunks += table.get().info(column.id()).chunks();
    }
    return chunks;
  }

  private TableState folded(TableState table, PackSink sink) throws StoreException {
    Map<Long, ChunkTree> columns = new LinkedHashMap<>();
    for (Column column : table.schema().columns()) {
      ChunkTree samples = table.columns().get(column.id());
      columns.put(
          column.id(), TreeFolder.fold(samples, column.type(), sink, core.chunks, core.allocator));
    }
    TableState rebuilt = table.withKeys(table.keys().rebuilt(table.rows().rowCount()));
    // Keys are read from the old layout: the new one cannot be read before the sink is done.
    return core.checkpoints.withStoredKeys(rebuilt, sink).withTrees(table.rows(), columns);
  }
}
