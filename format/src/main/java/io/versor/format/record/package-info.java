/**
 * What a frame says: rows appended, cells patched, rows deleted, schemas, seals, resets.
 *
 * <p>Start at {@link io.versor.format.record.Record}; {@link io.versor.format.record.RecordCodec}
 * has the bytes (FORMAT.md, "Records"). Records name rows by row id, never by slot. Applying them
 * to a state is {@code table}'s business.
 */
@NullMarked
package io.versor.format.record;

import org.jspecify.annotations.NullMarked;
