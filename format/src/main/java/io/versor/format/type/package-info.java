/** Immutable descriptions of data, and the one exception of the store. Nothing here does I/O. */
@NullMarked
package io.versor.format.type;

import org.jspecify.annotations.NullMarked;
