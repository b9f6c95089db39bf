package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of two inputs beside each other. The columns of each are made when they are asked for; those
 * of the input that is read stay what they are where each of its rows comes once at most.
 */
final class JoinedRows implements Batch, AutoCloseable {
  private final JoinTable table;
  private final boolean keptFirst;
  private final int firstColumns;
  private final List<Gather> gathers = new ArrayList<>();
  private final @Nullable Vector[] vectors;

  private @Nullable Batch read;
  private Rows source;

  /** Of the read input: where each row comes from; null if rows stay where they are. */
  private int @Nullable [] readFrom;

  private int[] keptFrom = {};
  private int @Nullable [] at;
  private int pairs;
  private int length;
  private int @Nullable [] selection;
  private int selected;

  JoinedRows(JoinTable table, List<TensorType> others, ExecContext context) {
    this.table = table;
    this.keptFirst = table.isFirst();
    List<TensorType> first = keptFirst ? table.types() : others;
    List<TensorType> second = keptFirst ? others : table.types();
    this.firstColumns = first.size();
    first.forEach(type -> gathers.add(new Gather(type, context)));
    second.forEach(type -> gathers.add(new Gather(type, context)));
    this.vectors = new Vector[gathers.size()];
    this.source = new Rows(this, null, 0);
  }

  /**
   * Rows of a batch where they are, each with one row of the table, or with NULLs.
   *
   * @param positions ascending; null for all
   * @param keptRows of the table, for each position; negative for NULLs
   */
  void select(Batch batch, int @Nullable [] positions, int[] keptRows, int n) {
    boolean all = n == batch.selected();
    start(batch, all ? Rows.of(batch) : new Rows(batch, positions, n), n, batch.length());
    readFrom = null;
    keptFrom = keptRows;
    at = n == length ? null : positions;
    selection = at;
  }

  /**
   * Pairs of rows.
   *
   * @param among rows of the batch of which the pairs have some
   * @param readRows positions in the batch
   * @param keptRows of the table; negative for NULLs
   */
  void pairs(Batch batch, Rows among, int[] readRows, int[] keptRows, int n) {
    start(batch, among, n, n);
    readFrom = readRows;
    keptFrom = keptRows;
    at = null;
    selection = null;
  }

  /** Rows of the table with NULLs beside them. */
  void kept(int[] keptRows, int n) {
    start(null, new Rows(this, null, 0), n, n);
    readFrom = null;
    keptFrom = keptRows;
    at = null;
    selection = null;
  }

  private void start(@Nullable Batch batch, Rows among, int n, int rows) {
    Arrays.fill(vectors, null);
    read = batch;
    source = among;
    pairs = n;
    length = rows;
    selected = n;
  }

  /** Leaves out all but some of the rows. */
  void keep(int[] positions, int n) {
    selection = n == length ? null : positions;
    selected = n;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public int selected() {
    return selected;
  }

  @Override
  public int @Nullable [] selection() {
    return selection;
  }

  @Override
  public Vector column(int i) throws StoreException {
    Vector known = vectors[i];
    if (known == null) {
      known = made(i);
      vectors[i] = known;
    }
    return known;
  }

  private Vector made(int i) throws StoreException {
    int column = i < firstColumns ? i : i - firstColumns;
    if (keptFirst == i < firstColumns) {
      return gathers.get(i).rows(table.column(column), keptFrom, at, pairs, length);
    }
    Batch batch = read;
    if (batch == null) {
      return gathers.get(i).nulls(length);
    }
    int[] from = readFrom;
    if (from != null) {
      return gathers.get(i).rows(source.column(column), from, null, pairs, length);
    }
    int[] left = selection;
    return left == null || selected == pairs
        ? source.column(column)
        : batch.column(column, left, selected);
  }

  @Override
  public Vector column(int i, int[] rows, int count) throws StoreException {
    Batch batch = read;
    boolean here = keptFirst == i < firstColumns;
    if (batch == null || readFrom != null || here) {
      return column(i);
    }
    return batch.column(i < firstColumns ? i : i - firstColumns, rows, count);
  }

  @Override
  public @Nullable KeptRows kept(int column) {
    Batch batch = read;
    if (keptFirst == column < firstColumns) {
      return selected == pairs ? new KeptRows(table, keptFrom) : null;
    }
    boolean same = batch != null && readFrom == null && selected == batch.selected();
    return same ? batch.kept(column < firstColumns ? column : column - firstColumns) : null;
  }

  @Override
  public void close() {
    read = null;
    gathers.forEach(Gather::close);
  }
}
