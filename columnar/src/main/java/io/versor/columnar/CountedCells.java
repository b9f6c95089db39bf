package io.versor.columnar;

import io.versor.format.type.StoreException;

/** Dates, times and decimals that are kept as whole numbers. */
public final class CountedCells extends Cells {
  /** What a number stands for. */
  @FunctionalInterface
  public interface Meaning {
    Object of(long number) throws StoreException;
  }

  private final NumberCells numbers;
  private final Meaning meaning;

  public CountedCells(NumberCells numbers, Meaning meaning) {
    super(null);
    this.numbers = numbers;
    this.meaning = meaning;
  }

  @Override
  public boolean isNull(int row) {
    return numbers.isNull(row);
  }

  @Override
  protected Object value(int row) throws StoreException {
    return meaning.of(numbers.longAt(row));
  }
}
