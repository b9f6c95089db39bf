/** COPY of Parquet and Arrow files, through JDBC. */
@NullMarked
package io.versor.columnar;

import org.jspecify.annotations.NullMarked;
