package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of an input whose numbers are in a set, or those that are not. */
final class HitRows implements BatchOperator, Batch {
  private final BatchOperator input;
  private final BitSet hits;
  private final boolean wanted;
  private int[] positions = {};
  private int selected;
  private int before;

  HitRows(BatchOperator input, BitSet hits, boolean wanted) {
    this.input = input;
    this.hits = hits;
    this.wanted = wanted;
  }

  @Override
  public List<TensorType> types() {
    return input.types();
  }

  @Override
  public boolean next() throws StoreException {
    while (input.next()) {
      Rows rows = Rows.of(input.batch());
      positions = Predicate.room(positions, rows.count());
      selected = 0;
      for (int i = 0; i < rows.count(); i++) {
        positions[selected] = rows.at(i);
        selected += hits.get(before + i) == wanted ? 1 : 0;
      }
      before = Math.addExact(before, rows.count());
      if (selected > 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Batch batch() {
    return this;
  }

  @Override
  public int length() {
    return input.batch().length();
  }

  @Override
  public int selected() {
    return selected;
  }

  @Override
  public int @Nullable [] selection() {
    return positions;
  }

  @Override
  public Vector column(int i) throws StoreException {
    return input.batch().column(i);
  }

  @Override
  public Vector column(int i, int[] rows, int count) throws StoreException {
    return input.batch().column(i, rows, count);
  }

  @Override
  public void close() {
    input.close();
  }
}
