/**
 * Arrow's format for files and streams. Start at {@link io.versor.columnar.arrow.ArrowReader} and
 * {@link io.versor.columnar.arrow.ArrowWriter}.
 */
@NullMarked
package io.versor.columnar.arrow;

import org.jspecify.annotations.NullMarked;
