package io.versor.columnar;

import io.versor.format.type.StoreException;
import java.util.Objects;

/** Values kept once each, and a number for each row that says which it has. */
public final class CodedCells extends Cells {
  private final NumberCells codes;
  private final Cells values;
  private final int count;

  /**
   * @param count of the values
   */
  public CodedCells(NumberCells codes, Cells values, int count) {
    super(null);
    this.codes = codes;
    this.values = values;
    this.count = count;
  }

  @Override
  public boolean isNull(int row) {
    if (codes.isNull(row)) {
      return true;
    }
    long code = codes.longAt(row);
    return code >= 0 && code < count && values.isNull((int) code);
  }

  @Override
  protected Object value(int row) throws StoreException {
    long code = codes.longAt(row);
    if (code < 0 || code >= count) {
      throw damaged("number " + code + " of a dictionary of " + count);
    }
    return Objects.requireNonNull(values.at((int) code));
  }
}
