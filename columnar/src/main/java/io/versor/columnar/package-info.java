/**
 * Files that keep columns: {@link io.versor.columnar.Cells} are some rows of one column, whatever
 * file they came from, and {@link io.versor.columnar.CellRows} what COPY takes of them.
 */
@NullMarked
package io.versor.columnar;

import org.jspecify.annotations.NullMarked;
