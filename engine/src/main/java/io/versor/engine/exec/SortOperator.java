package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;

/**
 * ORDER BY, with or without a limit. Rows are kept in memory; with a limit only those that may be
 * among the first: the others are refused by their keys, and their columns are not read.
 */
final class SortOperator implements BatchOperator {
  /** Rows that are sorted or copied without asking whether to go on: less than a millisecond. */
  private static final int ROWS_PER_CHECK = 4_096;

  /** Beyond so many rows a limit saves nothing worth the sorting in between. */
  private static final long MOST_KEPT = 1L << 20;

  private final BatchOperator input;
  private final List<SortKey> keys;
  private final long offset;

  /** Rows at the beginning of the order that are asked for, those left out too. */
  private final long wanted;

  private final ExecContext context;
  private final OwnBatch out;
  private OwnBatch kept;
  private int keptRows;

  /** Whether the row {@code wanted - 1} of {@link #kept} is a bound that others must beat. */
  private boolean bounded;

  private int[] survivors = {};
  private boolean read;
  private int[] order = {};
  private int written;

  /**
   * @param fetch rows asked for behind {@code offset}; {@code Long.MAX_VALUE} for all
   */
  SortOperator(
      BatchOperator input, List<SortKey> keys, long offset, long fetch, ExecContext context) {
    this.input = input;
    this.keys = List.copyOf(keys);
    this.offset = offset;
    this.wanted = fetch > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + fetch;
    this.context = context;
    this.kept = new OwnBatch(input.types(), context);
    this.out = new OwnBatch(input.types(), context);
  }

  @Override
  public List<TensorType> types() {
    return input.types();
  }

  @Override
  public boolean next() throws StoreException {
    if (!read) {
      read = true;
      if (wanted > 0) {
        readAll();
      }
      order = sorted();
      written = (int) Math.min(offset, order.length);
    }
    out.clear();
    int end = (int) Math.min(order.length, wanted);
    int n = Math.min(BATCH_ROWS, end - written);
    if (n <= 0) {
      return false;
    }
    gather(kept, order, written, n, out);
    written += n;
    return true;
  }

  private void readAll() throws StoreException {
    boolean limited = wanted <= MOST_KEPT;
    long room = limited ? Math.max(2 * wanted, 2L * BATCH_ROWS) : Long.MAX_VALUE;
    while (input.next()) {
      keep(Rows.of(input.batch()));
      if (keptRows >= room) {
        shrink();
      }
      context.checkBudget("ORDER BY of " + keptRows + " rows", 24L * keptRows);
    }
  }

  /** Appends the rows of a batch that may be wanted. */
  private void keep(Rows rows) throws StoreException {
    int n = rows.count();
    survivors = Predicate.room(survivors, n);
    if (bounded) {
      n = belowBound(rows);
      if (n == 0) {
        return;
      }
    } else {
      rows.copyTo(survivors);
    }
    Rows wantedRows = n == rows.count() ? rows : rows.only(survivors, n);
    for (int c = 0; c < kept.columns().size(); c++) {
      append(wantedRows.column(c), survivors, n, kept.columns().get(c));
    }
    keptRows += n;
    kept.rows(keptRows);
  }

  /** Appends rows, those that follow each other at once. */
  private static void append(Vector vector, int[] rows, int n, VectorBuffer to)
      throws StoreException {
    for (int i = 0; i < n; ) {
      int end = i + 1;
      while (end < n && rows[end] == rows[end - 1] + 1) {
        end++;
      }
      to.append(vector, rows[i], end - i);
      i = end;
    }
  }

  private int belowBound(Rows rows) throws StoreException {
    int bound = (int) wanted - 1;
    Vector[] here = new Vector[keys.size()];
    Vector[] there = new Vector[keys.size()];
    for (int k = 0; k < here.length; k++) {
      here[k] = rows.column(keys.get(k).column());
      there[k] = kept.column(keys.get(k).column());
    }
    SortKey first = keys.get(0);
    long boundPrefix = first.prefix(there[0], bound);
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      long prefix = first.prefix(here[0], row);
      // A row that equals the bound came later, so it does not come before it.
      if (prefix < boundPrefix || (prefix == boundPrefix && compare(here, row, there, bound) < 0)) {
        survivors[n++] = row;
      }
    }
    return n;
  }

  private int compare(Vector[] left, int i, Vector[] right, int j) {
    for (int k = 0; k < left.length; k++) {
      int order = keys.get(k).compare(left[k], i, right[k], j);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Forgets all rows but the first ones. */
  private void shrink() throws StoreException {
    int[] sorted = sorted();
    int n = (int) Math.min(wanted, sorted.length);
    OwnBatch first = new OwnBatch(input.types(), context);
    try {
      gather(kept, sorted, 0, n, first);
    } catch (StoreException | RuntimeException e) {
      first.close(); // nobody else has seen it yet
      throw e;
    }
    kept.close();
    kept = first;
    keptRows = n;
    bounded = n == wanted;
  }

  private void gather(OwnBatch from, int[] order, int start, int n, OwnBatch to)
      throws StoreException {
    for (int c = 0; c < to.columns().size(); c++) {
      Vector vector = from.column(c);
      VectorBuffer column = to.columns().get(c);
      for (int i = start; i < start + n; i++) {
        if (i % ROWS_PER_CHECK == 0) {
          context.check();
        }
        column.append(vector, order[i]);
      }
    }
    to.rows(n);
  }

  /** Kept rows in order; equal ones as they came. */
  private int[] sorted() throws StoreException {
    int n = keptRows;
    Vector[] vectors = new Vector[keys.size()];
    for (int k = 0; k < vectors.length; k++) {
      vectors[k] = kept.column(keys.get(k).column());
    }
    int[] rows = new int[n];
    long[] prefixes = new long[n];
    SortKey first = keys.get(0);
    for (int i = 0; i < n; i++) {
      if (i % ROWS_PER_CHECK == 0) {
        context.check();
      }
      rows[i] = i;
      prefixes[i] = first.prefix(vectors[0], i);
    }
    mergeSort(rows, new int[n], 0, n, prefixes, vectors);
    return rows;
  }

  private void mergeSort(
      int[] rows, int[] spare, int from, int to, long[] prefixes, Vector[] vectors)
      throws StoreException {
    if (to - from < 2) {
      return;
    }
    if (to - from >= ROWS_PER_CHECK) {
      context.check();
    }
    int middle = (from + to) >>> 1;
    mergeSort(rows, spare, from, middle, prefixes, vectors);
    mergeSort(rows, spare, middle, to, prefixes, vectors);
    if (!after(rows[middle - 1], rows[middle], prefixes, vectors)) {
      return; // in order already
    }
    System.arraycopy(rows, from, spare, from, middle - from);
    int left = from;
    int right = middle;
    int at = from;
    while (left < middle && right < to) {
      if (at % ROWS_PER_CHECK == 0) {
        context.check();
      }
      boolean takeRight = after(spare[left], rows[right], prefixes, vectors);
      rows[at++] = takeRight ? rows[right++] : spare[left++];
    }
    System.arraycopy(spare, left, rows, at, middle - left);
  }

  private boolean after(int left, int right, long[] prefixes, Vector[] vectors) {
    return prefixes[left] != prefixes[right]
        ? prefixes[left] > prefixes[right]
        : compare(vectors, left, vectors, right) > 0;
  }

  @Override
  public Batch batch() {
    return out;
  }

  @Override
  public void close() {
    kept.close();
    out.close();
    input.close();
  }
}
