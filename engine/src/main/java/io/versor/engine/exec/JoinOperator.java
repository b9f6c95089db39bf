package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins two inputs by equal keys: one is kept in a table, the other read batch by batch. Pairs come
 * in the order of the rows that are read, and for each in the order of those that were kept; rows
 * of the kept input that have no match (or that have one, if that is what is asked for) come last.
 */
final class JoinOperator implements BatchOperator {
  /** Rows of one input that come out, without a row of the other. */
  enum Wanted {
    NONE,
    MATCHED,
    UNMATCHED
  }

  /**
   * What comes out.
   *
   * @param pairs whether rows come with their matches
   * @param read rows of the input that is read
   * @param kept rows of the input that is kept
   */
  record Outcome(boolean pairs, Wanted read, Wanted kept) {}

  private final BatchOperator input;
  private final JoinTable table;
  private final JoinTable.Look look;
  private final boolean owner;
  private final Outcome outcome;
  private final @Nullable Predicate condition;
  private final @Nullable BitSet hitRows;
  private final ExecContext context;
  private final List<TensorType> types;
  private final JoinedRows joined;
  private boolean started;
  private boolean over;

  /** Rows of the batch that is being read, and the number of each one's key. */
  private Rows rows;

  private int[] numbers = {};

  /** Positions of rows that have matches, or of all if the others come with NULLs. */
  private int[] positions = {};

  private int found;
  private int[] keptRows = {};

  /** {@link #positions} and {@link #keptRows}, or the batch's own rows and their numbers. */
  private int @Nullable [] paired = {};

  private int[] partners = {};
  private int[] readRows = {};
  private int[] passing = {};

  /** Whether some rows may have pairs left, from which row on, and which of its matches. */
  private boolean pairsLeft;

  private int nextRow;
  private int nextMatch;

  /** Whether rows without a pair are still to come. */
  private boolean rowsLeft;

  /** Positions that have a match for which the condition holds. */
  private boolean[] hits = {};

  /** Of the table: numbers that were found, or rows for which the condition held. */
  private boolean[] keptHits = {};

  private int nextKept;

  /** Rows of the input in batches before the present one. */
  private int rowsBefore;

  private boolean hitsLeft;

  /**
   * @param table that was read, in memory, before rows are asked for
   * @param look into the table, for rows of the input
   * @param owner whether it closes the table, which others use too if not; then none of its own
   *     rows can be asked for
   * @param condition on pairs, beyond equal keys; null for none. Pairs alone need none: a filter
   *     does the same
   * @param hitRows gets the rows of the input, by number, that have a match; null if nobody asks
   * @param types of the columns that come out
   */
  JoinOperator(
      BatchOperator input,
      JoinTable table,
      JoinTable.Look look,
      boolean owner,
      Outcome outcome,
      @Nullable Predicate condition,
      @Nullable BitSet hitRows,
      List<TensorType> types,
      ExecContext context) {
    this.input = input;
    this.table = table;
    this.look = look;
    this.owner = owner;
    this.outcome = outcome;
    this.condition = condition;
    this.hitRows = hitRows;
    this.context = context;
    this.types = List.copyOf(types);
    this.joined = new JoinedRows(table, input.types(), context);
    this.rows = new Rows(joined, null, 0);
  }

  @Override
  public List<TensorType> types() {
    return types;
  }

  @Override
  public Batch batch() {
    return joined;
  }

  @Override
  public boolean next() throws StoreException {
    if (!started) {
      started = true;
      if (outcome.kept() != Wanted.NONE) {
        keptHits = new boolean[condition == null ? table.numbers() : table.size()];
      }
      over = !table.hasKeys() && outcome.read() != Wanted.UNMATCHED;
    }
    while (!over) {
      if (nextOfBatch()) {
        return true;
      }
      if (!input.next()) {
        over = true;
        break;
      }
      startBatch();
    }
    return nextKept();
  }

  private void startBatch() throws StoreException {
    rowsBefore = Math.addExact(rowsBefore, rows.count());
    hitsLeft = hitRows != null;
    rows = Rows.of(input.batch());
    numbers = Predicate.room(numbers, rows.count());
    look.find(rows, numbers);
    boolean decided = condition == null;
    if (decided && keptHits.length > 0) {
      for (int i = 0; i < rows.count(); i++) {
        if (numbers[i] >= 0) {
          keptHits[numbers[i]] = true;
        }
      }
    }
    if (!decided) {
      int length = rows.batch().length();
      hits = hits.length < length ? new boolean[length] : hits;
      Arrays.fill(hits, 0, length, false);
    }
    pairsLeft = outcome.pairs() || !decided;
    rowsLeft = outcome.read() != Wanted.NONE && !(outcome.pairs() && decided);
    nextRow = 0;
    nextMatch = 0;
    locate(outcome.pairs() && decided && outcome.read() == Wanted.UNMATCHED);
  }

