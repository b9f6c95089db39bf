package io.versor.engine.exec;

import io.versor.engine.work.Reservation;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The input of a join that is kept in memory, and how its rows are found by their keys. Each key,
 * of one column or several, has a number; the rows of a number are in the order of the input. Made
 * by one thread; once it is read it does not change, and any thread may ask.
 */
final class JoinTable implements AutoCloseable {
  /** Rows put in their places without asking whether to go on: some milliseconds. */
  private static final int PER_CHECK = 1 << 16;

  /** Columns in memory have offsets of 31 bits. */
  private static final long MOST_BYTES = 1L << 30;

  /** Of each row: its number, its place, and where its number begins. */
  private static final int ROW_BYTES = 12;

  /** Of each row for each key: at most four places of a hash table, and the key. */
  private static final int KEY_BYTES = 24;

  private final BatchOperator input;
  private final List<JoinKey> keys;
  private final boolean first;
  private final ExecContext context;
  private final OwnBatch kept;
  private final Reservation memory;

  /** Of the first i + 2 columns: the number of the first i + 1, and that of the next. */
  private final LongIndex[] pairs;

  private boolean read;
  private boolean complete;
  private Vector[] vectors = {};
  private int size;

  /** By row; negative if it can have no match. */
  private int[] numbers = {};

  private int different;

  /** Whether no two rows have the same key. */
  private boolean unique;

  /** Whether each row has its own place as number. */
  private boolean numbered;

  /** By number: the row, or -1, if they are unique; else where its rows begin in {@link #rows}. */
  private int[] starts = {};

  private int[] rows = {};

  /**
   * @param keys none if every row matches every other
   * @param first whether its columns come before those of the other input
   */
  JoinTable(BatchOperator input, List<JoinKey> keys, boolean first, ExecContext context) {
    this.input = input;
    this.keys = List.copyOf(keys);
    this.first = first;
    this.context = context;
    this.kept = new OwnBatch(input.types(), context);
    this.memory = context.memory().openReservation();
    this.pairs = new LongIndex[Math.max(0, keys.size() - 1)];
  }

  List<TensorType> types() {
    return input.types();
  }

  boolean isFirst() {
    return first;
  }

  /**
   * Reads the input, unless that is done.
   *
   * @return false if there is no memory for it: then some rows are here, the others are to come
   */
  boolean read() throws StoreException {
    if (!read) {
      read = true;
      complete = add();
      if (complete) {
        finish();
      }
    }
    return complete;
  }

  /**
   * Reads as many rows as there is memory for, and makes them ready to be found, as if there were
   * no others.
   *
   * @return whether there are no others
   */
  boolean readSome() throws StoreException {
    read = true;
    complete = add();
    finish();
    return complete;
  }

  private boolean add() throws StoreException {
    while (input.next()) {
      Rows more = Rows.of(input.batch());
      for (JoinKey key : keys) {
        key.add(more);
      }
      kept.append(more);
      size = kept.length();
      if (kept.bytes() > MOST_BYTES || !memory.tryHold(bytes(), heapBytes())) {
        return false;
      }
    }
    return true;
  }

  private void finish() throws StoreException {
    vectors = new Vector[input.types().size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = kept.column(i);
    }
    number();
    arrange();
  }

  /** Rows that are here when there was no memory for all. */
  OwnBatch rows() {
    return kept;
  }

  /** Where the others are to come from. */
  BatchOperator input() {
    return input;
  }

  /** Gives back the memory of what is here. */
  void forget() {
    kept.close();
    keys.forEach(JoinKey::close);
    memory.tryHold(0, 0);
  }

  private long bytes() {
    long bytes = kept.memoryBytes();
    for (JoinKey key : keys) {
      bytes += key.bytes();
    }
    return bytes;
  }

  /** What is there, and what finding rows by their keys will take. */
  private long heapBytes() {
    long bytes = (ROW_BYTES + (long) KEY_BYTES * keys.size()) * size;
    for (JoinKey key : keys) {
      bytes += key.heapBytes();
    }
    return bytes;
  }

