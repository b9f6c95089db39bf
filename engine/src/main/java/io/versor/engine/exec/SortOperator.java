package io.versor.engine.exec;

import io.versor.engine.work.Reservation;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ORDER BY, with or without a limit. Rows are kept in memory, and where that is too little, in runs
 * on the disk; with a limit only those that may be among the first: the others are refused by their
 * keys, and their columns are not read.
 */
final class SortOperator implements BatchOperator {
  /** Rows that are sorted or copied without asking whether to go on: less than a millisecond. */
  private static final int ROWS_PER_CHECK = 4_096;

  /** Columns in memory have offsets of 31 bits. */
  private static final long MOST_BYTES = 1L << 30;

  /** Beyond so many rows a limit saves nothing worth the sorting in between. */
  private static final long MOST_KEPT = 1L << 20;

  /** With so many wanted, parts of the rows would keep too many that the whole has no use for. */
  private static final long MOST_OF_A_PART = 10_000;

  private final BatchOperator input;
  private final List<SortKey> keys;
  private final long offset;

  /** Rows at the beginning of the order that are asked for, those left out too. */
  private final long wanted;

  private final @Nullable Parallel<SortOperator> parallel;

  /** The column of the plan's leaf that is the first key; -1 if it is none, or not to be used. */
  private final int leafColumn;

  private final ExecContext context;
  private final Reservation memory;
  private final OwnBatch out;

  /** What was put on the disk; null as long as memory has room. */
  private @Nullable SortedRuns runs;

  private OwnBatch kept;
  private int keptRows;

  /** Whether the row {@code wanted - 1} of {@link #kept} is a bound that others must beat. */
  private boolean bounded;

  /** What rows of other parts have shown; null where this is no part. */
  private @Nullable TopBound others;

  private int[] survivors = {};
  private boolean read;
  private int[] order = {};
  private int written;

  /** Rows of the runs that were gone over, those left out too. */
  private long merged;

