/**
 * Parquet files. Start at {@link io.versor.columnar.parquet.ParquetReader} and {@link
 * io.versor.columnar.parquet.ParquetWriter}.
 */
@NullMarked
package io.versor.columnar.parquet;

import org.jspecify.annotations.NullMarked;