  private void number() throws StoreException {
    if (keys.isEmpty()) {
      numbers = new int[size];
      different = size == 0 ? 0 : 1;
      return;
    }
    numbers = keys.get(0).number(context);
    different = keys.get(0).size();
    for (int k = 1; k < keys.size(); k++) {
      int[] next = keys.get(k).number(context);
      long[] values = new long[size];
      for (int i = 0; i < size; i++) {
        values[i] = (long) numbers[i] << 32 | next[i];
        numbers[i] = Math.min(numbers[i], next[i]);
      }
      pairs[k - 1] = LongIndex.of(values, numbers, size, context);
      different = pairs[k - 1].size();
    }
  }

  /** Puts the rows of each number behind one another. */
  private void arrange() throws StoreException {
    int[] counts = new int[different + 1];
    int most = 0;
    for (int i = 0; i < size; i++) {
      if (i % PER_CHECK == 0) {
        context.check();
      }
      if (numbers[i] >= 0) {
        most = Math.max(most, ++counts[numbers[i]]);
      }
    }
    unique = most <= 1;
    starts = counts;
    if (unique) {
      numbered = true;
      Arrays.fill(starts, -1);
      for (int i = 0; i < size; i++) {
        numbered &= numbers[i] == i;
        if (numbers[i] >= 0) {
          starts[numbers[i]] = i;
        }
      }
      return;
    }
    int sum = 0;
    for (int number = 0; number <= different; number++) {
      sum += counts[number];
      starts[number] = sum;
    }
    rows = new int[size];
    for (int i = size - 1; i >= 0; i--) {
      if (i % PER_CHECK == 0) {
        context.check();
      }
      if (numbers[i] >= 0) {
        rows[--starts[numbers[i]]] = i;
      }
    }
  }

  int size() {
    return size;
  }

  /** Whether a row of the other input may have a match. */
  boolean hasKeys() {
    return different > 0 && size > 0;
  }

  /** How many numbers there are. */
  int numbers() {
    return different;
  }

  /** The number of a row; negative if it can have no match. */
  int number(int row) {
    return numbers[row];
  }

  boolean isUnique() {
    return unique;
  }

  /** Whether numbers are rows: unique, and none without a match. */
  boolean isNumbered() {
    return numbered;
  }

  /** The row of a number that is unique; -1 if there is none. */
  int row(int number) {
    return number < 0 ? -1 : starts[number];
  }

  /** Where the rows of a number begin, for {@link #rowAt}; they end where the next ones begin. */
  int start(int number) {
    return starts[number];
  }

  int rowAt(int place) {
    return rows[place];
  }

  Vector column(int i) {
    return vectors[i];
  }

  /**
   * Looks up rows of the other input.
   *
   * @param others what is equal to each key, of the same kind
   */
  Look look(List<Expression> others) {
    List<JoinKey.Look> looks = new ArrayList<>();
    for (int k = 0; k < keys.size(); k++) {
      looks.add(keys.get(k).look(others.get(k)));
    }
    return new Look(looks);
  }

  /** Looks up rows of the other input. One thread. */
  final class Look {
    private final List<JoinKey.Look> looks;
    private int[] next = {};
    private long[] both = {};

    private Look(List<JoinKey.Look> looks) {
      this.looks = looks;
    }

    /** Numbers of the keys that rows have; negative where there is none. */
    void find(Rows wanted, int[] out) throws StoreException {
      int n = wanted.count();
      if (looks.isEmpty()) {
        Arrays.fill(out, 0, n, different - 1);
        return;
      }
      looks.get(0).find(wanted, out);
      for (int k = 1; k < looks.size(); k++) {
        next = Predicate.room(next, n);
        both = both.length < n ? new long[next.length] : both;
        looks.get(k).find(wanted, next);
        for (int i = 0; i < n; i++) {
          boolean none = out[i] < 0 || next[i] < 0;
          both[i] = none ? -1 : (long) out[i] << 32 | next[i];
        }
        pairs[k - 1].find(both, n, out); // -1 is no pair of numbers
      }
    }
  }

  @Override
  public void close() {
    kept.close();
    keys.forEach(JoinKey::close);
    memory.close();
    input.close();
  }
}
