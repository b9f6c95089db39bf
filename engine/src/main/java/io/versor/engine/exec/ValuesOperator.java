package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;

/** Rows of constants. */
final class ValuesOperator implements BatchOperator {
  private final List<TensorType> types;
  private final List<List<Expression>> rows;
  private final OwnBatch out;
  private int written;

  /**
   * @param rows constants, as expressions that ask nothing of their row
   */
  ValuesOperator(List<TensorType> types, List<List<Expression>> rows, ExecContext context) {
    this.types = List.copyOf(types);
    this.rows = List.copyOf(rows);
    this.out = new OwnBatch(types, context);
  }

  @Override
  public List<TensorType> types() {
    return types;
  }

  @Override
  public boolean next() throws StoreException {
    out.clear();
    int n = Math.min(BATCH_ROWS, rows.size() - written);
    if (n <= 0) {
      return false;
    }
    Rows one = new Rows(out, null, 1);
    for (List<Expression> row : rows.subList(written, written + n)) {
      for (int i = 0; i < types.size(); i++) {
        LaneWriter.append(row.get(i).eval(one), 0, out.columns().get(i));
      }
    }
    written += n;
    out.rows(n);
    return true;
  }

  @Override
  public Batch batch() {
    return out;
  }

  @Override
  public void close() {
    out.close();
  }
}