  /**
   * Finds the rows that have matches, and the match of each if that is one at most.
   *
   * @param all whether others are taken along, with none
   */
  private void locate(boolean all) {
    int n = rows.count();
    positions = Predicate.room(positions, n);
    keptRows = Predicate.room(keptRows, Math.max(n, BATCH_ROWS));
    int k = 0;
    paired = positions;
    partners = keptRows;
    if (table.isNumbered() && (all || haveMatches())) {
      paired = rows.at();
      partners = numbers;
      k = n;
    } else if (table.isUnique()) {
      for (int i = 0; i < n; i++) {
        int row = table.row(numbers[i]);
        positions[k] = rows.at(i);
        keptRows[k] = row;
        k += row >= 0 || all ? 1 : 0;
      }
    } else {
      for (int i = 0; i < n; i++) {
        positions[k] = rows.at(i);
        k += matches(i) > 0 || all ? 1 : 0;
      }
    }
    found = k;
  }

  private boolean haveMatches() {
    int any = 0;
    for (int i = 0; i < rows.count(); i++) {
      any |= numbers[i];
    }
    return any >= 0;
  }

  private int matches(int i) {
    int number = numbers[i];
    if (number < 0) {
      return 0;
    }
    return table.isUnique()
        ? table.row(number) >= 0 ? 1 : 0
        : table.start(number + 1) - table.start(number);
  }

  private boolean nextOfBatch() throws StoreException {
    while (pairsLeft) {
      context.check();
      if (!nextPairs()) {
        pairsLeft = false;
      } else if (condition == null || holds(condition)) {
        return true;
      }
    }
    BitSet wantedHits = hitRows;
    if (hitsLeft && wantedHits != null) {
      hitsLeft = false;
      noteHits(wantedHits);
    }
    if (!rowsLeft) {
      return false;
    }
    rowsLeft = false;
    int n = 0;
    boolean wanted = outcome.read() == Wanted.MATCHED;
    for (int i = 0; i < rows.count(); i++) {
      int position = rows.at(i);
      boolean matched = isHit(i);
      positions[n] = position;
      keptRows[n] = -1;
      n += matched == wanted ? 1 : 0;
    }
    joined.select(rows.batch(), positions, keptRows, n);
    return n > 0;
  }

  /** Whether a row of the batch has a match, when all its pairs were looked at. */
  private boolean isHit(int i) {
    return condition == null ? matches(i) > 0 : hits[rows.at(i)];
  }

  private void noteHits(BitSet to) {
    for (int i = 0; i < rows.count(); i++) {
      if (isHit(i)) {
        to.set(rowsBefore + i);
      }
    }
  }

  /** The next pairs of the batch, condition or not. */
  private boolean nextPairs() {
    if (table.isUnique()) {
      pairsLeft = false;
      joined.select(rows.batch(), paired, partners, found);
      return found > 0;
    }
    readRows = Predicate.room(readRows, BATCH_ROWS);
    boolean padded = outcome.read() == Wanted.UNMATCHED && condition == null;
    boolean once = !outcome.pairs() && outcome.kept() == Wanted.NONE;
    int n = 0;
    while (nextRow < rows.count() && n < BATCH_ROWS) {
      int position = rows.at(nextRow);
      int matches = once && hits[position] ? 0 : matches(nextRow);
      if (matches == 0 && padded) {
        readRows[n] = position;
        keptRows[n++] = -1;
      }
      int take = Math.min(matches - nextMatch, BATCH_ROWS - n);
      if (take > 0) {
        int from = table.start(numbers[nextRow]) + nextMatch;
        for (int j = 0; j < take; j++) {
          readRows[n] = position;
          keptRows[n++] = table.rowAt(from + j);
        }
        nextMatch += take;
      }
      if (nextMatch >= matches) {
        nextRow++;
        nextMatch = 0;
      }
    }
    Rows among = found == rows.count() ? rows : rows.only(positions, found);
    joined.pairs(rows.batch(), among, readRows, keptRows, n);
    return n > 0;
  }

  /** Leaves the pairs for which a condition holds; false if none is wanted. */
  private boolean holds(Predicate restriction) throws StoreException {
    Rows all = Rows.of(joined);
    passing = Predicate.room(passing, all.count());
    int n = restriction.select(all, true, passing);
    boolean unique = table.isUnique();
    int pair = 0;
    for (int k = 0; k < n; k++) {
      if (unique) {
        int position = passing[k];
        if (paired == null) {
          pair = position;
        }
        while (paired != null && paired[pair] < position) {
          pair++;
        }
        hits[position] = true;
      } else {
        pair = passing[k];
        hits[readRows[pair]] = true;
      }
      if (keptHits.length > 0) {
        keptHits[unique ? partners[pair] : keptRows[pair]] = true;
      }
    }
    joined.keep(passing, n);
    return outcome.pairs() && n > 0;
  }

  /** The next rows of the table that come without a row of the input. */
  private boolean nextKept() throws StoreException {
    if (outcome.kept() == Wanted.NONE) {
      return false;
    }
    boolean wanted = outcome.kept() == Wanted.MATCHED;
    keptRows = Predicate.room(keptRows, BATCH_ROWS);
    int n = 0;
    while (nextKept < table.size() && n < BATCH_ROWS) {
      if (nextKept % BATCH_ROWS == 0) {
        context.check();
      }
      int number = table.number(nextKept);
      boolean matched = condition == null ? number >= 0 && keptHits[number] : keptHits[nextKept];
      if (matched == wanted) {
        keptRows[n++] = nextKept;
      }
      nextKept++;
    }
    joined.kept(keptRows, n);
    return n > 0;
  }

  @Override
  public void close() {
    joined.close();
    if (owner) {
      table.close();
    }
    input.close();
  }
}
