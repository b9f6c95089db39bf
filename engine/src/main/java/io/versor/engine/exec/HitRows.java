package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import java.util.BitSet;

/** The rows of an input whose numbers are in a set, or those that are not. */
final class HitRows extends Selecting {
  private final BitSet hits;
  private final boolean wanted;
  private int before;

  HitRows(BatchOperator input, BitSet hits, boolean wanted) {
    super(input);
    this.hits = hits;
    this.wanted = wanted;
  }

  @Override
  public boolean next() throws StoreException {
    while (input.next()) {
      Rows rows = Rows.of(input.batch());
      selection = Predicate.room(selection, rows.count());
      selected = 0;
      for (int i = 0; i < rows.count(); i++) {
        selection[selected] = rows.at(i);
        selected += hits.get(before + i) == wanted ? 1 : 0;
      }
      before = Math.addExact(before, rows.count());
      if (selected > 0) {
        return true;
      }
    }
    return false;
  }
}
