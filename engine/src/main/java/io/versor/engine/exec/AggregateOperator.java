package io.versor.engine.exec;

import io.versor.engine.work.Reservation;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GROUP BY with a hash table, in the order in which groups appear; or one group of all rows. */
final class AggregateOperator implements BatchOperator {
  private final BatchOperator input;
  private final Groups groups;
  private final boolean global;
  private final List<Accumulator> accumulators;
  private final List<AggregateColumn> columns;
  private final Reservation memory;
  private final List<TensorType> types;
  private final OwnBatch out;
  private final @Nullable Parallel<AggregateOperator> parallel;
  private boolean read;
  private int written;
  private int[] ids = {};

  /**
   * @param keys what rows are grouped by; empty for one group, which is there without rows, too
   * @param accumulators gather what the columns behind the keys tell
   * @param parallel how several threads do the same; null if they cannot
   */
  AggregateOperator(
      BatchOperator input,
      List<GroupKey> keys,
      List<Accumulator> accumulators,
      List<AggregateColumn> columns,
      @Nullable Parallel<AggregateOperator> parallel,
      ExecContext context) {
    this.parallel = parallel;
    this.input = input;
    this.groups = new Groups(keys);
    this.global = keys.isEmpty();
    this.accumulators = List.copyOf(accumulators);
    this.columns = List.copyOf(columns);
    this.memory = context.memory().openReservation();
    List<TensorType> all = new ArrayList<>(groups.types());
    columns.forEach(column -> all.add(column.type()));
    this.types = List.copyOf(all);
    this.out = new OwnBatch(types, context);
  }

  @Override
  public List<TensorType> types() {
    return types;
  }

  @Override
  public boolean next() throws StoreException {
    if (!read) {
      read = true;
      if (parallel == null || !parallel.run(AggregateOperator::readAll, this::merge)) {
        readAll();
      }
    }
    out.clear();
    int total = global ? 1 : groups.size();
    int n = Math.min(BATCH_ROWS, total - written);
    if (n <= 0) {
      return false;
    }
    int keys = types.size() - columns.size();
    List<VectorBuffer> keyColumns = out.columns().subList(0, keys);
    for (int group = written; group < written + n; group++) {
      if (!global) {
        groups.write(group, keyColumns);
      }
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).writer().write(group, out.columns().get(keys + i));
      }
    }
    written += n;
    out.rows(n);
    return true;
  }

  private void readAll() throws StoreException {
    accumulators.forEach(accumulator -> accumulator.grow(global ? 1 : 0));
    while (input.next()) {
      Rows rows = Rows.of(input.batch());
      if (global) {
        for (Accumulator accumulator : accumulators) {
          accumulator.addAll(rows);
        }
        continue;
      }
      ids = Predicate.room(ids, rows.count());
      groups.ids(rows, ids);
      long heapBytes = groups.heapBytes();
      for (Accumulator accumulator : accumulators) {
        accumulator.grow(groups.size());
        accumulator.add(rows, ids);
        heapBytes += accumulator.heapBytes();
      }
      checkBudget(heapBytes);
    }
  }

  /** Takes the groups of rows behind those of its own. */
  private void merge(AggregateOperator part) throws StoreException {
    int[] merged = global ? new int[1] : groups.merge(part.groups);
    long heapBytes = groups.heapBytes();
    for (int i = 0; i < accumulators.size(); i++) {
      Accumulator accumulator = accumulators.get(i);
      accumulator.grow(global ? 1 : groups.size());
      accumulator.merge(part.accumulators.get(i), merged, merged.length);
      heapBytes += accumulator.heapBytes();
    }
    checkBudget(heapBytes);
  }

  private void checkBudget(long heapBytes) throws StoreException {
    long bytes = groups.bytes();
    for (Accumulator accumulator : accumulators) {
      bytes += accumulator.bytes();
    }
    memory.hold("GROUP BY of " + groups.size() + " groups", bytes, heapBytes);
  }

  @Override
  public Batch batch() {
    return out;
  }

  @Override
  public void close() {
    out.close();
    groups.close();
    accumulators.forEach(Accumulator::close);
    memory.close();
    input.close();
  }
}
