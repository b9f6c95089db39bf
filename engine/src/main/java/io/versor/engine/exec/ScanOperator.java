package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table. A column is read when an operator above asks for it, and for the rows it asks for:
 * what a filter leaves decides what the projection's columns cost.
 */
final class ScanOperator implements BatchOperator, Batch {
  private final PlanLeaf leaf;
  private final List<TensorType> types;
  private final ExecContext context;
  private final @Nullable Vector[] vectors;

  /** Rows that the vector of a column is known to have, as bits; null = all. */
  private final long @Nullable [][] loaded;

  /** Opened when rows are first asked for: a plan that does not compile opens nothing. */
  private @Nullable RowSource opened;

  ScanOperator(PlanLeaf leaf, ExecContext context) {
    this.leaf = leaf;
    this.types = List.copyOf(leaf.types());
    this.context = context;
    this.vectors = new Vector[leaf.types().size()];
    this.loaded = new long[leaf.types().size()][];
  }

  @Override
  public List<TensorType> types() {
    return types;
  }

  @Override
  public boolean next() throws StoreException {
    context.check();
    Arrays.fill(vectors, null);
    RowSource source = opened;
    if (source == null) {
      source = leaf.open();
      opened = source;
    }
    return source.next();
  }

  @Override
  public Batch batch() {
    return this;
  }

  @Override
  public int length() {
    return source().length();
  }

  @Override
  public int selected() {
    return source().selected();
  }

  @Override
  public int @Nullable [] selection() {
    return source().selection();
  }

  @Override
  public Vector column(int i) throws StoreException {
    Vector known = vectors[i];
    if (known != null && loaded[i] == null) {
      return known;
    }
    Vector vector = source().column(i);
    vectors[i] = vector;
    loaded[i] = null;
    return vector;
  }

  @Override
  public Vector column(int i, int[] rows, int count) throws StoreException {
    if (types.get(i).layout() == Layout.FIXED) {
      return column(i); // a window of theirs is there as a whole, or copied at once
    }
    Vector known = vectors[i];
    if (known == null) {
      Vector vector = source().column(i, rows, count);
      vectors[i] = vector;
      loaded[i] = bits(rows, count);
      return vector;
    }
    long[] bits = loaded[i];
    // A second read may end the first vector, so it is made only where rows are missing.
    return bits == null || covers(bits, rows, count) ? known : column(i);
  }

  private RowSource source() {
    RowSource source = opened;
    if (source == null) {
      throw new IllegalStateException("no batch before next()");
    }
    return source;
  }

  private long[] bits(int[] rows, int count) {
    long[] bits = new long[(length() + 63) / 64];
    for (int i = 0; i < count; i++) {
      bits[rows[i] >> 6] |= 1L << rows[i];
    }
    return bits;
  }

  private static boolean covers(long[] bits, int[] rows, int count) {
    for (int i = 0; i < count; i++) {
      if ((bits[rows[i] >> 6] >> rows[i] & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
