/**
 * Immutable descriptions of data, and the one exception of the store.
 *
 * <p>Start at {@link io.versor.format.type.TableSchema}: a table is columns, a column has a {@link
 * io.versor.format.type.TensorType}. {@link io.versor.format.type.TypeJson} writes and reads them
 * as laid out in FORMAT.md, "Types". An instance that exists is valid. Nothing here does I/O or
 * holds samples.
 */
@NullMarked
package io.versor.format.type;

import org.jspecify.annotations.NullMarked;
