package io.versor.format.record;

import java.util.List;
import java.util.stream.Stream;

/** The objects in packs that a record names. */
public final class NamedSlices {
  private NamedSlices() {}

  public static List<Cells.Slice> of(Record record) {
    return columns(record)
        .flatMap(
            each ->
                each.cells() instanceof Cells.Packed packed
                    ? packed.slices().stream()
                    : Stream.empty())
        .toList();
  }

  private static Stream<Record.ColumnCells> columns(Record record) {
    if (record instanceof Record.RowsAppended appended) {
      return appended.columns().stream();
    }
    return record instanceof Record.CellsPatched patched
        ? Stream.of(patched.cells())
        : Stream.empty();
  }
}
