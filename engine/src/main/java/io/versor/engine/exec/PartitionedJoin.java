package io.versor.engine.exec;

import io.versor.engine.exec.JoinOperator.Outcome;
import io.versor.engine.exec.JoinOperator.Wanted;
import io.versor.format.io.Scratch;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A join in memory, as long as there is room for the input that is kept. Else both inputs go to the
 * disk, parted by their keys, and each partition is joined in its turn, and parted again if it is
 * too large itself. Where that does not help, since many rows have the same key or there is none,
 * the kept rows are taken in blocks, and the others read once for each.
 */
final class PartitionedJoin implements BatchOperator {
  /** So often rows are parted: all bits of a hash are used twice. */
  private static final int MOST_DEPTH = 24;

  /** Of the kept rows: when so many of four are in one partition, parting them again is useless. */
  private static final int USELESS_OF_FOUR = 3;

  /** Rows in memory that are parted at once. */
  private static final int PIECE = BATCH_ROWS;

  /** Makes what joins inputs with the same columns, and closes them. */
  interface Maker {
    /** Caller closes, unless it becomes part of an operator. */
    JoinTable table(BatchOperator kept);

    /**
     * @param hits gets the rows of the input, by number, that had a match; null if nobody asks
     */
    JoinOperator join(BatchOperator read, JoinTable table, Outcome outcome, @Nullable BitSet hits);

    /** What both inputs are joined by: of the one that is read, or of the kept one. */
    List<Expression> keys(boolean kept);
  }

  private final BatchOperator input;
  private final JoinTable table;
  private final Outcome outcome;
  private final Maker maker;
  private final ExecContext context;
  private final JoinOperator inMemory;
  private boolean started;
  private @Nullable Scratch scratch;
  private BatchOperator current;

  /** Rows that {@link #current} reads, if they are on the disk. */
  private @Nullable Pair pair;

  /** What is left to do with the rows of {@link #pair}, block by block. */
  private @Nullable Blocks blocks;

  private final Deque<Pair> waiting = new ArrayDeque<>();
  private long[] hashes = {};

  /** Rows of both inputs that have no match elsewhere. */
  private record Pair(SpilledRows kept, SpilledRows read, int depth, boolean useless)
      implements AutoCloseable {
    @Override
    public void close() {
      kept.close();
      read.close();
    }
  }

  /**
   * @param input closed with this, like the table
   * @param inMemory joins them if there is room for the table
   */
  PartitionedJoin(
      BatchOperator input,
      JoinTable table,
      Outcome outcome,
      Maker maker,
      JoinOperator inMemory,
      ExecContext context) {
    this.input = input;
    this.table = table;
    this.outcome = outcome;
    this.maker = maker;
    this.context = context;
    this.inMemory = inMemory;
    this.current = inMemory;
  }

  @Override
  public List<TensorType> types() {
    return inMemory.types();
  }

  @Override
  public Batch batch() {
    return current.batch();
  }

  @Override
  public boolean next() throws StoreException {
    if (!started) {
      started = true;
      if (!table.read()) {
        part();
      }
    }
    while (!current.next()) {
      if (!nextPass()) {
        return false;
      }
    }
    return true;
  }

  /** Puts both inputs on the disk. */
  private void part() throws StoreException {
    current = nothing();
    Scratch file = context.memory().openScratch();
    scratch = file;
    int ways = maker.keys(true).isEmpty() ? 1 : Partitions.COUNT;
    try (Partitions kept = new Partitions(table.types(), file, ways, 0, context);
        Partitions read = new Partitions(input.types(), file, ways, 0, context)) {
      OwnBatch there = table.rows();
      int[] positions = new int[PIECE];
      for (int from = 0; from < there.length(); from += PIECE) {
        int n = Math.min(PIECE, there.length() - from);
        for (int i = 0; i < n; i++) {
          positions[i] = from + i;
        }
        add(new Rows(there, positions, n), maker.keys(true), kept);
      }
      table.forget();
      addAll(table.input(), maker.keys(true), kept);
      addAll(input, maker.keys(false), read);
      push(kept, read, 1, ways == 1);
    }
  }

  private BatchOperator nothing() {
    return new ValuesOperator(types(), List.of(), context);
  }

  private void addAll(BatchOperator from, List<Expression> keys, Partitions to)
      throws StoreException {
    while (from.next()) {
      add(Rows.of(from.batch()), keys, to);
    }
  }

