package io.versor.columnar;

/** NULL in every row. */
public final class NullCells extends Cells {
  public NullCells() {
    super(null);
  }

  @Override
  public boolean isNull(int row) {
    return true;
  }

  @Override
  protected Object value(int row) {
    throw new IllegalStateException("NULL has no value");
  }
}
