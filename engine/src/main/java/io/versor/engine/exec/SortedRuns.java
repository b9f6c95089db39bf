package io.versor.engine.exec;

import io.versor.engine.work.Reservation;
import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.io.Scratch;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of ORDER BY that memory has no room for: runs on the disk, each in order, and merged at the
 * end. Of equal rows those of earlier runs come first, so the order is as stable as in memory.
 */
final class SortedRuns implements AutoCloseable {
  /** Runs that are merged at once: a block of each is in memory, a quarter of the limit at most. */
  private static final int MOST_AT_ONCE = 32;

  private final List<TensorType> types;
  private final List<SortKey> keys;
  private final long wanted;
  private final ExecContext context;
  private final Scratch scratch;
  private List<SpilledRows> runs = new ArrayList<>();
  private @Nullable SpilledRows writing;
  private @Nullable Merge merge;

  /**
   * @param wanted rows of each run and of their merge that are needed
   */
  SortedRuns(List<TensorType> types, List<SortKey> keys, long wanted, ExecContext context)
      throws StoreException {
    this.types = types;
    this.keys = keys;
    this.wanted = wanted;
    this.context = context;
    this.scratch = context.memory().openScratch();
  }

  /** Writes a run, behind those that are here. */
  void add(OwnBatch rows, int[] order) throws StoreException {
    SpilledRows run = start();
    runs.add(run);
    run.add(rows, order, 0, (int) Math.min(wanted, order.length));
    run.finish();
  }

  /** Appends the next rows of all runs in order; false if there are none. */
  boolean next(OwnBatch out, int most) throws StoreException {
    Merge last = merge;
    if (last == null) {
      while (runs.size() > MOST_AT_ONCE) {
        cascade();
      }
      last = new Merge(runs);
      merge = last;
    }
    return last.next(out, most);
  }

  /** Merges neighbours, so that there are fewer runs. */
  private void cascade() throws StoreException {
    List<SpilledRows> fewer = new ArrayList<>();
    for (int from = 0; from < runs.size(); from += MOST_AT_ONCE) {
      List<SpilledRows> some = runs.subList(from, Math.min(runs.size(), from + MOST_AT_ONCE));
      SpilledRows run = start();
      fewer.add(run);
      try (Merge merged = new Merge(some);
          OwnBatch batch = new OwnBatch(types, context)) {
        long left = wanted;
        while (left > 0 && merged.next(batch, (int) Math.min(left, BatchOperator.BATCH_ROWS))) {
          run.add(Rows.of(batch));
          left -= batch.length();
          batch.clear();
        }
      }
      run.finish();
    }
    runs = fewer;
  }

  private SpilledRows start() {
    writing = new SpilledRows(types, scratch, context); // the one before is finished
    return writing;
  }

  @Override
  public void close() {
    if (merge != null) {
      merge.close();
    }
    if (writing != null) {
      writing.close();
    }
    scratch.close();
  }

  /** A heap of runs by their next rows. */
  private final class Merge implements AutoCloseable {
    private final List<SpilledRows.Reader> readers = new ArrayList<>();
    private final Vector[][] columns;
    private final int[] row;
    private final long[] prefix;
    private final int[] heap;
    private int size;

    /** Rows that are next in order and not yet appended, and whose they are. */
    private final int[] pickedReader = new int[BatchOperator.BATCH_ROWS];

    private final int[] pickedRow = new int[BatchOperator.BATCH_ROWS];

    private final Reservation memory = context.memory().openReservation();
    private long blockBytes;
    private boolean started;

    Merge(List<SpilledRows> from) {
      from.forEach(run -> readers.add(run.open()));
      columns = new Vector[from.size()][keys.size()];
      row = new int[from.size()];
      prefix = new long[from.size()];
      heap = new int[from.size()];
    }

    /** A block may have many rows; what goes on is as long as other batches. */
    boolean next(OwnBatch out, int most) throws StoreException {
      if (!started) {
        started = true;
        for (int i = 0; i < readers.size(); i++) {
          if (load(i)) {
            heap[size++] = i;
          }
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
          sink(i);
        }
      }
      int n = 0;
      int picked = 0;
      while (n < most && size > 0) {
        int reader = heap[0];
        pickedReader[picked] = reader;
        pickedRow[picked++] = row[reader]++;
        n++;
        if (row[reader] == readers.get(reader).length()) {
          append(out, picked);
          picked = 0;
          if (!load(reader)) {
            heap[0] = heap[--size];
          }
        } else {
          prefix[reader] = keys.get(0).prefix(columns[reader][0], row[reader]);
        }
        sink(0);
      }
      append(out, picked);
      out.rows(n);
      return n > 0;
    }

    private boolean load(int reader) throws StoreException {
      SpilledRows.Reader rows = readers.get(reader);
      blockBytes -= rows.memoryBytes();
      boolean more = rows.next();
      if (!more) {
        rows.close();
      }
      blockBytes += rows.memoryBytes();
      memory.take(blockBytes, 0); // instead of the rows that are on the disk now
      if (!more) {
        return false;
      }
      for (int k = 0; k < keys.size(); k++) {
        columns[reader][k] = rows.column(keys.get(k).column());
      }
      row[reader] = 0;
      prefix[reader] = keys.get(0).prefix(columns[reader][0], 0);
      return true;
    }

    private void append(OwnBatch out, int picked) throws StoreException {
      for (int c = 0; c < types.size() && picked > 0; c++) {
        VectorBuffer column = out.columns().get(c);
        for (int i = 0; i < picked; ) {
          int end = i + 1;
          while (end < picked
              && pickedReader[end] == pickedReader[i]
              && pickedRow[end] == pickedRow[end - 1] + 1) {
            end++;
          }
          column.append(readers.get(pickedReader[i]).column(c), pickedRow[i], end - i);
          i = end;
        }
      }
    }

    private void sink(int from) {
      int at = from;
      while (true) {
        int child = 2 * at + 1;
        if (child >= size) {
          return;
        }
        if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
          child++;
        }
        if (!isBefore(heap[child], heap[at])) {
          return;
        }
        int swapped = heap[at];
        heap[at] = heap[child];
        heap[child] = swapped;
        at = child;
      }
    }

    private boolean isBefore(int left, int right) {
      if (prefix[left] != prefix[right]) {
        return prefix[left] < prefix[right];
      }
      for (int k = 0; k < keys.size(); k++) {
        int order = keys.get(k).compare(columns[left][k], row[left], columns[right][k], row[right]);
        if (order != 0) {
          return order < 0;
        }
      }
      return left < right;
    }

    @Override
    public void close() {
      readers.forEach(SpilledRows.Reader::close);
      memory.close();
    }
  }
}
