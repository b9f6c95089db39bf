package io.versor.engine.exec;

import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the groups of GROUP BY in the order of their first rows. Each column numbers its own
 * values; the groups of several columns are pairs of numbers, numbered in turn.
 */
final class Groups implements AutoCloseable {
  private final List<GroupKey> keys;

  /** Of the first i + 2 columns: the group of the first i + 1, and the value of the next. */
  private final List<LongTable> pairs = new ArrayList<>();

  private int[] valueIds = {};
  private final KeptGroups ofKept = new KeptGroups();

  Groups(List<GroupKey> keys, ExecContext context) {
    this.keys = List.copyOf(keys);
    for (int i = 1; i < keys.size(); i++) {
      pairs.add(new LongTable(context));
    }
  }

  List<TensorType> types() {
    return keys.stream().map(GroupKey::type).toList();
  }

  int size() {
    if (keys.isEmpty()) {
      return 1;
    }
    return pairs.isEmpty() ? keys.get(0).size() : pairs.get(pairs.size() - 1).size();
  }

  long heapBytes() {
    long bytes = ofKept.heapBytes();
    for (GroupKey key : keys) {
      bytes += key.heapBytes();
    }
    for (LongTable pair : pairs) {
      bytes += pair.heapBytes();
    }
    return bytes;
  }

  long bytes() {
    long bytes = 0;
    for (GroupKey key : keys) {
      bytes += key.bytes();
    }
    return bytes;
  }

  /**
   * The group of each row.
   *
   * @param rows all that count of a batch
   */
  void ids(Rows rows, int[] out) throws StoreException {
    KeptRows kept = kept(rows.batch());
    if (kept != null && KeptGroups.isWorth(kept)) {
      ofKept.ids(rows, kept, this::lookUp, out);
    } else {
      lookUp(rows, out);
    }
  }

  /** Where the rows come from in what a join keeps, if that has all columns; else null. */
  private @Nullable KeptRows kept(Batch batch) {
    @Nullable KeptRows all = null;
    for (GroupKey key : keys) {
      KeptRows kept = key.column() < 0 ? null : batch.kept(key.column());
      if (kept == null || all != null && kept.table() != all.table()) {
        return null;
      }
      all = kept;
    }
    return all;
  }

  private void lookUp(Rows rows, int[] out) throws StoreException {
    keys.get(0).ids(rows, out);
    for (int k = 1; k < keys.size(); k++) {
      valueIds = Predicate.room(valueIds, rows.count());
      keys.get(k).ids(rows, valueIds);
      LongTable pair = pairs.get(k - 1);
      for (int i = 0; i < rows.count(); i++) {
        out[i] = pair.id((long) out[i] << 32 | valueIds[i]);
      }
    }
  }

  /**
   * The group of each row, -1 of those that have none yet.
   *
   * @param hashes of the rows' keys, made here
   */
  void find(Rows rows, int[] out, long[] hashes) throws StoreException {
    Arrays.fill(hashes, 0, rows.count(), 0);
    keys.get(0).find(rows, out, hashes);
    for (int k = 1; k < keys.size(); k++) {
      valueIds = Predicate.room(valueIds, rows.count());
      keys.get(k).find(rows, valueIds, hashes);
      LongTable pair = pairs.get(k - 1);
      for (int i = 0; i < rows.count(); i++) {
        boolean known = out[i] >= 0 && valueIds[i] >= 0;
        out[i] = known ? pair.find((long) out[i] << 32 | valueIds[i]) : -1;
      }
    }
  }

  /** The groups here that those of another are, whose rows come behind. */
  int[] merge(Groups other) throws StoreException {
    int[] ids = keys.get(0).merge(other.keys.get(0));
    for (int k = 1; k < keys.size(); k++) {
      int[] valueIds = keys.get(k).merge(other.keys.get(k));
      LongTable theirs = other.pairs.get(k - 1);
      int[] pairIds = new int[theirs.size()];
      for (int i = 0; i < pairIds.length; i++) {
        long pair = theirs.key(i);
        pairIds[i] =
            pairs.get(k - 1).id((long) ids[(int) (pair >>> 32)] << 32 | valueIds[(int) pair]);
      }
      ids = pairIds;
    }
    return ids;
  }

  /** Appends the values of a group, one to each buffer. */
  void write(int group, List<VectorBuffer> out) throws StoreException {
    int id = group;
    for (int k = keys.size() - 1; k > 0; k--) {
      long pair = pairs.get(k - 1).key(id);
      keys.get(k).write((int) pair, out.get(k));
      id = (int) (pair >>> 32);
    }
    keys.get(0).write(id, out.get(0));
  }

  @Override
  public void close() {
    keys.forEach(GroupKey::close);
  }
}
