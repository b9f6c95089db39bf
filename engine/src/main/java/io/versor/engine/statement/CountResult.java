package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.Result;
import io.versor.engine.ReturnedRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A number of changed rows. */
record CountResult(long updateCount, ReturnedRows returned, List<String> warnings)
    implements Result {
  CountResult(long updateCount) {
    this(updateCount, List.of());
  }

  CountResult(long updateCount, List<String> warnings) {
    this(updateCount, ReturnedRows.NONE, warnings);
  }

  @Override
  public boolean isRows() {
    return false;
  }

  @Override
  public List<ColumnInfo> columns() {
    return List.of();
  }

  @Override
  public boolean next() {
    return false;
  }

  private static IllegalStateException noRows() {
    return new IllegalStateException("the result is a count and has no rows");
  }

  @Override
  public boolean isNull(int column) {
    throw noRows();
  }

  @Override
  public long longAt(int column) {
    throw noRows();
  }

  @Override
  public double doubleAt(int column) {
    throw noRows();
  }

  @Override
  public String textAt(int column) {
    throw noRows();
  }

  @Override
  public byte[] bytesAt(int column) {
    throw noRows();
  }

  @Override
  public @Nullable Object objectAt(int column) {
    throw noRows();
  }

  @Override
  public void close() {
    // nothing is held
  }
}
