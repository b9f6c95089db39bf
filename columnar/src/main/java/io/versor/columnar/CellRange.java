package io.versor.columnar;

/**
 * Rows of a column.
 *
 * @param cells it is in
 * @param from the first row of them
 */
public record CellRange(Cells cells, int from) {}
