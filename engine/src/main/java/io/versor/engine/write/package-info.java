/**
 * Values on their way into tensors. Start at {@link io.versor.engine.write.CellWriter}: what fits
 * exactly is stored, everything else is refused with its column, value and row. Knows no SQL.
 */
@NullMarked
package io.versor.engine.write;

import org.jspecify.annotations.NullMarked;
