package io.versor.engine.exec;

import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Groups in memory and what is gathered of each: the work of GROUP BY, for as many as fit. */
final class Grouping implements AutoCloseable {
  private final Groups groups;
  private final boolean global;
  private final List<Accumulator> accumulators;
  private final List<AggregateColumn> columns;
  private int[] ids = {};

  /**
   * @param keys what rows are grouped by; empty for one group, which is there without rows, too
   * @param accumulators gather what the columns behind the keys tell
   */
  Grouping(
      List<GroupKey> keys,
      List<Accumulator> accumulators,
      List<AggregateColumn> columns,
      ExecContext context) {
    this.groups = new Groups(keys, context);
    this.global = keys.isEmpty();
    this.accumulators = List.copyOf(accumulators);
    this.columns = List.copyOf(columns);
    grow();
  }

  /** Of the keys, and of what is told behind them. */
  List<TensorType> types() {
    List<TensorType> all = new ArrayList<>(groups.types());
    columns.forEach(column -> all.add(column.type()));
    return List.copyOf(all);
  }

  int size() {
    return global ? 1 : groups.size();
  }

  /** Whether all rows are one group, whatever they are. */
  boolean isGlobal() {
    return global;
  }

  private void grow() {
    accumulators.forEach(accumulator -> accumulator.grow(size()));
  }

  /** Takes rows, and makes groups of those that have none. */
  void add(Rows rows) throws StoreException {
    if (global) {
      for (Accumulator accumulator : accumulators) {
        accumulator.addAll(rows);
      }
      return;
    }
    ids = Predicate.room(ids, rows.count());
    groups.ids(rows, ids);
    add(rows, ids);
  }

  /**
   * The group of each row, or -1.
   *
   * @param hashes of the rows' keys, made here
   */
  void find(Rows rows, int[] out, long[] hashes) throws StoreException {
    groups.find(rows, out, hashes);
  }

  /** Takes rows whose groups are known. */
  void add(Rows rows, int[] groupIds) throws StoreException {
    grow();
    for (Accumulator accumulator : accumulators) {
      accumulator.add(rows, groupIds);
    }
  }

  /** Takes the groups of rows behind those of its own. */
  void merge(Grouping part) throws StoreException {
    int[] merged = global ? new int[1] : groups.merge(part.groups);
    grow();
    for (int i = 0; i < accumulators.size(); i++) {
      accumulators.get(i).merge(part.accumulators.get(i), merged, merged.length);
    }
  }

  /** Appends the rows of some groups. */
  void write(int from, int to, OwnBatch out) throws StoreException {
    int keys = groups.types().size();
    List<VectorBuffer> keyColumns = out.columns().subList(0, keys);
    for (int group = from; group < to; group++) {
      if (!global) {
        groups.write(group, keyColumns);
      }
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).writer().write(group, out.columns().get(keys + i));
      }
    }
    out.rows(to - from);
  }

  /** What is kept outside of the heap. */
  long bytes() {
    long bytes = groups.bytes();
    for (Accumulator accumulator : accumulators) {
      bytes += accumulator.bytes();
    }
    return bytes;
  }

  long heapBytes() {
    long bytes = groups.heapBytes();
    for (Accumulator accumulator : accumulators) {
      bytes += accumulator.heapBytes();
    }
    return bytes;
  }

  @Override
  public void close() {
    groups.close();
    accumulators.forEach(Accumulator::close);
  }
}
