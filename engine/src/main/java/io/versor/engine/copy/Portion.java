package io.versor.engine.copy;

import io.versor.format.chunk.HeapColumn;
import java.util.List;

/**
 * Rows in columns.
 *
 * @param columns all that the table has, in its order
 * @param rejects in the order of the file
 */
record Portion(List<HeapColumn> columns, List<Reject> rejects) {}