  /**
   * @param fetch rows asked for behind {@code offset}; {@code Long.MAX_VALUE} for all
   * @param parallel how several threads do the same; null if they cannot
   * @param leafColumn the column of the plan's leaf whose statistics tell of the first key; -1 if
   *     none does
   */
  SortOperator(
      BatchOperator input,
      List<SortKey> keys,
      long offset,
      long fetch,
      @Nullable Parallel<SortOperator> parallel,
      int leafColumn,
      ExecContext context) {
    this.parallel = parallel;
    this.leafColumn = leafColumn;
    this.input = input;
    this.keys = List.copyOf(keys);
    this.offset = offset;
    this.wanted = fetch > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + fetch;
    this.context = context;
    this.memory = context.memory().openReservation();
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
      if (wanted > 0 && !readParts()) {
        readAll();
      }
      if (runs == null) {
        order = sorted();
        written = (int) Math.min(offset, order.length);
      } else {
        skip(runs);
      }
    }
    out.clear();
    if (runs != null) {
      return nextMerged(runs);
    }
    int end = (int) Math.min(order.length, wanted);
    int n = Math.min(BATCH_ROWS, end - written);
    if (n <= 0) {
      return false;
    }
    out.gather(kept, order, written, n, context);
    written += n;
    return true;
  }

  /** Puts what is in memory on the disk, too, and goes to the first row that is asked for. */
  private void skip(SortedRuns all) throws StoreException {
    if (keptRows > 0) {
      spill();
    }
    while (merged < offset && all.next(out, (int) Math.min(offset - merged, BATCH_ROWS))) {
      merged += out.length();
      out.clear();
    }
  }

  private boolean nextMerged(SortedRuns all) throws StoreException {
    int most = (int) Math.min(wanted - merged, BATCH_ROWS);
    if (most <= 0 || !all.next(out, most)) {
      return false;
    }
    merged += out.length();
    return true;
  }

  /** Has threads find the first rows of parts; false if they shall not. */
  private boolean readParts() throws StoreException {
    if (parallel == null || wanted > MOST_OF_A_PART) {
      return false;
    }
    TopBound bound = new TopBound((int) wanted);
    Parallel.Step<SortOperator> read = part -> part.readPart(bound);
    SortKey first = keys.get(0);
    try {
      return leafColumn < 0
          ? parallel.run(read, this::take)
          : parallel.run(
              part -> first.least(part.stats(leafColumn)),
              rank -> rank <= bound.get(),
              read,
              this::take);
    } catch (StoreException e) {
      if (e.code() != Code.MEMORY) {
        throw e;
      }
      forget(); // one thread needs less at once, and may use the disk
      SortedRuns ofParts = runs;
      if (ofParts != null) {
        ofParts.close(); // all rows are read again
        runs = null;
      }
      return false;
    }
  }

  private void readPart(TopBound bound) throws StoreException {
    others = bound;
    readAll();
    shrink();
    long[] prefixes = new long[keptRows];
    Vector vector = kept.column(keys.get(0).column());
    for (int i = 0; i < keptRows; i++) {
      prefixes[i] = keys.get(0).prefix(vector, i);
    }
    bound.add(prefixes);
  }

  /** Takes the first rows of a part, whose rows come behind those of its own. */
  private void take(SortOperator part) throws StoreException {
    if (part.keptRows > 0) {
      keep(part.kept);
    }
    if (keptRows >= room()) {
      shrink();
    }
    makeRoom();
  }

  private long room() {
    return wanted <= MOST_KEPT ? Math.max(2 * wanted, 2L * BATCH_ROWS) : Long.MAX_VALUE;
  }

  private void readAll() throws StoreException {
    long room = room();
    while (input.next()) {
      keep(input.batch());
      if (keptRows >= room) {
        shrink();
      }
      makeRoom();
    }
  }

  /** Says what is kept, and keeps less if there is no memory for it. */
  private void makeRoom() throws StoreException {
    if (fits()) {
      return;
    }
    if (keptRows > wanted) {
      shrink();
      if (fits()) {
        return;
      }
    }
    if (context.isPart()) {
      throw memory.exceeded("ORDER BY of " + keptRows + " rows", kept.memoryBytes(), heapBytes());
    }
    spill();
  }

  private boolean fits() {
    return kept.bytes() < MOST_BYTES && memory.tryHold(kept.memoryBytes(), heapBytes());
  }

  /** Of what sorting needs for each row: its place, twice, and a prefix. */
  private long heapBytes() {
    return 16L * keptRows;
  }

  private void spill() throws StoreException {
    SortedRuns all = runs;
    if (all == null) {
      all = new SortedRuns(input.types(), keys, wanted, context);
      runs = all;
    }
    all.add(kept, sorted());
    forget();
  }

  private void forget() {
    kept.close();
    keptRows = 0;
    kept.clear();
    bounded = false;
    memory.tryHold(0, 0);
  }

  /** Appends the rows of a batch that may be wanted. */
  private void keep(Batch batch) throws StoreException {
    Rows rows = Rows.of(batch);
    int n = rows.count();
    survivors = Predicate.room(survivors, n);
    long most = others == null ? Long.MAX_VALUE : others.get();
    if (bounded || most < Long.MAX_VALUE) {
      n = belowBound(batch, rows, most);
      if (n == 0) {
        return;
      }
    }
    kept.append(n == rows.count() ? rows : rows.only(survivors, n));
    keptRows = kept.length();
  }

  /**
   * @param most prefix of a row that may still be among the first of all parts
   */
  private int belowBound(Batch batch, Rows rows, long most) throws StoreException {
    SortKey first = keys.get(0);
    long prefix =
        bounded ? first.prefix(kept.column(first.column()), (int) wanted - 1) : Long.MAX_VALUE;
    first.ignoreBehind(Math.min(most, prefix), batch);
    Vector here = rows.column(first.column());
    if (!bounded) {
      return first.upTo(most, here, rows, survivors);
    }
    int n = first.upTo(Math.min(most, prefix), here, rows, survivors);
    return most < prefix ? n : beforeBound(rows, prefix, n);
  }

  /** Leaves out rows that equal the bound: they came later, so they do not come before it. */
  private int beforeBound(Rows rows, long prefix, int count) throws StoreException {
    Vector[] here = new Vector[keys.size()];
    Vector[] there = new Vector[keys.size()];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = survivors[i];
      if (here[0] == null) {
        for (int k = 0; k < here.length; k++) {
          here[k] = rows.column(keys.get(k).column());
          there[k] = kept.column(keys.get(k).column());
        }
      }
      if (keys.get(0).prefix(here[0], row) < prefix
          || compare(here, row, there, (int) wanted - 1) < 0) {
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
      first.gather(kept, sorted, 0, n, context);
    } catch (StoreException | RuntimeException e) {
      first.close(); // nobody else has seen it yet
      throw e;
    }
    kept.close();
    kept = first;
    keptRows = n;
    bounded = n == wanted;
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
    if (runs != null) {
      runs.close();
    }
    memory.close();
    input.close();
  }
}