  private void add(Rows rows, List<Expression> keys, Partitions to) throws StoreException {
    if (hashes.length < rows.count()) {
      hashes = new long[Math.max(rows.count(), BATCH_ROWS)];
    }
    Arrays.fill(hashes, 0, rows.count(), 0);
    for (Expression key : keys) {
      KeyHash.add(key.eval(rows), hashes);
    }
    to.add(rows, hashes);
  }

  /**
   * @param useless whether parting once more would not help
   */
  private void push(Partitions kept, Partitions read, int depth, boolean useless)
      throws StoreException {
    List<SpilledRows> keptParts = kept.take();
    List<SpilledRows> readParts = read.take();
    long all = keptParts.stream().mapToLong(SpilledRows::rows).sum();
    for (int i = 0; i < keptParts.size(); i++) {
      boolean most = 4 * keptParts.get(i).rows() > USELESS_OF_FOUR * all;
      waiting.push(
          new Pair(
              keptParts.get(i), readParts.get(i), depth, useless || most || depth > MOST_DEPTH));
    }
  }

  /** Goes on to what gives more rows; false if nothing does. */
  private boolean nextPass() throws StoreException {
    if (scratch == null) {
      return false;
    }
    Blocks left = blocks;
    if (left != null && left.next()) {
      return true;
    }
    endPair();
    Pair next = waiting.poll();
    if (next == null) {
      return false;
    }
    pair = next;
    JoinTable some = maker.table(next.kept().open());
    boolean fits = false;
    try {
      fits = some.read();
    } finally {
      if (!fits) {
        some.close();
      }
    }
    if (fits) {
      current = maker.join(next.read().open(), some, outcome, null);
      return true;
    }
    if (next.useless()) {
      blocks = new Blocks(next);
    } else {
      partAgain(next);
    }
    return true;
  }

  private void endPair() {
    current.close();
    current = nothing();
    if (blocks != null) {
      blocks.close();
      blocks = null;
    }
    if (pair != null) {
      pair.close();
      pair = null;
    }
  }

  private void partAgain(Pair parted) throws StoreException {
    Scratch file = Objects.requireNonNull(scratch);
    int depth = parted.depth();
    try (Partitions kept =
            new Partitions(parted.kept().types(), file, Partitions.COUNT, depth, context);
        Partitions read =
            new Partitions(parted.read().types(), file, Partitions.COUNT, depth, context);
        SpilledRows.Reader keptRows = parted.kept().open();
        SpilledRows.Reader readRows = parted.read().open()) {
      addAll(keptRows, maker.keys(true), kept);
      addAll(readRows, maker.keys(false), read);
      push(kept, read, depth + 1, false);
    }
  }

  /** Takes kept rows in blocks, each beside all others; at the end those others without a match. */
  private final class Blocks implements AutoCloseable {
    private final Pair rows;
    private final SpilledRows.Reader kept;
    private final BitSet hits = new BitSet();
    private boolean over;

    Blocks(Pair rows) {
      this.rows = rows;
      this.kept = rows.kept().open();
    }

    boolean next() throws StoreException {
      if (over) {
        return false;
      }
      current.close();
      current = nothing();
      JoinTable some = maker.table(new Unowned(kept));
      try {
        over = some.readSome();
      } catch (StoreException | RuntimeException e) {
        some.close(); // nobody else has seen it yet
        throw e;
      }
      boolean wanted = outcome.read() != Wanted.NONE;
      if (over && some.size() == 0) {
        some.close();
        if (!wanted) {
          return false;
        }
        JoinTable none = maker.table(new ValuesOperator(rows.kept().types(), List.of(), context));
        none.readSome();
        current =
            maker.join(
                new HitRows(rows.read().open(), hits, outcome.read() == Wanted.MATCHED),
                none,
                new Outcome(outcome.pairs(), Wanted.UNMATCHED, Wanted.NONE),
                null);
        return true;
      }
      over = false; // what is left to do is found out when no rows come any more
      current =
          maker.join(
              rows.read().open(),
              some,
              new Outcome(outcome.pairs(), Wanted.NONE, outcome.kept()),
              wanted ? hits : null);
      return true;
    }

    @Override
    public void close() {
      kept.close();
    }
  }

  @Override
  public void close() {
    if (scratch != null) {
      endPair();
      waiting.forEach(Pair::close);
      scratch.close();
    }
    inMemory.close(); // and both inputs
  }

  /** An input that somebody else goes on to read. */
  private record Unowned(BatchOperator operator) implements BatchOperator {
    @Override
    public List<TensorType> types() {
      return operator.types();
    }

    @Override
    public boolean next() throws StoreException {
      return operator.next();
    }

    @Override
    public Batch batch() {
      return operator.batch();
    }

    @Override
    public void close() {
      // whoever owns it does
    }
  }
}
